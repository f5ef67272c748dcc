// SPDX-License-Identifier: GPL-3.0-or-later
// Visitors write once; bots come back.
#include "models/attribution/requests.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding postingClients(const Scene& scene)
{
    const EndpointMatch* best = formOf(scene);
    if (!best || best->requests < 5 || best->clients.size() * 3 > best->requests)
        return {};
    Clue clue {.rule = "posting-clients",
        .weight
        = rising(static_cast<double>(best->requests) / static_cast<double>(best->clients.size()), 2, 6),
        .count = best->clients.size(),
        .values = {std::string(best->clients.front().name), std::to_string(best->clients.front().count),
            std::to_string(best->clients.size())},
        .evidence = {}};
    for (const auto& [log, request] : best->examples)
        clue.evidence.push_back(lineOf(*log, *request));
    return clue;
}

} // namespace sluicegate::attribution::rules
