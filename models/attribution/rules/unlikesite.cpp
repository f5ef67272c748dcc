// SPDX-License-Identifier: GPL-3.0-or-later
// A site writes in its own name; a mailer in any.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

Finding unlikeSite(const Scene& scene)
{
    if ((scene.origin.path != Path::Pickup && scene.origin.path != Path::LocalSmtp) || scene.origin.uid == 0u)
        return {};
    std::vector<Tally> foreign;
    std::uint64_t messages = 0;
    for (const Tally& sender : scene.senders) {
        const auto row = std::ranges::find_if(
            scene.spam, [&](std::uint32_t index) { return scene.rows[index].journey == sender.example; });
        if (row != scene.spam.end() && scene.rows[*row].foreign) {
            foreign.push_back(sender);
            messages += sender.count;
        }
        if (foreign.size() >= 50)
            break;
    }
    if (messages * 2 < scene.spam.size() || foreign.empty())
        return {};
    return Clue {.rule = "unlike-site",
        .weight = foreign.size() > 1 ? 1.0 : 0.7,
        .count = messages,
        .values = {std::string(foreign.front().name), std::to_string(foreign.size())},
        .evidence = linesOf(scene, foreign, "from=<")};
}

} // namespace sluicegate::attribution::rules
