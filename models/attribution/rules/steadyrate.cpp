// SPDX-License-Identifier: GPL-3.0-or-later
// Mailing programs keep a pace; waves and pauses are a botnet's or a person's.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace sluicegate::attribution::rules {

Finding steadyRate(const Scene& scene)
{
    if (scene.spam.size() < 50 || scene.senders.size() > 2 || scene.networks.size() > 1)
        return {};
    const auto span
        = std::chrono::duration<double, std::ratio<60>>(scene.last().at - scene.first().at).count();
    if (span < 1)
        return {};
    // Tenths of the whole time, each with its share of the messages.
    std::array<double, 10> tenths {};
    for (const std::uint32_t index : scene.spam) {
        const auto since
            = std::chrono::duration<double, std::ratio<60>>(scene.rows[index].at - scene.first().at);
        ++tenths[std::min<std::size_t>(static_cast<std::size_t>(since.count() / span * 10), 9)];
    }
    const double fair = static_cast<double>(scene.spam.size()) / 10;
    for (const double tenth : tenths)
        if (tenth < fair * 0.4 || tenth > fair * 2)
            return {};
    return Clue {.rule = "steady-rate",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {std::to_string(static_cast<std::uint64_t>(static_cast<double>(scene.spam.size()) / span))},
        .evidence = {lineWith(scene, scene.first().journey, entryText(scene)),
            lineWith(scene, scene.last().journey, entryText(scene))}};
}

} // namespace sluicegate::attribution::rules
