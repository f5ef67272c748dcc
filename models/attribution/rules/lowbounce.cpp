// SPDX-License-Identifier: GPL-3.0-or-later
// A list that is kept clean hardly bounces.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding lowBounce(const Scene& scene)
{
    const Counts& counts = scene.ofSpam;
    if (counts.sent < 50 || counts.bounced * 50 > counts.sent)
        return {};
    return Clue {.rule = "low-bounce",
        .weight = 1,
        .count = counts.sent,
        .values = {percent(counts.bounced, counts.sent + counts.bounced)},
        .evidence = linesWith(scene, "status=sent", 3)};
}

} // namespace sluicegate::attribution::rules
