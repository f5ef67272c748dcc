// SPDX-License-Identifier: GPL-3.0-or-later
// Somebody drives the script from outside while it sends.
#include "models/attribution/requests.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding scriptPosts(const Scene& scene)
{
    const EndpointMatch* match = droppedOf(scene);
    if (!match && !scene.endpoints.empty() && isEvaluated(scene)
        && isProgram(scene.endpoints.front().endpoint))
        match = &scene.endpoints.front();
    if (!match || match->followed * 3 < scene.spam.size())
        return {};
    Clue clue {.rule = "script-posts",
        .weight = 1,
        .count = match->requests,
        .values = {match->domain + match->endpoint, std::to_string(match->requests),
            std::to_string(match->clients.size())},
        .evidence = {}};
    for (const auto& [log, request] : match->examples)
        clue.evidence.push_back(lineOf(*log, *request));
    return clue;
}

} // namespace sluicegate::attribution::rules
