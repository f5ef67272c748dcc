// SPDX-License-Identifier: GPL-3.0-or-later
// With a password anyone may write any envelope sender unless the server forbids it; owners rarely do.
// Aliases of the same domain are no reason.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding foreignSender(const Scene& scene)
{
    if (scene.origin.path != Path::Login)
        return {};
    std::vector<Tally> foreign;
    std::uint64_t messages = 0;
    const std::string_view own = domainOf(scene.origin.name);
    for (const Tally& sender : scene.senders)
        if (!own.empty() && !domainOf(sender.name).empty() && !related(domainOf(sender.name), own)) {
            foreign.push_back(sender);
            messages += sender.count;
        }
    const double share = static_cast<double>(messages) / static_cast<double>(scene.spam.size());
    // One other sender, always the same, is a "send as" of the owner's.
    if (foreign.empty() || share < 0.2)
        return {};
    return Clue {.rule = "foreign-sender",
        .weight = foreign.size() == 1 ? 0.5 : rising(static_cast<double>(foreign.size()), 0, 5) * 0.5 + 0.5,
        .count = messages,
        .values = {std::string(foreign.front().name), std::to_string(foreign.size())},
        .evidence = linesOf(scene, foreign, "from=<")};
}

} // namespace sluicegate::attribution::rules
