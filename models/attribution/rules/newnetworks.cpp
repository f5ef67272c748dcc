// SPDX-License-Identifier: GPL-3.0-or-later
// The owner's places are known from earlier days; the spam came from others.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <chrono>
#include <unordered_set>

namespace sluicegate::attribution::rules {

Finding newNetworks(const Scene& scene)
{
    if (scene.origin.path != Path::Login || scene.clients.empty())
        return {};
    const base::Instant begin = scene.first().at;
    const auto good = [&](const Row& row) { return !row.spam && row.at < begin; };
    std::vector<bool> goodClients(scene.names.clients.size(), false);
    for (const Row& row : scene.rows)
        if (good(row))
            goodClients[row.client] = true;
    std::unordered_set<std::string_view> known;
    for (std::uint32_t client = 0; client < scene.names.clients.size(); ++client)
        if (goodClients[client])
            known.insert(scene.names.clients[client]);
    const auto logins = scene.background.logins.find(scene.origin.name);
    if (logins != scene.background.logins.end())
        for (const maillog::Event& event : logins->second)
            if (event.kind == maillog::EventKind::Login && event.at < begin - std::chrono::hours(1))
                known.insert(event.ip);
    if (known.empty())
        return {};
    std::vector<Tally> fresh;
    for (const Tally& tally : scene.clients)
        if (!known.contains(tally.name))
            fresh.push_back(tally);
    if (fresh.size() * 2 < scene.clients.size() || fresh.empty())
        return {};
    const auto days = std::chrono::duration_cast<std::chrono::days>(begin - scene.rows.front().at).count();
    return Clue {.rule = "new-networks",
        .weight = 1,
        .count = fresh.size(),
        .values = {std::string(fresh.front().name), std::to_string(days)},
        .evidence = linesOf(scene, fresh, "sasl_username=")};
}

} // namespace sluicegate::attribution::rules
