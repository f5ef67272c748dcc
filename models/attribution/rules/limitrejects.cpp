// SPDX-License-Identifier: GPL-3.0-or-later
// An outgoing limit refuses at the end of the message, so nothing of it is queued: an empty queue proves
// nothing.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

Finding limitRejects(const Scene& scene)
{
    const auto isRejected
        = [&](const Row& row) { return scene.log().journey(row.journey).rejectedByMilter(); };
    const auto rejected = static_cast<std::uint64_t>(std::ranges::count_if(scene.rows, isRejected));
    if (rejected == 0)
        return {};
    return Clue {.rule = "limit-rejects",
        .weight = rising(static_cast<double>(rejected), 0, 20),
        .count = rejected,
        .values = {},
        .evidence = linesWith(scene, "milter-reject", isRejected)};
}

} // namespace sluicegate::attribution::rules
