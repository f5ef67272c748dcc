// SPDX-License-Identifier: GPL-3.0-or-later
// Counts and tallies of a source's messages.
#pragma once

#include "models/attribution/scene.h"

namespace sluicegate::attribution {

/// Fills counts, tallies and the peak.
void measure(Scene& scene);

} // namespace sluicegate::attribution
