// SPDX-License-Identifier: GPL-3.0-or-later
// A server that takes mail first and refuses it later answers forged senders.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding backscatter(const Scene& scene)
{
    if (scene.origin.path != Path::Backscatter)
        return {};
    return Clue {.rule = "backscatter",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {scene.origin.name},
        .evidence = linesWith(scene, "to=<", 5)};
}

} // namespace sluicegate::attribution::rules
