// SPDX-License-Identifier: GPL-3.0-or-later
// The human voice for the gate: each condition, why it does not stand, and what to do.
#pragma once

#include "models/readiness/condition.h"

#include <QString>

namespace sluicegate::words {

/// "The source is shut".
QString name(readiness::ConditionId id);
/// "met", "not met", "unknown".
QString name(readiness::State state);
enum class Naming {
    Titles, // "Change the password"
    TitlesAndIds, // "Change the password (change-password)", where a command is to be typed
};
/// Why it stands as it does, with counts and names; what to do when it is not met.
QString text(const readiness::Condition& condition, Naming naming = Naming::Titles);
/// "Passed over by anna (2026-11-23 10:00 UTC), because: ..."
QString waiver(const readiness::Waiver& waiver);

} // namespace sluicegate::words
