// SPDX-License-Identifier: GPL-3.0-or-later
// People among the bots: mail that a misused site wrote because somebody really asked for it.
#pragma once

#include "models/attribution/scene.h"

namespace sluicegate::attribution {

/// Takes out of the spam what another form of the site wrote for somebody who never touched the misused one,
/// and what the misused form wrote for a visitor who had read the site before: bots go straight to the form.
/// Noticed messages stay. Needs matchRequests(); true when something changed, and measures are to be taken
/// again.
bool spareVisitors(Scene& scene);

} // namespace sluicegate::attribution
