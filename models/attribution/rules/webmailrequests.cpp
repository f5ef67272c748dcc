// SPDX-License-Identifier: GPL-3.0-or-later
// Webmail logs in from localhost for its user; the user's own address stands in the webmail's access log.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

Finding webmailRequests(const Scene& scene)
{
    if (scene.origin.path != Path::Login)
        return {};
    const auto found = std::ranges::find_if(scene.endpoints, [&](const EndpointMatch& match) {
        return isWebmail(match) && match.paired * 2 >= scene.spam.size();
    });
    if (found == scene.endpoints.end())
        return {};
    Clue clue {.rule = "webmail-requests",
        .weight = static_cast<double>(found->paired) / static_cast<double>(scene.spam.size()),
        .count = found->paired,
        .values = {found->domain, std::string(found->clients.front().name)},
        .evidence = {}};
    for (const auto& [log, request] : found->examples)
        clue.evidence.push_back(lineOf(*log, *request));
    return clue;
}

} // namespace sluicegate::attribution::rules
