// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/split.h"

#include "models/attribution/marks.h"
#include "models/attribution/network.h"
#include "models/attribution/requests.h"

#include <algorithm>
#include <set>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::minutes;

constexpr std::size_t burstSize = 20; // messages in ten minutes that no person types
constexpr minutes burstTime {10};

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
    const Marks marks = marksOf(scene, seeds);
    const auto like = [&](const Row& row) { return marks.knows(row); };
    const Instant begin = beginOf(rows, seeds, like);
    const Instant end = endOf(rows, seeds, like);
    const std::vector<bool> dense = denseRows(rows);
    const QueuedScripts scripts(scene, seeds);
    Chosen before(scene.names.signatures.size()); // how the site writes when nobody abuses it
    for (const Row& row : rows)
        if (row.at < begin - minutes(60))
            before.insert(row.signature);
    const bool isKnownSite = before.size() > 0;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Row& row = rows[i];
        const bool within = row.at >= begin && row.at <= end;
        const bool known = marks.knows(row);
        const bool unheard = !before.contains(row.signature);
        row.spam = seeds[i] || (known && (within || dense[i] || (unheard && row.foreign)))
            || (within && marks.diverse() && unheard && isKnownSite);
        if (!row.spam && within && marks.diverse() && !isKnownSite)
            row.doubt = Doubt::ToolUnknown;
        if (const auto said = scripts.says(row); said && !seeds[i]) {
            row.spam = *said;
            row.doubt = Doubt::None;
        }
    }
    readWords(scene, marks);
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
    Chosen senders(scene.names.senders.size());
    for (const Row& row : scene.rows)
        if (row.noticed)
            senders.insert(row.sender);
    const bool all = senders.size() == 0 || scene.origin.path != Path::Forward;
    for (Row& row : scene.rows)
        row.spam = all || row.noticed || (!scene.sender(row).empty() && senders.contains(row.sender));
}

} // namespace

void splitRows(Scene& scene)
{
    if (scene.rows.empty())
        return;
    const Path path = scene.origin.path;
    const bool wasPlanted = path == Path::Pickup && !dataFolder(scene.origin.script).empty();
    if (wasPlanted) { // it has no honest business to be told from
        std::ranges::for_each(scene.rows, [](Row& row) { row.spam = true; });
    } else if (path == Path::Relay || path == Path::Forward || path == Path::Backscatter) {
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
    collectSpam(scene);
}

void collectSpam(Scene& scene)
{
    // Of a source whose every message is doubtful the doubtful are judged; listed is none.
    if (std::ranges::none_of(scene.rows, &Row::spam))
        for (Row& row : scene.rows)
            row.spam = row.doubt != Doubt::None;
    scene.spam.clear();
    scene.spamJourneys.clear();
    for (std::uint32_t i = 0; i < scene.rows.size(); ++i)
        if (scene.rows[i].spam) {
            scene.spam.push_back(i);
            scene.spamJourneys.push_back(scene.rows[i].journey);
        }
    if (!std::ranges::is_sorted(scene.spamJourneys))
        std::ranges::sort(scene.spamJourneys);
}

} // namespace sluicegate::attribution
