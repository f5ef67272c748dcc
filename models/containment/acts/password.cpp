// SPDX-License-Identifier: GPL-3.0-or-later
// A new password for a mailbox: made here, sent on standard input, shown once and kept nowhere.
#include "models/containment/actions.h"

#include "models/containment/freshpassword.h"

namespace sluicegate::containment::acts {

namespace {

PlannedCommand probe(const Target& target)
{
    return {.stage = Stage::Probe, .script = R"(plesk bin mail --info "$1")", .arguments = {target.mailbox}};
}

// Plesk takes the password from its environment when the option is empty: a command line would show it to
// every user of the server.
PlannedCommand change(const Target& target)
{
    return {.stage = Stage::SetPassword,
        .script
        = R"(IFS= read -r PSA_PASSWORD; export PSA_PASSWORD; plesk bin mail --update "$1" -passwd "")",
        .arguments = {target.mailbox},
        .lines = 1};
}

} // namespace

Plan planPassword(const Target& target)
{
    return {.action = ActionId::ChangePassword,
        .target = target.mailbox,
        .commands = {probe(target), change(target)},
        .effects = {Remark::OwnerMustBeTold, Remark::SessionsSurvive, Remark::ReceivingGoesOn},
        .cannotBeUndone = {Remark::OldPasswordIsGone}};
}

Acted changePassword(Hand& hand, const Target& target)
{
    Doing doing(hand, "change-password", target.mailbox);
    const auto there = doing.run(probe(target));
    if (!there || there->exitStatus != 0)
        return doing.finish();
    std::string password = freshPassword();
    const auto changed = doing.runSecret(change(target), password + '\n');
    Acted acted = doing.finish();
    // Without an answer the new one may be in force: whoever works on must know it.
    if (!changed || changed->exitStatus == 0)
        acted.secret = std::move(password);
    return acted;
}

} // namespace sluicegate::containment::acts
