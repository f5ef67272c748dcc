// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict in words, and what follows from it.
#include "models/words/amounts.h"

#include "models/words/words.h"

#include <QCoreApplication>

namespace sluicegate::words {

namespace {

using attribution::Cause;
using attribution::Confidence;
using attribution::SourceKind;
using attribution::Suspect;

struct Verdicts {
    Q_DECLARE_TR_FUNCTIONS(Verdict)
};

QString meaningOf(Cause cause)
{
    switch (cause) {
    case Cause::MailboxPassword:
        return Verdicts::tr("strangers send mail with the password of %1");
    case Cause::WebsiteForm:
        return Verdicts::tr("a form of %1 is misused to send mail");
    case Cause::WebsiteHacked:
        return Verdicts::tr("a hacked website sends the mail: %1");
    case Cause::Forwarding:
        return Verdicts::tr("spam from outside is forwarded to other providers: %1");
    case Cause::Backscatter:
        return Verdicts::tr("bounces and automatic answers go to forged senders: %1");
    case Cause::OpenRelay:
        return Verdicts::tr("the server passes on mail for strangers: %1");
    case Cause::DirectToMx:
        return Verdicts::tr("mail leaves this server past its mail system, and no mailbox or website can be "
                            "shown behind it: %1");
    case Cause::LegitimateBulk:
        return Verdicts::tr("much mail, but it looks like a wanted newsletter: %1");
    case Cause::SystemMail:
        return Verdicts::tr("mail of the server's own programs: %1");
    case Cause::Unknown:
        break;
    }
    return Verdicts::tr("mail comes from %1, and what is behind it is not shown");
}

QString withConfidence(Confidence confidence)
{
    switch (confidence) {
    case Confidence::VeryLikely:
        return Verdicts::tr("Very likely: %1 (%2).");
    case Confidence::Likely:
        return Verdicts::tr("Likely: %1 (%2).");
    case Confidence::Possible:
        return Verdicts::tr("Possible: %1 (%2).");
    case Confidence::Insufficient:
        break;
    }
    return Verdicts::tr("Not enough evidence to prove it, but the strongest trace is: %1 (%2).");
}

QStringList afterPassword(const Suspect& suspect)
{
    const QString box = inert(suspect.source.account);
    return {
        Verdicts::tr("Change the password of %1, on the server and wherever the owner has used it too.")
            .arg(box),
        Verdicts::tr("End its open mail sessions: a running SMTP session survives a new password."),
        Verdicts::tr("Look for forwards, filters and automatic answers that were added to the mailbox."),
        Verdicts::tr("Find out whether a website's configuration holds this password: then that site needs a "
                     "check as well."),
    };
}

QStringList afterForm(const Suspect& suspect)
{
    return {
        Verdicts::tr(
            "Close the form or the open registration of %1, or protect it with a CAPTCHA or a spam filter.")
            .arg(name(suspect.source)),
        Verdicts::tr("Do not let the site send copies of a form to an address the visitor types."),
    };
}

QStringList afterHack(const Suspect& suspect)
{
    QStringList steps;
    if (!suspect.source.script.empty())
        steps << Verdicts::tr("Move %1 out of the website and keep it as evidence; do not delete it.")
                     .arg(inert(suspect.source.script));
    return steps << QStringList {
               Verdicts::tr("Search the whole subscription for other foreign files, unknown administrators "
                            "and scheduled tasks: one is rarely alone."),
               Verdicts::tr(
                   "Update the site's software and change its passwords: site, database, FTP and panel."),
           };
}

} // namespace

QString meaning(const Suspect& suspect)
{
    return meaningOf(suspect.cause).arg(name(suspect.source));
}

QString counts(const Suspect& suspect)
{
    const QString messages = Verdicts::tr("%Ln message(s)", nullptr, number(suspect.messages));
    const QString recipients = Verdicts::tr("%Ln recipient(s)", nullptr, number(suspect.recipients));
    const QString all = Verdicts::tr("%1 to %2").arg(messages, recipients);
    const std::size_t spam = suspect.journeys.size();
    if (spam == 0 || spam == suspect.messages)
        return all;
    return Verdicts::tr("%1, %Ln of the messages spam", nullptr, number(spam)).arg(all);
}

QString sentence(const attribution::Verdict& verdict)
{
    if (verdict.situation != attribution::Situation::Named || verdict.suspects.empty())
        return words::name(verdict.situation);
    const Suspect& first = verdict.suspects.front();
    return withConfidence(first.confidence).arg(meaning(first), counts(first));
}

QStringList nextSteps(const Suspect& suspect)
{
    switch (suspect.cause) {
    case Cause::MailboxPassword:
        return afterPassword(suspect);
    case Cause::WebsiteForm:
        return afterForm(suspect);
    case Cause::WebsiteHacked:
        return afterHack(suspect);
    case Cause::Forwarding:
        return {Verdicts::tr("Filter spam before it is forwarded, or end the forward.")};
    case Cause::Backscatter:
        return {Verdicts::tr("Reject mail to mailboxes that do not exist while the sender is still "
                             "connected, instead of bouncing it later."),
            Verdicts::tr("Limit automatic answers.")};
    case Cause::OpenRelay:
        return {Verdicts::tr("Let only logged-in users relay, and take all but this server from the list of "
                             "trusted networks.")};
    case Cause::DirectToMx:
        return {Verdicts::tr("Find the process that holds connections to port 25 and is not the mail system, "
                             "and what starts it."),
            Verdicts::tr("Allow outgoing port 25 to the mail system's user only.")};
    case Cause::LegitimateBulk:
    case Cause::SystemMail:
        return {};
    case Cause::Unknown:
        break;
    }
    return {Verdicts::tr("Look at the lines below and at the server itself before you shut anything down.")};
}

} // namespace sluicegate::words
