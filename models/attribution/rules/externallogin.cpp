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
    const auto isOutside = [&](const Row& row) {
        return !row.client.empty() && !isLoopback(row.client)
            && !std::ranges::contains(scene.facts().localAddresses, row.client);
    };
    const auto outside = static_cast<std::uint64_t>(
        std::ranges::count_if(scene.spam, [&](std::uint32_t index) { return isOutside(scene.rows[index]); }));
    if (outside == 0 || outside * 2 < scene.spam.size())
        return {};
    return Clue {.rule = "external-login",
        .weight = 1,
        .count = outside,
        .values = {scene.origin.name, std::string(scene.clients.front().name)},
        .evidence = linesWith(scene, "sasl_username=", isOutside, 3)};
}

} // namespace sluicegate::attribution::rules
