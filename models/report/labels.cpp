// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/document.h"

#include <QCoreApplication>

namespace sluicegate::report {

namespace {

struct Page {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QVariantHash headings()
{
    return {
        {QStringLiteral("summary"), Page::tr("Verdict")},
        {QStringLiteral("notice"), Page::tr("What the notice said")},
        {QStringLiteral("suspects"), Page::tr("Suspects")},
        {QStringLiteral("timeline"), Page::tr("When it was sent")},
        {QStringLiteral("queue"), Page::tr("What waits in the queue")},
        {QStringLiteral("manifest"), Page::tr("Evidence")},
        {QStringLiteral("gate"), Page::tr("Ready to unblock?")},
        {QStringLiteral("ready"),
            Page::tr("Ready: every condition stands, or was passed over for the reason given.")},
        {QStringLiteral("notReady"), Page::tr("Not ready: unblocking would bring the block back.")},
        {QStringLiteral("remarks"), Page::tr("Notes and pins")},
        {QStringLiteral("warnings"), Page::tr("To be kept in mind")},
        {QStringLiteral("method"), Page::tr("How this was determined")},
        {QStringLiteral("missing"), Page::tr("Noticed messages that are not in the log")},
        {QStringLiteral("why"), Page::tr("Why that may be, most likely reason first")},
        {QStringLiteral("next"), Page::tr("What shuts it down")},
        {QStringLiteral("others"), Page::tr("Other suspects")},
    };
}

QVariantHash columns()
{
    return {
        {QStringLiteral("cause"), Page::tr("Cause")},
        {QStringLiteral("source"), Page::tr("Source")},
        {QStringLiteral("confidence"), Page::tr("Confidence")},
        {QStringLiteral("messages"), Page::tr("Messages")},
        {QStringLiteral("recipients"), Page::tr("Recipients")},
        {QStringLiteral("sent"), Page::tr("Sent")},
        {QStringLiteral("deferred"), Page::tr("Deferred")},
        {QStringLiteral("bounced"), Page::tr("Bounced")},
        {QStringLiteral("rejected"), Page::tr("Rejected")},
        {QStringLiteral("first"), Page::tr("First seen")},
        {QStringLiteral("last"), Page::tr("Last seen")},
        {QStringLiteral("clients"), Page::tr("Client addresses")},
        {QStringLiteral("waiting"), Page::tr("Waiting in the queue")},
        {QStringLiteral("noticed"), Page::tr("Noticed messages")},
        {QStringLiteral("queueId"), Page::tr("Queue ID")},
        {QStringLiteral("messageId"), Page::tr("Message-ID")},
        {QStringLiteral("sender"), Page::tr("Sender")},
        {QStringLiteral("arrived"), Page::tr("Arrived")},
        {QStringLiteral("reason"), Page::tr("Waits because")},
        {QStringLiteral("file"), Page::tr("File or command")},
        {QStringLiteral("size"), Page::tr("Size")},
        {QStringLiteral("sha256"), Page::tr("SHA-256")},
        {QStringLiteral("state"), Page::tr("State")},
        {QStringLiteral("rule"), Page::tr("Rule")},
        {QStringLiteral("weight"), Page::tr("Weight")},
        {QStringLiteral("time"), Page::tr("Time (UTC)")},
        {QStringLiteral("lines"), Page::tr("Lines")},
    };
}

QVariantHash sentences()
{
    return {
        {QStringLiteral("for"), Page::tr("Reasons for")},
        {QStringLiteral("against"), Page::tr("Reasons against")},
        {QStringLiteral("noneAgainst"), Page::tr("Nothing in the evidence speaks against it.")},
        {QStringLiteral("noSuspect"), Page::tr("No suspect.")},
        {QStringLiteral("noNotice"), Page::tr("No notice was given.")},
        {QStringLiteral("noQueue"), Page::tr("There was no listing of the mail queue.")},
        {QStringLiteral("delete"), Page::tr("Spam of the suspects")},
        {QStringLiteral("keep"), Page::tr("Good mail, to be kept")},
        {QStringLiteral("total"), Page::tr("In all")},
        {QStringLiteral("other"), Page::tr("all other mail")},
        {QStringLiteral("none"), Page::tr("None.")},
        {QStringLiteral("notHashed"), Page::tr("not taken")},
        {QStringLiteral("server"), Page::tr("Server")},
        {QStringLiteral("made"), Page::tr("Made")},
        {QStringLiteral("logRange"), Page::tr("Mail log")},
        {QStringLiteral("privacy"),
            Page::tr(
                "This report holds addresses and log lines of third parties. Hand it on only to those who "
                "need it.")},
        {QStringLiteral("noContent"),
            Page::tr("The page holds no scripts and loads nothing from elsewhere.")},
    };
}

QStringList method()
{
    return {
        Page::tr(
            "First the way each message came in was read from the mail log: with a login, through the local "
            "sendmail, from the server itself, or from outside. That is a fact."),
        Page::tr(
            "Then the noticed Message-IDs were looked up, and messages of the same source were put together. "
            "Rules weighed what speaks for and against each cause; that is an inference, and every reason is "
            "shown with lines of the evidence."),
        Page::tr(
            "Weights are log-odds by judgement, not measured rates. “Very likely” needs independent reasons "
            "that agree; one sign alone never does."),
        Page::tr("Nothing on the server was changed. No name was looked up and nothing was sent to anybody."),
    };
}

} // namespace

QVariantHash labels()
{
    QVariantHash all = headings();
    all.insert(columns());
    all.insert(sentences());
    all.insert(QStringLiteral("methods"), method());
    return all;
}

} // namespace sluicegate::report
