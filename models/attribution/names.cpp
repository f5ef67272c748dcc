// SPDX-License-Identifier: GPL-3.0-or-later
// Kebab-case names of the verdict's enumerations.
#include "models/attribution/verdict.h"

namespace sluicegate::attribution {

std::string_view name(Cause cause)
{
    switch (cause) {
    case Cause::MailboxPassword:
        return "mailbox-password";
    case Cause::WebsiteForm:
        return "website-form";
    case Cause::WebsiteHacked:
        return "website-hacked";
    case Cause::Forwarding:
        return "forwarding";
    case Cause::Backscatter:
        return "backscatter";
    case Cause::OpenRelay:
        return "open-relay";
    case Cause::DirectToMx:
        return "direct-to-mx";
    case Cause::LegitimateBulk:
        return "legitimate-bulk";
    case Cause::SystemMail:
        return "system-mail";
    case Cause::Unknown:
        break;
    }
    return "unknown";
}

std::string_view name(Confidence confidence)
{
    switch (confidence) {
    case Confidence::VeryLikely:
        return "very-likely";
    case Confidence::Likely:
        return "likely";
    case Confidence::Possible:
        return "possible";
    case Confidence::Insufficient:
        break;
    }
    return "insufficient";
}

std::string_view name(Doubt doubt)
{
    switch (doubt) {
    case Doubt::VisitorAsked:
        return "visitor-asked";
    case Doubt::WordsUnlike:
        return "words-unlike";
    case Doubt::PlaceUnknown:
        return "place-unknown";
    case Doubt::ToolUnknown:
        return "tool-unknown";
    case Doubt::None:
        break;
    }
    return "none";
}

std::string_view name(SourceKind kind)
{
    switch (kind) {
    case SourceKind::Mailbox:
        return "mailbox";
    case SourceKind::Site:
        return "site";
    case SourceKind::Script:
        return "script";
    case SourceKind::User:
        return "user";
    case SourceKind::Client:
        return "client";
    case SourceKind::List:
        break;
    }
    return "list";
}

std::string_view name(Situation situation)
{
    switch (situation) {
    case Situation::Named:
        return "named";
    case Situation::NothingNoticed:
        return "nothing-noticed";
    case Situation::IdsNotInLog:
        return "ids-not-in-log";
    case Situation::NoMailLog:
        return "no-mail-log";
    case Situation::NothingSuspicious:
        break;
    }
    return "nothing-suspicious";
}

} // namespace sluicegate::attribution
