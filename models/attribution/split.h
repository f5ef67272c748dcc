// SPDX-License-Identifier: GPL-3.0-or-later
// A source's messages divided into spam and good mail: the thief's from the owner's, the tool's from the
// site's.
#pragma once

#include "models/attribution/scene.h"

namespace sluicegate::attribution {

/// Fills rows from the source's journeys, by time.
void fillRows(Scene& scene);

/// Marks rows as spam. Noticed messages are the seeds; without them, what came in a burst.
void splitRows(Scene& scene);

/// Fills spam and spamJourneys from what the rows are marked as.
void collectSpam(Scene& scene);

} // namespace sluicegate::attribution
