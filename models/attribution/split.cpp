// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/split.h"

#include "models/attribution/network.h"

#include <algorithm>
#include <set>
#include <unordered_set>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::minutes;

constexpr std::size_t burstSize = 20; // messages in ten minutes that no person types
constexpr minutes burstTime {10};
constexpr minutes pause {45}; // a longer silence ends an attack's wave

// Rows that stand in a dense stretch: at least burstSize rows within burstTime.
std::vector<bool> denseRows(const std::vector<Row>& rows)
{
    std::vector<bool> dense(rows.size(), false);
    std::size_t marked = 0;
    for (std::size_t begin = 0, end = 0; begin < rows.size(); ++begin) {
        while (end < rows.size() && rows[end].at - rows[begin].at <= burstTime)
            ++end;
        if (end - begin < burstSize)
            continue;
        for (marked = std::max(marked, begin); marked < end; ++marked)
            dense[marked] = true;
    }
    return dense;
}

// What the spam's tool leaves. Tools that change it with every message cannot be told by it.
struct Marks {
    std::unordered_map<std::uint64_t, std::size_t> signatures;
    std::unordered_map<std::string_view, std::size_t> networks;
    std::size_t seeds = 0;

    bool diverse() const { return seeds >= 3 && signatures.size() * 2 > seeds; }
    bool knows(const Row& row) const { return signatures.contains(row.signature); }
    bool uses(const Row& row) const { return networks.contains(row.network); }
};

Marks marksOf(const std::vector<Row>& rows, const std::vector<bool>& seeds)
{
    Marks marks;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (seeds[i]) {
            ++marks.signatures[rows[i].signature];
            ++marks.networks[rows[i].network];
            ++marks.seeds;
        }
    return marks;
}

// The wave that holds the first seed begins where its like was silent before.
Instant beginOf(const std::vector<Row>& rows, const std::vector<bool>& seeds, auto like)
{
    std::size_t first = 0;
    while (!seeds[first])
        ++first;
    Instant begin = rows[first].at;
    for (std::size_t i = first; i-- > 0 && begin - rows[i].at <= pause;)
        if (like(rows[i]))
            begin = rows[i].at;
    return begin;
}

Instant endOf(const std::vector<Row>& rows, const std::vector<bool>& seeds, auto like)
{
    std::size_t last = rows.size() - 1;
    while (!seeds[last])
        --last;
    Instant end = rows[last].at;
    for (std::size_t i = last + 1; i < rows.size() && rows[i].at - end <= pause; ++i)
        if (like(rows[i]))
            end = rows[i].at;
    return end;
}

// Networks the login's owner is known to use: from before the attack, by mail or by a good login.
std::unordered_set<std::string_view> homeNetworks(const Scene& scene, Instant begin)
{
    std::unordered_set<std::string_view> homes;
    const Instant before = begin - minutes(60);
    for (const Row& row : scene.rows)
        if (row.at < before)
            homes.insert(row.network);
    const auto logins = scene.background.logins.find(scene.origin.name);
    if (logins != scene.background.logins.end())
        for (const maillog::Event& event : logins->second)
            if (event.kind == maillog::EventKind::Login && event.at < before)
                homes.insert(network(event.ip));
    return homes;
}

void splitLogin(Scene& scene, const std::vector<bool>& seeds)
{
    std::vector<Row>& rows = scene.rows;
    const Marks marks = marksOf(rows, seeds);
    const auto like = [&](const Row& row) { return marks.uses(row) && marks.knows(row); };
    const Instant begin = beginOf(rows, seeds, like);
    const auto homes = homeNetworks(scene, begin);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row& row = rows[i];
        const bool atHome = homes.contains(row.network);
        if (seeds[i])
            row.spam = true;
        else if (atHome)
            row.spam = row.at >= begin && like(row);
        else if (marks.uses(row))
            row.spam = true;
        else
            row.spam = row.at >= begin && (marks.knows(row) || marks.diverse());
    }
}

