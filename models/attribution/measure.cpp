// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/measure.h"

#include <algorithm>
#include <unordered_map>

namespace sluicegate::attribution {

namespace {

using maillog::Status;

// Recipients of one message with the last status each has.
class Recipients {
public:
    void see(const maillog::Attempt& attempt)
    {
        // Few recipients are the rule: look them through; many are looked up.
        const std::string_view name = attempt.to;
        if (m_order.size() < 16) {
            for (auto& [known, status] : m_order)
                if (known == name) {
                    status = attempt.status;
                    return;
                }
            m_order.emplace_back(name, attempt.status);
            return;
        }
        if (m_index.empty())
            for (std::size_t i = 0; i < m_order.size(); ++i)
                m_index.emplace(m_order[i].first, i);
        const auto [at, isNew] = m_index.try_emplace(name, m_order.size());
        if (isNew)
            m_order.emplace_back(name, attempt.status);
        else
            m_order[at->second].second = attempt.status;
    }

    void addTo(Counts& counts, std::uint32_t announced) const
    {
        counts.recipients += std::max<std::uint64_t>(m_order.size(), announced);
        counts.strangers += m_order.size() == 1 ? 1 : 0;
        for (const auto& [name, status] : m_order)
            add(counts, status);
    }

private:
    static void add(Counts& counts, Status status)
    {
        switch (status) {
        case Status::Sent:
            ++counts.sent;
            break;
        case Status::Deferred:
            ++counts.deferred;
            break;
        case Status::Bounced:
        case Status::Expired:
        case Status::Undeliverable:
            ++counts.bounced;
            break;
        case Status::Rejected:
            ++counts.rejected;
            break;
        case Status::Deliverable:
        case Status::Unknown:
            break;
        }
    }

    std::vector<std::pair<std::string_view, Status>> m_order;
    std::unordered_map<std::string_view, std::size_t> m_index;
};

void countJourney(const Facts& facts, const Sources& sources, std::uint32_t index, Counts& counts)
{
    const maillog::Journey journey = facts.log->journey(index);
    Recipients recipients;
    // Behind a content filter the delivery is told under another queue id; the hop to the filter is none.
    std::uint32_t last = index;
    for (int hops = 0; hops < 4 && sources.onward[last] != 0; ++hops)
        last = sources.onward[last];
    const std::vector<maillog::Attempt> attempts = facts.log->journey(last).attempts();
    for (const maillog::Attempt& attempt : attempts)
        recipients.see(attempt);
    ++counts.messages;
    if (attempts.empty() && journey.rejectedByMilter())
        ++counts.rejected;
    recipients.addTo(counts, journey.recipientCount().value_or(0));
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

Counts countOf(const Facts& facts, const Sources& sources, const std::vector<Row>& rows, bool spamOnly)
{
    Counts counts;
    for (const Row& row : rows)
        if (row.spam || !spamOnly)
            countJourney(facts, sources, row.journey, counts);
    return counts;
}

std::vector<Tally> tally(
    const Scene& scene, const std::function<std::string_view(const Row&)>& nameOf, std::size_t keep)
{
    std::unordered_map<std::string_view, std::size_t> known;
    std::vector<Tally> found;
    for (const std::uint32_t index : scene.spam) {
        const std::string_view name = nameOf(scene.rows[index]);
        if (name.empty())
            continue;
        const auto [at, isNew] = known.try_emplace(name, found.size());
        if (isNew)
            found.push_back({name, 0, scene.rows[index].journey});
        ++found[at->second].count;
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
    scene.all = countOf(scene.facts(), sources, scene.rows, false);
    scene.ofSpam = scene.spam.size() == scene.rows.size() ? scene.all
                                                          : countOf(scene.facts(), sources, scene.rows, true);
    scene.clients = tally(scene, [](const Row& row) { return row.client; }, all);
    scene.networks = tally(scene, [](const Row& row) { return row.network; }, all);
    scene.senders = tally(scene, [](const Row& row) { return row.sender; }, all);
    scene.helos = tally(scene, [&](const Row& row) { return scene.log().journey(row.journey).helo(); });
    scene.noticedCount = static_cast<std::uint64_t>(std::ranges::count(scene.rows, true, &Row::noticed));
    findPeak(scene);
}

} // namespace sluicegate::attribution
