// SPDX-License-Identifier: GPL-3.0-or-later
// Nobody types twenty messages in ten minutes; a program does. Mailings do, too.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace sluicegate::attribution::rules {

namespace {

// Messages a day on the days before the spam; nothing when the log does not reach back.
std::optional<double> usualPerDay(const Scene& scene)
{
    const auto from = scene.log().summary().from;
    if (!from)
        return {};
    const double days = std::chrono::duration<double, std::ratio<86400>>(scene.first().at - *from).count();
    if (days < 1)
        return {};
    const auto before = std::ranges::count_if(
        scene.rows, [&](const Row& row) { return !row.spam && row.at < scene.first().at; });
    return static_cast<double>(before) / days;
}

} // namespace

Finding burst(const Scene& scene)
{
    const auto usual = usualPerDay(scene);
    const auto peak = static_cast<double>(scene.peak);
    const double strength = rising(peak, 10, 60) * (usual ? rising(peak, *usual, *usual * 3 + 1) : 0.7);
    if (strength <= 0)
        return {};
    const Row& row = scene.rows[scene.peakRow];
    std::vector<std::string> values {base::iso(row.at)};
    if (usual)
        values.push_back(std::to_string(std::llround(*usual)));
    return Clue {.rule = "burst",
        .weight = strength,
        .count = scene.peak,
        .values = std::move(values),
        .evidence = {lineWith(scene, row.journey, entryText(scene))}};
}

} // namespace sluicegate::attribution::rules
