// SPDX-License-Identifier: GPL-3.0-or-later
// One journey as a line of JSON.
#pragma once

#include "models/maillog/history.h"

#include <string>

namespace sluicegate::app {

/// Appends the object and a line end. What the log does not tell is null.
void writeJourney(std::string& out, const maillog::History& history, std::uint32_t index);

} // namespace sluicegate::app