// A message whose queue file names its script belongs to the spam exactly when the spam's does.
class QueuedScripts {
public:
    QueuedScripts(const Scene& scene, const std::vector<bool>& seeds)
        : m_named(scene.background.scripts.named)
    {
        for (std::size_t i = 0; i < scene.rows.size(); ++i)
            if (seeds[i])
                if (const std::string* script = of(scene.rows[i]); script && !isMailLibrary(*script))
                    m_ofSpam.insert(*script);
    }

    std::optional<bool> says(const Row& row) const
    {
        const std::string* script = of(row);
        if (!script || m_ofSpam.empty())
            return {};
        return m_ofSpam.contains(*script);
    }

private:
    const std::string* of(const Row& row) const
    {
        const auto found = m_named.find(row.journey);
        return found == m_named.end() ? nullptr : &found->second;
    }

    const std::unordered_map<std::uint32_t, std::string>& m_named;
    std::set<std::string> m_ofSpam;
};

void splitProgram(Scene& scene, const std::vector<bool>& seeds)
{
    std::vector<Row>& rows = scene.rows;
    const Marks marks = marksOf(rows, seeds);
    const auto like = [&](const Row& row) { return marks.knows(row); };
    const Instant begin = beginOf(rows, seeds, like);
    const Instant end = endOf(rows, seeds, like);
    const std::vector<bool> dense = denseRows(rows);
    const QueuedScripts scripts(scene, seeds);
    std::unordered_set<std::uint64_t> before; // how the site writes when nobody abuses it
    for (const Row& row : rows)
        if (row.at < begin - minutes(60))
            before.insert(row.signature);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row& row = rows[i];
        const bool within = row.at >= begin && row.at <= end;
        const bool known = marks.knows(row);
        const bool unheard = !before.contains(row.signature);
        row.spam = seeds[i] || (known && (within || dense[i] || (unheard && row.foreign)))
            || (within && marks.diverse() && unheard);
        if (const auto said = scripts.says(row); said && !seeds[i])
            row.spam = *said;
    }
}

std::vector<bool> seedsOf(const Scene& scene)
{
    std::vector<bool> seeds(scene.rows.size(), false);
    bool any = false;
    for (std::size_t i = 0; i < seeds.size(); ++i)
        if (scene.rows[i].noticed)
            any = seeds[i] = true;
    if (any)
        return seeds;
    seeds = denseRows(scene.rows);
    if (std::ranges::find(seeds, true) != seeds.end())
        return seeds;
    for (std::size_t i = 0; i < seeds.size(); ++i)
        seeds[i] = scene.rows[i].foreign;
    return seeds;
}

// A relay, a forward and returned mail have no owner who also writes: spam is what the notice names, what has
// its sender, and for the rest all of it.
void splitPassing(Scene& scene)
{
    std::unordered_set<std::string_view> senders;
    for (const Row& row : scene.rows)
        if (row.noticed)
            senders.insert(row.sender);
    const bool all = senders.empty() || scene.origin.path != Path::Forward;
    for (Row& row : scene.rows)
        row.spam = all || row.noticed || (!row.sender.empty() && senders.contains(row.sender));
}

} // namespace

void splitRows(Scene& scene)
{
    if (scene.rows.empty())
        return;
    const Path path = scene.origin.path;
    if (path == Path::Relay || path == Path::Forward || path == Path::Backscatter) {
        splitPassing(scene);
    } else {
        const std::vector<bool> seeds = seedsOf(scene);
        if (std::ranges::find(seeds, true) == seeds.end())
            std::ranges::for_each(scene.rows, [](Row& row) { row.spam = true; });
        else if (path == Path::Login)
            splitLogin(scene, seeds);
        else
            splitProgram(scene, seeds);
    }
    for (std::uint32_t i = 0; i < scene.rows.size(); ++i)
        if (scene.rows[i].spam) {
            scene.spam.push_back(i);
            scene.spamJourneys.insert(scene.rows[i].journey);
        }
}

} // namespace sluicegate::attribution
