// SPDX-License-Identifier: GPL-3.0-or-later
// A botnet shares one stolen password: one login from more networks in an hour than a person can travel.
// Phones and VPNs make a few.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>
#include <unordered_map>

namespace sluicegate::attribution::rules {

namespace {

struct Hour {
    std::uint64_t networks = 0;
    std::vector<Tally> examples;
};

// An address of IPv4, a customer's network of IPv6.
std::string_view address(std::string_view ip)
{
    return ip.find(':') == std::string_view::npos ? ip : network(ip);
}

// Wide networks: a provider's neighbouring ranges are one place. Many single addresses of one provider tell
// the same, only later.
Hour busiestHour(const Scene& scene, std::string_view (*placeOf)(std::string_view))
{
    std::unordered_map<std::string_view, std::uint64_t> inside;
    std::size_t begin = 0;
    Hour best;
    std::size_t bestBegin = 0;
    for (std::size_t end = 0; end < scene.spam.size(); ++end) {
        const Row& row = scene.rows[scene.spam[end]];
        if (row.client.empty() || isLoopback(row.client))
            continue;
        ++inside[placeOf(row.client)];
        for (; row.at - scene.rows[scene.spam[begin]].at > std::chrono::hours(1); ++begin) {
            const auto old = inside.find(placeOf(scene.rows[scene.spam[begin]].client));
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
        if (seen.try_emplace(placeOf(row.client), true).second)
            best.examples.push_back({row.client, 1, row.journey});
    }
    return best;
}

} // namespace

Finding manyNetworks(const Scene& scene)
{
    if (scene.origin.path != Path::Login || scene.clients.size() < 3)
        return {};
    const Hour wide = busiestHour(scene, wideNetwork);
    const Hour hour = busiestHour(scene, address);
    if (wide.networks < 3 && hour.networks < 5)
        return {};
    return Clue {.rule = "many-networks",
        .weight = std::max(rising(static_cast<double>(wide.networks), 1.5, 5),
            rising(static_cast<double>(hour.networks), 3, 10)),
        .count = hour.networks,
        .values = {std::to_string(wide.networks), std::to_string(scene.clients.size())},
        .evidence = linesOf(scene, hour.examples, "sasl_username=", quoteLimit)};
}

} // namespace sluicegate::attribution::rules
