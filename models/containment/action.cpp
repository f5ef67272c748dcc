// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/action.h"

#include "models/containment/actions.h"

#include <algorithm>

namespace sluicegate::containment {

std::span<const Action> actions()
{
    using attribution::Cause;
    using enum ActionId;
    const std::vector login {Cause::MailboxPassword};
    const std::vector hacked {Cause::WebsiteHacked};
    const std::vector site {Cause::WebsiteForm, Cause::WebsiteHacked, Cause::Unknown};
    static const std::vector<Action> all {
        {ChangePassword, "change-password", Object::Mailbox, {Platform::Plesk}, login, acts::planPassword,
            acts::changePassword},
        {LimitMailbox, "limit-mailbox", Object::Mailbox, {Platform::Plesk}, login, acts::planLimit,
            acts::limitMailbox},
        {UnlimitMailbox, "unlimit-mailbox", Object::Mailbox, {Platform::Plesk}, login, acts::planUnlimit,
            acts::unlimitMailbox},
        {EndSessions, "end-sessions", Object::Mailbox, {Platform::Dovecot}, login, acts::planEndSessions,
            acts::endSessions},
        {ReviewMailbox, "review-mailbox", Object::Mailbox, {Platform::Dovecot}, login, acts::planReview,
            acts::reviewMailbox},
        {QuarantineScript, "quarantine-script", Object::Script, {}, hacked, acts::planQuarantine,
            acts::quarantineScript},
        {RestoreScript, "restore-script", Object::Script, {}, hacked, acts::planRestoreScript,
            acts::restoreScript},
        {StopUserMail, "stop-user-mail", Object::User, {Platform::Postfix}, site, acts::planStopUser,
            acts::stopUserMail},
        {AllowUserMail, "allow-user-mail", Object::User, {Platform::Postfix}, site, acts::planAllowUser,
            acts::allowUserMail},
        {ClearQueue, "clear-queue", Object::Queue, {Platform::Postfix}, {}},
        {RestoreQueue, "restore-queue", Object::Queue, {Platform::Postfix}, {}},
    };
    return all;
}

const Action& action(ActionId id)
{
    return *std::ranges::find(actions(), id, &Action::id);
}

const Action* findAction(std::string_view name)
{
    const auto at = std::ranges::find(actions(), name, &Action::name);
    return at == actions().end() ? nullptr : &*at;
}

bool helpsAgainst(const Action& action, const attribution::Suspect& suspect)
{
    return action.causes.empty() || std::ranges::contains(action.causes, suspect.cause);
}

} // namespace sluicegate::containment
