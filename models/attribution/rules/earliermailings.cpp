// SPDX-License-Identifier: GPL-3.0-or-later
// A source that mailed like this on other days, unpunished, mails like this.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>
#include <chrono>
#include <map>

namespace sluicegate::attribution::rules {

Finding earlierMailings(const Scene& scene)
{
    std::map<std::chrono::sys_days, std::uint64_t> days;
    for (const Row& row : scene.rows)
        ++days[std::chrono::floor<std::chrono::days>(row.at)];
    const auto spamDay = std::chrono::floor<std::chrono::days>(scene.rows[scene.peakRow].at);
    const std::uint64_t busy = days[spamDay];
    const auto earlier = static_cast<std::uint64_t>(std::ranges::count_if(
        days, [&](const auto& day) { return day.first < spamDay && day.second * 3 > busy; }));
    if (busy < 20 || earlier == 0)
        return {};
    return Clue {.rule = "earlier-mailings",
        .weight = rising(static_cast<double>(earlier), 0, 2),
        .count = earlier,
        .values = {std::to_string(earlier)},
        .evidence = {lineWith(scene, scene.rows.front().journey, entryText(scene))}};
}

} // namespace sluicegate::attribution::rules
