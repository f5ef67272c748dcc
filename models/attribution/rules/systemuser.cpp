// SPDX-License-Identifier: GPL-3.0-or-later
// cron, monitors and the mail system write as root or as a system account; nobody outside asked them to.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding systemUser(const Scene& scene)
{
    if (scene.origin.path != Path::Pickup || scene.origin.uid != 0u)
        return {};
    return Clue {.rule = "system-user",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {scene.origin.name.empty() ? "root" : scene.origin.name},
        .evidence = linesWith(scene, "uid=", 3)};
}

} // namespace sluicegate::attribution::rules
