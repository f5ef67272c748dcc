// SPDX-License-Identifier: GPL-3.0-or-later
// Counts and tallies of a source's messages.
#pragma once

#include "models/attribution/scene.h"

#include <functional>

namespace sluicegate::attribution {

/// How often each name comes among the spam, most first; empty names are left out.
std::vector<Tally> tally(
    const Scene& scene, const std::function<std::string_view(const Row&)>& nameOf, std::size_t keep = 64);

/// Fills counts, tallies and the peak.
void measure(Scene& scene);

} // namespace sluicegate::attribution
