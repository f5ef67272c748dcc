// SPDX-License-Identifier: GPL-3.0-or-later
// A form sends one message for one request. A mailer sends hundreds.
#include "models/attribution/requests.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding fewPosts(const Scene& scene)
{
    if (scene.endpoints.empty() || scene.spam.size() < 10)
        return {};
    const EndpointMatch* match = droppedOf(scene);
    if (!match && !formOf(scene))
        match = &scene.endpoints.front();
    if (!match || match->requests == 0 || match->requests * 4 > scene.spam.size()
        || match->followed * 2 < scene.spam.size())
        return {};
    Clue clue {.rule = "few-posts",
        // A shop's own mailing starts with one request, too: in a program of the site's it says less.
        .weight = rising(static_cast<double>(scene.spam.size()) / static_cast<double>(match->requests), 2, 10)
            * (match == droppedOf(scene) || isEvaluated(scene) ? 1.0 : 0.4),
        .count = scene.spam.size(),
        .values = {std::to_string(scene.spam.size()), std::to_string(match->requests)},
        .evidence = {}};
    for (const auto& [log, request] : match->examples)
        clue.evidence.push_back(lineOf(*log, *request));
    return clue;
}

} // namespace sluicegate::attribution::rules
