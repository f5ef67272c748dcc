// SPDX-License-Identifier: GPL-3.0-or-later
// A program on this server that speaks SMTP to localhost needs no login where 127.0.0.0/8 is trusted.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding submittedLocally(const Scene& scene)
{
    if (scene.origin.path != Path::LocalSmtp)
        return {};
    return Clue {.rule = "submitted-locally",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {scene.origin.name},
        .evidence = linesWith(scene, "client=", 3)};
}

} // namespace sluicegate::attribution::rules
