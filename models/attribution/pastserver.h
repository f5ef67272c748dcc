// SPDX-License-Identifier: GPL-3.0-or-later
// Mail that never passed the mail server: who may have sent it instead.
#pragma once

#include "models/attribution/verdict.h"

namespace sluicegate::attribution {

/// Suspects for noticed ids that no journey has, best first: a process that talks to others' mail ports, a
/// program in a data folder that was asked just then, or nobody in particular. None when every id is
/// explained.
std::vector<Suspect> suspectsPastServer(const Facts& facts, const Verdict& verdict);

} // namespace sluicegate::attribution
