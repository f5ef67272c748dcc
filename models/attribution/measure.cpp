// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/measure.h"

#include <algorithm>
#include <unordered_map>

namespace sluicegate::attribution {

namespace {

void countJourney(const Facts& facts, const Sources& sources, std::uint32_t index, Counts& counts)
{
    const maillog::Journey journey = facts.log->journey(index);
    // Behind a content filter the delivery is told under another queue id; the hop to the filter is none.
    std::uint32_t last = index;
    for (int hops = 0; hops < 4 && sources.onward[last] != 0; ++hops)
        last = sources.onward[last];
    const maillog::Outcome outcome = facts.log->journey(last).outcome();
    ++counts.messages;
    if (outcome.recipients == 0 && journey.rejectedByMilter())
        ++counts.rejected;
    counts.recipients += std::max(outcome.recipients, journey.recipientCount().value_or(0));
    counts.strangers += outcome.recipients == 1 ? 1 : 0;
    counts.sent += outcome.sent;
    counts.deferred += outcome.deferred;
    counts.bounced += outcome.bounced;
    counts.rejected += outcome.rejected;
}

Counts sum(const Counts& one, const Counts& other)
{
    return {.messages = one.messages + other.messages,
        .recipients = one.recipients + other.recipients,
        .sent = one.sent + other.sent,
        .deferred = one.deferred + other.deferred,
        .bounced = one.bounced + other.bounced,
        .rejected = one.rejected + other.rejected,
        .strangers = one.strangers + other.strangers};
}

void findPeak(Scene& scene)
{
    for (std::size_t begin = 0, end = 0; begin < scene.spam.size(); ++begin) {
        while (end < scene.spam.size()
            && scene.rows[scene.spam[end]].at - scene.rows[scene.spam[begin]].at <= std::chrono::minutes(10))
            ++end;
        if (end - begin > scene.peak) {
            scene.peak = end - begin;
            scene.peakRow = scene.spam[begin];
        }
    }
}

} // namespace

std::vector<Tally> tally(
    const Scene& scene, const std::function<std::string_view(const Row&)>& nameOf, std::size_t keep)
{
    std::unordered_map<std::string_view, std::size_t> known;
    std::vector<Tally> found;
    std::size_t last = 0; // runs of one name are common
    for (const std::uint32_t index : scene.spam) {
        const std::string_view name = nameOf(scene.rows[index]);
        if (name.empty())
            continue;
        if (last < found.size() && found[last].name == name) {
            ++found[last].count;
            continue;
        }
        const auto [at, isNew] = known.try_emplace(name, found.size());
        if (isNew)
            found.push_back({name, 0, scene.rows[index].journey});
        last = at->second;
        ++found[last].count;
    }
    std::ranges::stable_sort(found, std::greater {}, &Tally::count);
    if (found.size() > keep)
        found.resize(keep);
    return found;
}

void measure(Scene& scene)
{
    static constexpr std::size_t all = ~std::size_t {};
    const Sources& sources = scene.background.sources;
    Counts rest;
    scene.ofSpam = {};
    for (const Row& row : scene.rows)
        countJourney(scene.facts(), sources, row.journey, row.spam ? scene.ofSpam : rest);
    scene.all = sum(scene.ofSpam, rest);
    scene.clients = tally(scene, [](const Row& row) { return row.client; }, all);
    scene.networks = tally(scene, [](const Row& row) { return row.network; }, all);
    scene.senders = tally(scene, [](const Row& row) { return row.sender; }, all);
    scene.helos = tally(scene, [&](const Row& row) { return scene.log().journey(row.journey).helo(); });
    scene.noticedCount = static_cast<std::uint64_t>(std::ranges::count(scene.rows, true, &Row::noticed));
    findPeak(scene);
}

} // namespace sluicegate::attribution
