// SPDX-License-Identifier: GPL-3.0-or-later
// sasl_username= on a client that is not this server: whoever sent it had the password.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

Finding externalLogin(const Scene& scene)
{
    if (scene.origin.path != Path::Login)
        return {};
    const auto isOutside = [&](std::string_view client) {
        return !client.empty() && !isLoopback(client)
            && !std::ranges::contains(scene.facts().localAddresses, client);
    };
    std::uint64_t outside = 0;
    for (const Tally& client : scene.clients)
        outside += isOutside(client.name) ? client.count : 0;
    if (outside == 0 || outside * 2 < scene.spam.size())
        return {};
    return Clue {.rule = "external-login",
        .weight = 1,
        .count = outside,
        .values = {scene.origin.name, std::string(scene.clients.front().name)},
        .evidence = linesWith(
            scene, "sasl_username=", [&](const Row& row) { return isOutside(scene.client(row)); }, 3)};
}

} // namespace sluicegate::attribution::rules
