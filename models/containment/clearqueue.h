// SPDX-License-Identifier: GPL-3.0-or-later
// Clear the queue: hold, save into the case, compare once more, delete, verify. Never a message that was not
// selected.
#pragma once

#include "models/containment/hand.h"
#include "models/containment/outcome.h"
#include "models/containment/plan.h"
#include "models/containment/progress.h"

namespace sluicegate::containment {

Plan planClearing(Selection selection, std::string target);

/// Works on from wherever an earlier run for the same case was cut: state comes from the case and the server,
/// never from memory. Whatever happens, each item has an outcome.
Ending clearQueue(Hand& hand, const Selection& selection, const Report& report = {});

} // namespace sluicegate::containment
