// SPDX-License-Identifier: GPL-3.0-or-later
// Weak: the owner sleeps, but mailings are timed to the night as well.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>
#include <chrono>

namespace sluicegate::attribution::rules {

Finding nightHours(const Scene& scene)
{
    const auto isNight = [&](std::uint32_t index) {
        const auto local = scene.rows[index].at + scene.facts().zone;
        const auto hour
            = std::chrono::floor<std::chrono::hours>(local - std::chrono::floor<std::chrono::days>(local));
        return hour.count() < 5;
    };
    const auto night = static_cast<std::uint64_t>(std::ranges::count_if(scene.spam, isNight));
    if (scene.spam.size() < 10 || night * 2 < scene.spam.size())
        return {};
    const Row& row = scene.rows[*std::ranges::find_if(scene.spam, isNight)];
    return Clue {.rule = "night-hours",
        .weight = 1,
        .count = night,
        .values = {percent(night, scene.spam.size())},
        .evidence = {lineWith(scene, row.journey, entryText(scene))}};
}

} // namespace sluicegate::attribution::rules
