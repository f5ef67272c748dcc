// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/timelanes.h"

#include <algorithm>
#include <numeric>
#include <span>

namespace sluicegate::items {

namespace {

constexpr std::size_t SuspectLanes = 6;

// Longer than a quiet night, on a server that usually has a message every hour.
constexpr auto ShortestSilence = std::chrono::hours(12);
constexpr auto Usual = std::chrono::hours(1);

void sortAll(TimeLanes& result)
{
    for (Lane& lane : result.lanes) {
        for (std::vector<base::Instant>& series : lane.at) {
            // Journeys come in order of their first line, so this is nearly always sorted already.
            if (!std::ranges::is_sorted(series))
                std::ranges::sort(series);
        }
    }
}

std::vector<Silence> silencesInSorted(std::span<const base::Instant> at)
{
    std::vector<Silence> silences;
    std::chrono::microseconds silent {};
    for (std::size_t i = 1; i < at.size(); ++i) {
        if (at[i] - at[i - 1] < ShortestSilence)
            continue;
        silences.push_back({at[i - 1], at[i]});
        silent += at[i] - at[i - 1];
    }
    const bool busy
        = !silences.empty() && (at.back() - at.front() - silent) < Usual * std::int64_t(at.size());
    return busy ? silences : std::vector<Silence>();
}

/// Millions of times are copied only where the lines of the log are not in their order.
std::vector<Silence> silencesIn(const std::vector<base::Instant>& at)
{
    if (std::ranges::is_sorted(at))
        return silencesInSorted(at);
    std::vector<base::Instant> sorted = at;
    std::ranges::sort(sorted);
    return silencesInSorted(sorted);
}

} // namespace

std::uint32_t total(const Counts& counts)
{
    return std::accumulate(counts.begin(), counts.end(), std::uint32_t(0));
}

std::uint32_t Lane::size() const
{
    std::size_t sum = 0;
    for (const auto& series : at)
        sum += series.size();
    return std::uint32_t(sum);
}

std::vector<Counts> Lane::bins(base::Instant from, base::Instant until, int bins) const
{
    std::vector<Counts> result(std::size_t(std::max(bins, 0)));
    const double width = double((until - from).count()) / std::max(bins, 1);
    for (std::size_t outcome = 0; outcome < at.size(); ++outcome) {
        const std::vector<base::Instant>& series = at[outcome];
        auto position = std::ranges::lower_bound(series, from);
        for (std::size_t bin = 0; bin < result.size(); ++bin) {
            const base::Instant edge = bin + 1 == result.size()
                ? until
                : from + std::chrono::microseconds(std::int64_t(width * double(bin + 1)));
            const auto end = std::lower_bound(position, series.end(), edge);
            result[bin][outcome] = std::uint32_t(end - position);
            position = end;
        }
    }
    return result;
}

std::shared_ptr<const TimeLanes> TimeLanes::of(const Messages& messages, std::stop_token stop)
{
    auto result = std::make_shared<TimeLanes>();
    if (messages.size() == 0)
        return result;
    const std::size_t suspects = std::min(messages.analysis->verdict.suspects.size(), SuspectLanes);
    result->lanes.resize(suspects + 1);
    for (std::size_t lane = 0; lane < suspects; ++lane)
        result->lanes[lane].rank = messages.analysis->verdict.suspects[lane].rank;
    for (std::uint32_t index = 0; index < messages.size(); ++index) {
        if (index % 65536 == 0 && stop.stop_requested())
            return {};
        const std::size_t rank = messages.suspect[index];
        const std::size_t lane = rank == 0 || rank > suspects ? suspects : rank - 1;
        result->lanes[lane].at[std::size_t(messages.outcome[index])].push_back(messages.at[index]);
    }
    sortAll(*result);
    result->silences = silencesIn(messages.at);
    const auto [first, last] = std::ranges::minmax(messages.at);
    result->from = first;
    result->until = last + std::chrono::seconds(1);
    return result;
}

} // namespace sluicegate::items
