// SPDX-License-Identifier: GPL-3.0-or-later
// Mail came in for an address here and was sent on: the server passes on what others wrote.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding forwarded(const Scene& scene)
{
    if (scene.origin.path != Path::Forward)
        return {};
    std::string target;
    for (const maillog::Attempt& attempt : scene.log().journey(scene.first().journey).attempts())
        if (leavesServer(attempt, scene.facts()))
            target = attempt.to;
    return Clue {.rule = "forwarded",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {scene.origin.name, target},
        .evidence = linesWith(scene, "to=<", 5)};
}

} // namespace sluicegate::attribution::rules
