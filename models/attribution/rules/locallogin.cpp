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
    const auto isInside = [&](std::string_view client) {
        return isLoopback(client) || std::ranges::contains(scene.facts().localAddresses, client);
    };
    std::uint64_t inside = 0;
    for (const Tally& client : scene.clients)
        inside += isInside(client.name) ? client.count : 0;
    if (inside * 2 < scene.spam.size() || inside == 0)
        return {};
    return Clue {.rule = "local-login",
        .weight = 1,
        .count = inside,
        .values = {scene.origin.name, std::string(scene.clients.front().name)},
        .evidence
        = linesWith(scene, "sasl_username=", [&](const Row& row) { return isInside(scene.client(row)); }, 3)};
}

} // namespace sluicegate::attribution::rules
