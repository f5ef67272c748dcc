// SPDX-License-Identifier: GPL-3.0-or-later
// Names of causes, confidences and sources.
#include "models/words/words.h"

#include <QCoreApplication>

namespace sluicegate::words {

namespace {

using attribution::Cause;
using attribution::Confidence;
using attribution::Doubt;
using attribution::Situation;
using attribution::SourceKind;

struct Names {
    Q_DECLARE_TR_FUNCTIONS(Name)
};

const std::string& firstOf(const std::string& a, const std::string& b, const std::string& c)
{
    return !a.empty() ? a : !b.empty() ? b : c;
}

QString nameOfScript(const attribution::SuspectSource& source)
{
    const QString script = inert(source.script);
    return source.domain.empty() ? Names::tr("script %1").arg(script)
                                 : Names::tr("script %1 (%2)").arg(script, inert(source.domain));
}

QString nameOfUser(const attribution::SuspectSource& source)
{
    if (source.account.empty() && source.uid)
        return Names::tr("system user with uid %1").arg(*source.uid);
    const QString user = inert(firstOf(source.account, source.domain, source.client));
    if (user.isEmpty())
        return Names::tr("an unknown sender");
    return source.uid ? Names::tr("system user %1 (uid %2)").arg(user).arg(*source.uid)
                      : Names::tr("system user %1").arg(user);
}

} // namespace

QString name(Cause cause)
{
    switch (cause) {
    case Cause::MailboxPassword:
        return Names::tr("Stolen mailbox password");
    case Cause::WebsiteForm:
        return Names::tr("Misused website form");
    case Cause::WebsiteHacked:
        return Names::tr("Hacked website");
    case Cause::Forwarding:
        return Names::tr("Forwarded spam");
    case Cause::Backscatter:
        return Names::tr("Bounces to forged senders");
    case Cause::OpenRelay:
        return Names::tr("Open relay");
    case Cause::DirectToMx:
        return Names::tr("Mail past the mail system");
    case Cause::LegitimateBulk:
        return Names::tr("Lawful bulk mail");
    case Cause::SystemMail:
        return Names::tr("System mail");
    case Cause::Unknown:
        break;
    }
    return Names::tr("Unknown cause");
}

QString name(Confidence confidence)
{
    switch (confidence) {
    case Confidence::VeryLikely:
        return Names::tr("very likely");
    case Confidence::Likely:
        return Names::tr("likely");
    case Confidence::Possible:
        return Names::tr("possible");
    case Confidence::Insufficient:
        break;
    }
    return Names::tr("not enough evidence");
}

QString reason(Doubt why)
{
    switch (why) {
    case Doubt::VisitorAsked:
        return Names::tr("a visitor who may be a person asked the site in the same seconds as the bots");
    case Doubt::WordsUnlike:
        return Names::tr("worded as none of the spam is");
    case Doubt::PlaceUnknown:
        return Names::tr(
            "the log is too short to know where the owner writes from, and nothing in the message "
            "is the spam's own");
    case Doubt::ToolUnknown:
        return Names::tr(
            "the log is too short to know how the site writes, and nothing in the message is the "
            "spam's own");
    case Doubt::None:
        break;
    }
    return {};
}

QString name(Situation situation)
{
    switch (situation) {
    case Situation::Named:
        return Names::tr("A source was found.");
    case Situation::NothingNoticed:
        return Names::tr("No notice was given, and nothing in the evidence stands out.");
    case Situation::IdsNotInLog:
        return Names::tr("None of the noticed messages is in this mail log.");
    case Situation::NoMailLog:
        return Names::tr("There is no mail log among the evidence, so no source can be proven.");
    case Situation::NothingSuspicious:
        break;
    }
    return Names::tr("The evidence was read whole and shows no source of spam.");
}

QString name(const attribution::SuspectSource& source)
{
    switch (source.kind) {
    case SourceKind::Mailbox:
        return Names::tr("mailbox %1").arg(inert(firstOf(source.account, source.domain, source.client)));
    case SourceKind::Site:
        return Names::tr("website %1").arg(inert(firstOf(source.domain, source.account, source.script)));
    case SourceKind::Script:
        return nameOfScript(source);
    case SourceKind::User:
        break;
    case SourceKind::Client:
        return Names::tr("client %1").arg(inert(firstOf(source.client, source.account, source.domain)));
    case SourceKind::List:
        return Names::tr("list %1").arg(inert(firstOf(source.account, source.domain, source.client)));
    }
    return nameOfUser(source);
}

} // namespace sluicegate::words
