// SPDX-License-Identifier: GPL-3.0-or-later
// Neither a login nor a recipient of this server: the gate stands open for this client. A secondary MX or
// smart host for a few domains is none.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <set>

namespace sluicegate::attribution::rules {

Finding relayed(const Scene& scene)
{
    if (scene.origin.path != Path::Relay)
        return {};
    std::set<std::string> domains;
    for (const std::uint32_t index : scene.spam) {
        for (const maillog::Attempt& attempt : scene.log().journey(scene.rows[index].journey).attempts())
            domains.insert(lowered(domainOf(attempt.to)));
        if (domains.size() > 50)
            break;
    }
    if (domains.size() < 2 && scene.noticedCount == 0)
        return {};
    return Clue {.rule = "relayed",
        .weight = rising(static_cast<double>(domains.size()), 0, 3),
        .count = scene.spam.size(),
        .values = {scene.origin.name, std::to_string(domains.size())},
        .evidence = linesWith(scene, "client=", 5)};
}

} // namespace sluicegate::attribution::rules
