// SPDX-License-Identifier: GPL-3.0-or-later
// People among the bots: mail that a misused site wrote because somebody really asked for it, or may have.
#pragma once

#include "models/attribution/scene.h"

namespace sluicegate::attribution {

/// Takes out of the spam what other forms of the site and the misused one wrote for people: good where only
/// people asked for it, undecided where people and bots did. Noticed messages stay. Needs matchRequests();
/// true when something changed, and measures are to be taken again.
bool spareVisitors(Scene& scene);

} // namespace sluicegate::attribution
