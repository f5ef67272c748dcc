// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/timeline.h"

#include <algorithm>
#include <format>
#include <numeric>

namespace sluicegate::report {

namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

struct Range {
    base::Instant from;
    base::Instant to;
};

std::optional<Range> logRange(const triage::Analysis& analysis)
{
    if (!analysis.log)
        return {};
    const maillog::Summary& log = analysis.log->summary();
    if (!log.from || !log.to || *log.to < *log.from)
        return {};
    return Range {*log.from, *log.to};
}

void widen(std::optional<Range>& range, base::Instant at)
{
    if (!range)
        range = Range {at, at};
    range->from = std::min(range->from, at);
    range->to = std::max(range->to, at);
}

// The suspects' time and the notice's, with a margin so that the calm around it shows; inside the log.
std::optional<Range> rangeOf(const triage::Analysis& analysis)
{
    const auto whole = logRange(analysis);
    if (!whole)
        return {};
    std::optional<Range> wanted;
    const auto& suspects = analysis.verdict.suspects;
    for (std::size_t i = 0; i < std::min(suspects.size(), suspectLanes); ++i) {
        if (suspects[i].first && suspects[i].last) {
            widen(wanted, *suspects[i].first);
            widen(wanted, *suspects[i].last);
        }
    }
    if (!wanted)
        return whole;
    const auto margin = std::max<base::Instant::duration>(3h, (wanted->to - wanted->from) / 8);
    return Range {std::max(whole->from, wanted->from - margin), std::min(whole->to, wanted->to + margin)};
}

seconds widthFor(base::Instant::duration span, std::size_t most)
{
    static constexpr std::array<seconds, 13> round {
        1min, 5min, 10min, 15min, 30min, 1h, 2h, 3h, 6h, 12h, 24h, 48h, 168h};
    for (const seconds width : round) {
        if (span / width + 2 <= std::int64_t(most))
            return width;
    }
    const auto weeks = span / round.back() / std::int64_t(most - 2) + 1;
    return round.back() * weeks;
}

// Which lane each journey belongs to.
std::vector<std::uint8_t> lanesOf(const triage::Analysis& analysis)
{
    std::vector<std::uint8_t> lanes(analysis.log->size(), std::uint8_t(otherLane));
    const auto& suspects = analysis.verdict.suspects;
    for (std::size_t i = std::min(suspects.size(), suspectLanes); i-- > 0;) {
        for (const std::uint32_t journey : suspects[i].journeys) {
            if (journey < lanes.size())
                lanes[journey] = std::uint8_t(i);
        }
    }
    return lanes;
}

} // namespace

std::uint64_t Bin::total() const
{
    return std::accumulate(messages.begin(), messages.end(), std::uint64_t {});
}

std::uint64_t Timeline::highest() const
{
    std::uint64_t most = 0;
    for (const Bin& bin : bins)
        most = std::max(most, bin.total());
    return most;
}

Timeline timelineOf(const triage::Analysis& analysis, std::size_t most)
{
    const auto range = rangeOf(analysis);
    if (!range)
        return {};
    Timeline line;
    line.width = widthFor(range->to - range->from, most);
    const auto since = std::chrono::floor<seconds>(range->from).time_since_epoch();
    line.start = base::Instant(since - since % line.width);
    line.bins.resize(std::size_t((range->to - line.start) / line.width) + 1);
    const auto lanes = lanesOf(analysis);
    for (std::uint32_t i = 0; i < lanes.size(); ++i) {
        const auto offset = analysis.log->journey(i).first() - line.start;
        const auto bin = offset / line.width;
        if (offset >= offset.zero() && bin < std::int64_t(line.bins.size()))
            ++line.bins[std::size_t(bin)].messages.at(lanes[i]);
    }
    if (analysis.notice && analysis.notice->detected && *analysis.notice->detected >= line.start
        && *analysis.notice->detected < line.startOf(line.bins.size()))
        line.noticed = analysis.notice->detected;
    return line;
}

QString stamp(const Timeline& timeline, std::size_t bin)
{
    const auto at = std::chrono::floor<seconds>(timeline.startOf(bin));
    return QString::fromStdString(
        timeline.width >= 24h ? std::format("{:%F}", at) : std::format("{:%m-%d %H:%M}", at));
}

QString colour(attribution::Cause cause)
{
    using attribution::Cause;
    switch (cause) {
    case Cause::MailboxPassword:
        return QStringLiteral("#0072B2");
    case Cause::WebsiteForm:
        return QStringLiteral("#756A00");
    case Cause::WebsiteHacked:
        return QStringLiteral("#4E1D09");
    default:
        return QStringLiteral("#4A5058");
    }
}

} // namespace sluicegate::report
