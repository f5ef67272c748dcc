// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/clearqueue.h"

#include "models/containment/clearsteps.h"
#include "models/containment/restorequeue.h"

#include <algorithm>
#include <ranges>

namespace sluicegate::containment {

namespace {

// What stands on standard input: the first ids of all.
std::string firstIds(const Selection& selection)
{
    constexpr std::size_t most = 3;
    std::string lines;
    for (std::size_t i = 0; i < std::min(most, selection.items.size()); ++i)
        lines += selection.items[i].id.value + '\n';
    return lines;
}

MailServer serverOf(const Selection& selection)
{
    return selection.items.empty() ? MailServer::Postfix : mailServerOf(selection.items.front().id);
}

} // namespace

Plan planClearing(Selection selection, std::string target)
{
    Plan plan {.action = ActionId::ClearQueue, .target = std::move(target)};
    const MailServer server = serverOf(selection);
    const QueueScripts& scripts = scriptsOf(server);
    const auto add = [&](Stage stage, std::string_view script, bool takesIds) {
        plan.commands.push_back({.stage = stage,
            .script = std::string(script),
            .input = takesIds ? firstIds(selection) : std::string(),
            .lines = takesIds ? selection.items.size() : 0});
    };
    add(Stage::List, scripts.list, false);
    add(Stage::Hold, scripts.hold, true);
    add(Stage::Save, scripts.show, false);
    for (const Item& item : selection.items | std::views::take(3))
        plan.commands.back().arguments.push_back(item.id.value);
    plan.commands.back().lines = selection.items.size();
    add(Stage::Compare, scripts.list, false);
    add(Stage::Delete, scripts.erase, true);
    add(Stage::Verify, scripts.list, false);
    const bool isExim = server == MailServer::Exim;
    plan.effects = {Remark::GoodMailStays, Remark::BouncesAreSpamToo,
        isExim ? Remark::FrozenMailWaits : Remark::HeldMailWaits};
    plan.undo = ActionId::RestoreQueue;
    plan.cannotBeUndone = limitsOfRestore(server);
    plan.selection = std::move(selection);
    return plan;
}

Ending clearQueue(Hand& hand, const Selection& selection, const Report& report)
{
    return Clearing(hand, serverOf(selection), selection, report).run();
}

} // namespace sluicegate::containment
