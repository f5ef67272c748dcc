// SPDX-License-Identifier: GPL-3.0-or-later
// A login from this server itself is webmail or a site's mail plugin: the password may sit in a hacked site's
// configuration, or the thief uses the webmail.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

Finding localLogin(const Scene& scene)
{
    if (scene.origin.path != Path::Login)
        return {};
    const auto isInside = [&](const Row& row) {
        return isLoopback(row.client) || std::ranges::contains(scene.facts().localAddresses, row.client);
    };
    const auto inside = static_cast<std::uint64_t>(
        std::ranges::count_if(scene.spam, [&](std::uint32_t index) { return isInside(scene.rows[index]); }));
    if (inside * 2 < scene.spam.size() || inside == 0)
        return {};
    return Clue {.rule = "local-login",
        .weight = 1,
        .count = inside,
        .values = {scene.origin.name, std::string(scene.clients.front().name)},
        .evidence = linesWith(scene, "sasl_username=", isInside, 3)};
}

} // namespace sluicegate::attribution::rules
