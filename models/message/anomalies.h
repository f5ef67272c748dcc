// SPDX-License-Identifier: GPL-3.0-or-later
// What is odd about a message's header: one small rule each.
#pragma once

#include "models/message/inspection.h"

namespace sluicegate::message {

/// Needs fields, hops, submission and origin; appends to `anomalies`.
void findAnomalies(Inspection& inspection);

} // namespace sluicegate::message
