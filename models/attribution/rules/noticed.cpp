// SPDX-License-Identifier: GPL-3.0-or-later
// The provider saw these very messages.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding noticed(const Scene& scene)
{
    if (scene.noticedCount == 0)
        return {};
    return Clue {.rule = "noticed",
        .weight = 1,
        .count = scene.noticedCount,
        .values = {},
        .evidence = linesWith(scene, "message-id=", [](const Row& row) { return row.noticed; })};
}

} // namespace sluicegate::attribution::rules
