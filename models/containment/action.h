// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done to shut a source down and to clean up behind it: a table of actions.
#pragma once

#include "models/attribution/verdict.h"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace sluicegate::containment {

enum class ActionId { ClearQueue, RestoreQueue };

/// Which mail system an action knows how to speak to.
enum class Platform { Postfix, Plesk, Dovecot, Any };

/// What an action works on.
enum class Object { Queue, Mailbox, Site, Script, User };

struct Action {
    ActionId id {};
    std::string_view name; // "clear-queue"
    Object object {};
    std::vector<Platform> platforms;
    std::vector<attribution::Cause> causes; // empty: whatever the cause
};

std::span<const Action> actions();
const Action& action(ActionId id);
const Action* findAction(std::string_view name);

/// Whether the action helps against this suspect's cause.
bool helpsAgainst(const Action& action, const attribution::Suspect& suspect);

} // namespace sluicegate::containment
