// SPDX-License-Identifier: GPL-3.0-or-later
// Lists that thieves buy and addresses that bots invent are full of dead recipients.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding bounceShare(const Scene& scene)
{
    const Counts& counts = scene.ofSpam;
    const std::uint64_t settled = counts.sent + counts.bounced + counts.rejected;
    const double share = settled ? static_cast<double>(counts.bounced) / static_cast<double>(settled) : 0;
    if (counts.bounced < 5 || share < 0.1)
        return {};
    return Clue {.rule = "bounce-share",
        .weight = rising(share, 0.05, 0.3),
        .count = counts.bounced,
        .values = {percent(counts.bounced, settled)},
        .evidence = linesWith(scene, "status=bounced", [&](const Row& row) {
            const auto attempts = scene.log().journey(row.journey).attempts();
            return !attempts.empty() && attempts.back().status == maillog::Status::Bounced;
        })};
}

} // namespace sluicegate::attribution::rules
