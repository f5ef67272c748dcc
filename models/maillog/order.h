// SPDX-License-Identifier: GPL-3.0-or-later
// Which source comes first, and which journeys lie in the window asked for.
#pragma once

#include "models/maillog/store.h"

namespace sluicegate::maillog {

/// By the first stamp; those without any stay behind their neighbour.
std::vector<Source> sortedOldestFirst(std::vector<Source> sources, const Options& options);
/// Leaves out what ends before `since` or begins after `until`.
void keepWindow(Store& store, const Options& options);

} // namespace sluicegate::maillog
