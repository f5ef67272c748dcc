// SPDX-License-Identifier: GPL-3.0-or-later
// pickup's uid= is the system user whose program called sendmail: a subscription on Plesk, not yet a site.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding submittedByUser(const Scene& scene)
{
    if (scene.origin.path != Path::Pickup || scene.origin.uid == 0u)
        return {};
    return Clue {.rule = "submitted-by-user",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {scene.origin.name, scene.origin.uid ? std::to_string(*scene.origin.uid) : "?"},
        .evidence = linesWith(scene, "uid=", 3)};
}

} // namespace sluicegate::attribution::rules
