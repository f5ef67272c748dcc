// SPDX-License-Identifier: GPL-3.0-or-later
// A botnet shares one stolen password: one login from more networks in an hour than a person can travel.
// Phones and VPNs make a few.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

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
    constexpr std::uint32_t nowhere = UINT32_MAX;
    Numbering<std::string_view> places;
    std::vector<std::uint32_t> placeOfClient;
    for (std::uint32_t n = 0; n < scene.names.clients.size(); ++n) {
        const std::string_view client = scene.names.clients[n];
        placeOfClient.push_back(client.empty() || isLoopback(client) ? nowhere : places.of(placeOf(client)));
    }
    const auto placeOfSpam = [&](std::size_t i) { return placeOfClient[scene.rows[scene.spam[i]].client]; };
    std::vector<std::uint64_t> inside(places.size());
    std::size_t begin = 0;
    std::size_t now = 0; // places with mail inside the hour
    Hour best;
    std::size_t bestBegin = 0;
    for (std::size_t end = 0; end < scene.spam.size(); ++end) {
        if (placeOfSpam(end) == nowhere)
            continue;
        now += inside[placeOfSpam(end)]++ == 0 ? 1 : 0;
        for (; scene.rows[scene.spam[end]].at - scene.rows[scene.spam[begin]].at > std::chrono::hours(1);
            ++begin)
            if (placeOfSpam(begin) != nowhere)
                now -= --inside[placeOfSpam(begin)] == 0 ? 1 : 0;
        if (now > best.networks) {
            best.networks = now;
            bestBegin = begin;
        }
    }
    std::vector<bool> seen(places.size(), false);
    for (std::size_t i = bestBegin; i < scene.spam.size() && best.examples.size() < quoteLimit; ++i) {
        const Row& row = scene.rows[scene.spam[i]];
        const std::uint32_t place = placeOfSpam(i);
        if (place != nowhere && !seen[place]) {
            seen[place] = true;
            best.examples.push_back({scene.client(row), 1, row.journey});
        }
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
