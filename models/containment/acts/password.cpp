// SPDX-License-Identifier: GPL-3.0-or-later
// A new password for a mailbox: made here, sent on standard input, shown once and kept nowhere.
#include "models/containment/actions.h"

#include <array>
#include <sys/random.h>

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

// Four groups, so that a policy which wants them all is content; nothing that looks like something else.
std::string freshPassword()
{
    constexpr std::array<std::string_view, 4> groups {
        "ABCDEFGHJKLMNPQRSTUVWXYZ", "abcdefghijkmnopqrstuvwxyz", "23456789", "-+=_.:%"};
    constexpr std::size_t length = 20;
    std::string password;
    while (password.size() < length) {
        unsigned char byte = 0;
        if (::getrandom(&byte, 1, 0) != 1)
            continue;
        const std::string_view group
            = groups[password.size() < groups.size() ? password.size() : password.size() % 3];
        if (byte < 256 / group.size() * group.size()) // else some letters would come more often
            password += group[byte % group.size()];
    }
    return password;
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
