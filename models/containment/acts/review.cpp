// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at what a thief leaves behind in a mailbox: forwards, filters and automatic answers. Changes nothing.
#include "models/containment/actions.h"

namespace sluicegate::containment::acts {

namespace {

PlannedCommand forwards(const Target& target)
{
    return {.stage = Stage::ShowForwards,
        .script
        = R"(if command -v plesk >/dev/null; then plesk bin mail --info "$1"; else )"
          R"(for map in $(postconf -h virtual_alias_maps | tr , " "); do postmap -q "$1" "$map"; done; true; fi)",
        .arguments = {target.mailbox}};
}

PlannedCommand filters(const Target& target)
{
    return {.stage = Stage::ShowFilters,
        .script = R"sh(list=$(doveadm sieve list -u "$1") || exit 1; [ -n "$list" ] || exit 0; )sh"
                  R"sh(echo "$list" | while read -r name state; do echo "== $name $state"; )sh"
                  R"sh(doveadm sieve get -u "$1" "$name" </dev/null; done)sh",
        .arguments = {target.mailbox}};
}

} // namespace

Plan planReview(const Target& target)
{
    return {.action = ActionId::ReviewMailbox,
        .target = target.mailbox,
        .commands = {forwards(target), filters(target)},
        .effects = {Remark::NothingChanges}};
}

Acted reviewMailbox(Hand& hand, const Target& target)
{
    Doing doing(hand, "review-mailbox", target.mailbox);
    for (const PlannedCommand& look : planReview(target).commands)
        if (const auto seen = doing.run(look); seen && seen->exitStatus == 0)
            doing.judge(Outcome::Done, seen->out);
    return doing.finish();
}

} // namespace sluicegate::containment::acts
