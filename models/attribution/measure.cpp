// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/measure.h"

#include <algorithm>

namespace sluicegate::attribution {

namespace {

void countJourney(const Facts& facts, const Sources& sources, const maillog::Journey& journey, Counts& counts)
{
    // Behind a content filter the delivery is told under another queue id; the hop to the filter is none.
    std::uint32_t last = journey.index();
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
    scene.peak = 0;
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

void sortTallies(std::vector<Tally>& tallies, std::size_t keep)
{
    std::ranges::stable_sort(tallies, std::greater {}, &Tally::count);
    if (tallies.size() > keep)
        tallies.resize(keep);
}

// How often each name comes among the spam, in order of coming; empty names are left out.
std::vector<Tally> tally(const Scene& scene, const Numbering<std::string_view>& names, auto numberOf)
{
    constexpr std::uint32_t unseen = UINT32_MAX;
    std::vector<std::uint32_t> place(names.size(), unseen);
    std::vector<Tally> found;
    for (const std::uint32_t index : scene.spam) {
        const Row& row = scene.rows[index];
        std::uint32_t& at = place[numberOf(row)];
        if (at == unseen) {
            at = static_cast<std::uint32_t>(found.size());
            found.push_back({names[numberOf(row)], 0, row.journey});
        }
        ++found[at].count;
    }
    std::erase_if(found, [](const Tally& tally) { return tally.name.empty(); });
    sortTallies(found, found.size());
    return found;
}

class Helos {
public:
    void add(const maillog::Journey& journey)
    {
        const std::string_view name = journey.helo();
        if (name.empty())
            return;
        const std::uint32_t number = m_names.of(name);
        if (number == m_found.size())
            m_found.push_back({name, 0, journey.index()});
        ++m_found[number].count;
    }
    std::vector<Tally> most()
    {
        constexpr std::size_t kept = 64;
        sortTallies(m_found, kept);
        return std::move(m_found);
    }

private:
    Numbering<std::string_view> m_names;
    std::vector<Tally> m_found;
};

// All that is asked of the journeys themselves, in one walk: each waits for memory.
void countRows(Scene& scene)
{
    constexpr std::size_t ahead = 16;
    Counts rest;
    Helos helos;
    scene.ofSpam = {};
    for (std::size_t i = 0; i < scene.rows.size(); ++i) {
        if (i + ahead < scene.rows.size())
            scene.log().expect(scene.rows[i + ahead].journey);
        const Row& row = scene.rows[i];
        const maillog::Journey journey = scene.log().journey(row.journey);
        countJourney(scene.facts(), scene.background.sources, journey, row.spam ? scene.ofSpam : rest);
        if (row.spam)
            helos.add(journey);
    }
    scene.all = sum(scene.ofSpam, rest);
    scene.helos = helos.most();
}

} // namespace

void measure(Scene& scene)
{
    countRows(scene);
    const Names& names = scene.names;
    scene.clients = tally(scene, names.clients, [](const Row& row) { return row.client; });
    scene.networks = tally(scene, names.networks, [&](const Row& row) { return scene.network(row); });
    scene.senders = tally(scene, names.senders, [](const Row& row) { return row.sender; });
    scene.noticedCount = static_cast<std::uint64_t>(std::ranges::count(scene.rows, true, &Row::noticed));
    findPeak(scene);
}

} // namespace sluicegate::attribution
