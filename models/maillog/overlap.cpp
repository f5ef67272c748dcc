// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/overlap.h"

#include "models/maillog/anystamp.h"

#include <algorithm>

namespace sluicegate::maillog {

namespace {

// The same line may stand in a log more than once; a run must be longer than that, unless a file ends with
// it.
constexpr std::size_t shortestRun = 3;
// So many places are tried, for a hostile log repeats one line without end.
constexpr int mostCandidates = 64;

std::string_view firstLine(std::string_view bytes)
{
    const auto end = bytes.find('\n');
    return end == std::string_view::npos ? std::string_view {} : bytes.substr(0, end + 1);
}

// The common begin of both, in whole lines.
std::uint64_t commonRun(std::string_view earlier, std::string_view later)
{
    const auto length = std::min(earlier.size(), later.size());
    const auto differs
        = std::mismatch(later.begin(), later.begin() + std::ptrdiff_t(length), earlier.begin());
    const auto same = static_cast<std::size_t>(differs.first - later.begin());
    if (same == later.size())
        return same;
    const auto lastEnd = later.substr(0, same).rfind('\n');
    return lastEnd == std::string_view::npos ? 0 : lastEnd + 1;
}

bool isRun(std::string_view earlier, std::string_view later, std::uint64_t run)
{
    const auto lines = static_cast<std::size_t>(std::ranges::count(later.substr(0, run), '\n'));
    const bool reachesAnEnd = run == earlier.size() || run == later.size();
    return run != 0 && (lines >= shortestRun || (reachesAnEnd && lines >= 2));
}

// Years do not matter here, only which is earlier within half a year.
bool earlier(Moment moment, const Stamp& stamp)
{
    if (moment.zoned())
        return moment.instant() < stamp.instant;
    constexpr std::int32_t halfYear = 192;
    const std::int32_t days = std::int32_t(stamp.day) - std::int32_t(moment.day());
    if (days == 0)
        return moment.seconds() < stamp.seconds;
    return (days > 0 && days < halfYear) || days < -halfYear;
}

bool same(Moment moment, const Stamp& stamp)
{
    return moment.zoned() ? moment.instant() == stamp.instant
                          : moment.day() == stamp.day && moment.seconds() == stamp.seconds;
}

struct Range {
    std::uint64_t from = 0;
    std::uint64_t to = 0;
};

// Where in an earlier source a line of this time can begin: from the last sample before it to the first
// behind.
Range neighbourhood(const Store& store, std::uint32_t source, const Stamp& stamp)
{
    const std::uint64_t base = store.bases[source];
    Range range {0, store.sources[source].bytes.view().size()};
    for (const Sample& sample : store.samples[source]) {
        if (sample.at.zoned() != (stamp.form == Stamp::Form::Zoned))
            continue;
        if (earlier(sample.at, stamp)) {
            range.from = sample.offset - base;
        } else if (!same(sample.at, stamp)) {
            range.to = sample.offset - base;
            break;
        }
    }
    return range;
}

struct Run {
    std::uint64_t length = 0;
    bool reachesEnd = false; // of the later one, if only by a place where it was no run yet
};

Run longestRun(std::string_view all, Range range, std::string_view later)
{
    const std::string_view line = firstLine(later);
    const std::string_view where = all.substr(0, std::min(all.size(), range.to + line.size()));
    Run best;
    int candidates = 0;
    for (auto at = where.find(line, range.from); at != std::string_view::npos && candidates < mostCandidates;
        at = where.find(line, at + 1), ++candidates) {
        if (at != 0 && all[at - 1] != '\n')
            continue;
        const std::uint64_t run = commonRun(all.substr(at), later);
        best.reachesEnd = best.reachesEnd || run == later.size();
        if (run > best.length && isRun(all.substr(at), later, run))
            best.length = run;
    }
    return best;
}

} // namespace

std::optional<std::uint64_t> skipRepeated(Store& store, std::uint32_t source, Known known)
{
    const std::string_view later = store.sources[source].bytes.view();
    const std::string_view line = firstLine(later);
    const Stamp stamp = store.calendar.zoned(readAnyStamp(line));
    if (stamp.form == Stamp::Form::None)
        return 0;
    std::uint64_t run = 0;
    for (std::uint32_t n = 0; n < source; ++n) {
        const Run found = longestRun(store.sources[n].bytes.view(), neighbourhood(store, n, stamp), later);
        if (found.reachesEnd && known == Known::SoFar)
            return {};
        run = std::max(run, found.length);
    }
    const auto lines = static_cast<std::uint64_t>(std::ranges::count(later.substr(0, run), '\n'));
    FileSummary& summary = store.summary.files[source];
    summary.lines += lines;
    summary.repeated = lines;
    return run;
}

} // namespace sluicegate::maillog
