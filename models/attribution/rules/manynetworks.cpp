// SPDX-License-Identifier: GPL-3.0-or-later
// A botnet shares one stolen password: one login from more networks in an hour than a person can travel.
// Phones and VPNs make a few.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <unordered_map>

namespace sluicegate::attribution::rules {

namespace {

struct Hour {
    std::uint64_t networks = 0;
    std::vector<Tally> examples;
};

// Wide networks: a provider's neighbouring ranges are one place.
Hour busiestHour(const Scene& scene)
{
    std::unordered_map<std::string_view, std::uint64_t> inside;
    std::size_t begin = 0;
    Hour best;
    std::size_t bestBegin = 0;
    for (std::size_t end = 0; end < scene.spam.size(); ++end) {
        const Row& row = scene.rows[scene.spam[end]];
        if (row.client.empty() || isLoopback(row.client))
            continue;
        ++inside[wideNetwork(row.client)];
        for (; row.at - scene.rows[scene.spam[begin]].at > std::chrono::hours(1); ++begin) {
            const auto old = inside.find(wideNetwork(scene.rows[scene.spam[begin]].client));
            if (old != inside.end() && --old->second == 0)
                inside.erase(old);
        }
        if (inside.size() > best.networks) {
            best.networks = inside.size();
            bestBegin = begin;
        }
    }
    std::unordered_map<std::string_view, bool> seen;
    for (std::size_t i = bestBegin; i < scene.spam.size() && best.examples.size() < quoteLimit; ++i) {
        const Row& row = scene.rows[scene.spam[i]];
        if (seen.try_emplace(wideNetwork(row.client), true).second)
            best.examples.push_back({row.client, 1, row.journey});
    }
    return best;
}

} // namespace

Finding manyNetworks(const Scene& scene)
{
    if (scene.origin.path != Path::Login || scene.networks.size() < 3)
        return {};
    const Hour hour = busiestHour(scene);
    if (hour.networks < 3)
        return {};
    return Clue {.rule = "many-networks",
        .weight = rising(static_cast<double>(hour.networks), 1.5, 5),
        .count = hour.networks,
        .values = {std::to_string(hour.networks), std::to_string(scene.networks.size())},
        .evidence = linesOf(scene, hour.examples, "sasl_username=", quoteLimit)};
}

} // namespace sluicegate::attribution::rules
