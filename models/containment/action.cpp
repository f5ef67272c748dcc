// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/action.h"

#include <algorithm>

namespace sluicegate::containment {

std::span<const Action> actions()
{
    static const std::vector<Action> all {
        {ActionId::ClearQueue, "clear-queue", Object::Queue, {Platform::Postfix}, {}},
        {ActionId::RestoreQueue, "restore-queue", Object::Queue, {Platform::Postfix}, {}},
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
