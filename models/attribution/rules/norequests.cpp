// SPDX-License-Identifier: GPL-3.0-or-later
// The site's log is there and nobody asked for anything: a timer, a shell, or a payload that runs by itself.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding noRequests(const Scene& scene)
{
    if (scene.origin.path != Path::Pickup || scene.origin.uid == 0u || !scene.webLogsCover
        || scene.spam.size() < 5)
        return {};
    for (const EndpointMatch& match : scene.endpoints)
        if (match.followed * 5 > scene.spam.size())
            return {};
    return Clue {.rule = "no-requests",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {scene.site},
        .evidence = linesWith(scene, entryText(scene), 3)};
}

} // namespace sluicegate::attribution::rules
