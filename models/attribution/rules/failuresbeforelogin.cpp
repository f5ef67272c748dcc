// SPDX-License-Identifier: GPL-3.0-or-later
// A password that was guessed shows its failures, from where it is used then. Failures from elsewhere,
// without a success, are the noise every server hears.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>
#include <chrono>

namespace sluicegate::attribution::rules {

Finding failuresBeforeLogin(const Scene& scene)
{
    if (scene.origin.path != Path::Login)
        return {};
    const base::Instant begin = scene.first().at;
    std::vector<const maillog::Event*> failures;
    const auto logins = scene.background.logins.find(scene.origin.name);
    if (logins != scene.background.logins.end())
        for (const maillog::Event& event : logins->second)
            if (event.kind == maillog::EventKind::AuthFailure && event.at <= begin
                && begin - event.at < std::chrono::days(3))
                failures.push_back(&event);
    const bool fromThere = std::ranges::any_of(failures, [&](const maillog::Event* failure) {
        return failure->ip.empty()
            || std::ranges::contains(scene.networks, network(failure->ip), &Tally::name);
    });
    if (failures.size() < 3 || !fromThere)
        return {};
    std::string who(failures.back()->ip);
    Clue clue {.rule = "failures-before-login",
        .weight = rising(static_cast<double>(failures.size()), 2, 10) * 0.7 + 0.3,
        .count = failures.size(),
        .values = {who.empty() ? scene.origin.name : who},
        .evidence = {}};
    for (std::size_t i = failures.size() - std::min<std::size_t>(failures.size(), 5); i < failures.size();
        ++i)
        clue.evidence.push_back(scene.log().evidence(failures[i]->line));
    clue.evidence.push_back(lineWith(scene, scene.first().journey, "sasl_username="));
    return clue;
}

} // namespace sluicegate::attribution::rules
