// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/action.h"

#include "models/containment/actions.h"

#include <algorithm>

namespace sluicegate::containment {

std::span<const Action> actions()
{
    using attribution::Cause;
    using enum ActionId;
    using enum Platform;
    const std::vector login {Cause::MailboxPassword};
    const std::vector hacked {Cause::WebsiteHacked};
    const std::vector form {Cause::WebsiteForm};
    const std::vector site {Cause::WebsiteForm, Cause::WebsiteHacked, Cause::Unknown};
    const std::vector talking {Cause::DirectToMx, Cause::WebsiteHacked};
    const std::vector served {Cause::WebsiteForm, Cause::WebsiteHacked};
    const std::vector looked {Cause::WebsiteForm, Cause::WebsiteHacked, Cause::DirectToMx};
    // The gentlest that helps first, the last resort last: so they are offered.
    static const std::vector<Action> all {
        {ChangePassword, "change-password", Object::Mailbox, {Plesk}, login, acts::planPassword,
            acts::changePassword, true},
        {ChangeFilePassword, "change-password-file", Object::Mailbox, {Dovecot, NoPanel}, login,
            acts::planFilePassword, acts::changeFilePassword, true},
        {EndSessions, "end-sessions", Object::Mailbox, {Dovecot}, login, acts::planEndSessions,
            acts::endSessions},
        {LimitMailbox, "limit-mailbox", Object::Mailbox, {Plesk}, login, acts::planLimit, acts::limitMailbox,
            true},
        {UnlimitMailbox, "unlimit-mailbox", Object::Mailbox, {Plesk}, login, acts::planUnlimit,
            acts::unlimitMailbox},
        {StopLogin, "stop-login", Object::Mailbox, {Postfix, NoPanel}, login, acts::planStopLogin,
            acts::stopLogin, true},
        {AllowLogin, "allow-login", Object::Mailbox, {Postfix, NoPanel}, login, acts::planAllowLogin,
            acts::allowLogin},
        {ReviewMailbox, "review-mailbox", Object::Mailbox, {Dovecot}, login, acts::planReview,
            acts::reviewMailbox},
        {ActionId::CloseForm, "close-form", Object::Form, {}, form, acts::planCloseForm, acts::closeForm,
            true},
        {ActionId::OpenForm, "open-form", Object::Form, {}, form, acts::planOpenForm, acts::openForm},
        {CloseRegistration, "close-registration", Object::Script, {}, form, acts::planCloseRegistration,
            acts::closeRegistration},
        {OpenRegistration, "open-registration", Object::Script, {}, form, acts::planOpenRegistration,
            acts::openRegistration},
        {QuarantineScript, "quarantine-script", Object::Script, {}, hacked, acts::planQuarantine,
            acts::quarantineScript, true},
        {RestoreScript, "restore-script", Object::Script, {}, hacked, acts::planRestoreScript,
            acts::restoreScript},
        {ActionId::StopProcess, "stop-process", Object::Process, {}, talking, acts::planStopProcess,
            acts::stopProcess},
        {StopUserMail, "stop-user-mail", Object::User, {Postfix}, site, acts::planStopUser,
            acts::stopUserMail, true},
        {AllowUserMail, "allow-user-mail", Object::User, {Postfix}, site, acts::planAllowUser,
            acts::allowUserMail},
        {CheckFiles, "check-files", Object::Script, {}, looked, acts::planCheckFiles, acts::checkFiles},
        {SuspendSite, "suspend-site", Object::Site, {Plesk}, served, acts::planSuspendSite, acts::suspendSite,
            true},
        {ResumeSite, "resume-site", Object::Site, {Plesk}, served, acts::planResumeSite, acts::resumeSite},
        {SuspendSubscription, "suspend-subscription", Object::Site, {Plesk}, served,
            acts::planSuspendSubscription, acts::suspendSubscription, true},
        {ResumeSubscription, "resume-subscription", Object::Site, {Plesk}, served,
            acts::planResumeSubscription, acts::resumeSubscription},
        {ClearQueue, "clear-queue", Object::Queue, {Platform::Queue}, {}},
        {RestoreQueue, "restore-queue", Object::Queue, {Platform::Queue}, {}},
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
