// SPDX-License-Identifier: GPL-3.0-or-later
// The calendar's part of stamp.h: years are counted from the first line's and named at the end.
#include "models/maillog/stamp.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace sluicegate::maillog {

namespace {

// Days are counted as month * 32 + day, a year has 384 of these.
constexpr std::int32_t yearLength = 384;
// A step back of more than half a year is the turn of the year; less is disorder.
constexpr std::int32_t yearTurn = 180;
// December lines that arrive late in the first days of January.
constexpr std::int32_t lateDecember = 370;

std::uint32_t dayOf(std::chrono::year_month_day date)
{
    return (unsigned(date.month()) - 1) * 32 + unsigned(date.day());
}

} // namespace

void Calendar::beginSource()
{
    m_fresh = true;
}

Stamp Calendar::zoned(Stamp stamp) const
{
    if (stamp.form == Stamp::Form::Local) {
        stamp.instant -= m_zone;
        stamp.form = Stamp::Form::Zoned;
    }
    return stamp;
}

Moment Calendar::place(const Stamp& stamp, std::uint64_t offset)
{
    if (stamp.form == Stamp::Form::Local)
        return place(zoned(stamp), offset);
    if (stamp.form == Stamp::Form::Zoned) {
        follow(stamp.instant, offset);
        return Moment::of(stamp.instant);
    }
    if (stamp.day != m_day || m_fresh) {
        const std::int32_t year = yearFor(stamp.day);
        if (m_turns.empty() || m_turns.back().year != year)
            m_turns.push_back({offset, year});
        constexpr std::uint32_t leapDay = 32 + 29;
        if (stamp.day == leapDay)
            m_leapYear = year;
        m_year = year;
        m_day = stamp.day;
    }
    const Moment moment = Moment::of(m_year, stamp.day, stamp.seconds);
    if (m_newest.before(moment))
        m_newest = moment;
    return moment;
}

std::int32_t Calendar::yearFor(std::uint32_t day)
{
    if (m_day == 0) {
        m_fresh = false;
        m_firstDay = day;
        return m_year;
    }
    if (m_fresh) {
        m_fresh = false;
        const std::int32_t year = firstYear(day);
        m_firstYear = year;
        m_firstDay = day;
        return year;
    }
    const std::int32_t step = std::int32_t(day) - std::int32_t(m_day);
    if (step < -yearTurn)
        return m_year + 1;
    return step > lateDecember ? m_year - 1 : m_year;
}

// A source begins not before the one read before it, and as near to that one's end as may be: it may repeat
// some of it, or begin after the turn of the year.
std::int32_t Calendar::firstYear(std::uint32_t day) const
{
    const std::int32_t last = m_year * yearLength + std::int32_t(m_day);
    const std::int32_t floor = m_firstYear * yearLength + std::int32_t(m_firstDay) - 2;
    std::int32_t best = m_year + 1;
    for (const std::int32_t year : {m_year, m_year - 1}) {
        const std::int32_t at = year * yearLength + std::int32_t(day);
        const std::int32_t bestAt = best * yearLength + std::int32_t(day);
        if (at >= floor && std::abs(at - last) < std::abs(bestAt - last))
            best = year;
    }
    return best;
}

void Calendar::follow(base::Instant zoned, std::uint64_t offset)
{
    const auto days = std::chrono::floor<std::chrono::days>(zoned);
    if (days == m_followed && m_anchored && !m_fresh)
        return;
    m_followed = days;
    const std::chrono::year_month_day date(days);
    const auto year = int(date.year());
    const std::uint32_t day = dayOf(date);
    if (!m_anchored) {
        m_anchored = true;
        // Traditional lines before: theirs is the year that brings them nearest to this line.
        std::int32_t counted = m_year;
        if (m_day != 0) {
            const std::int32_t step = std::int32_t(day) - std::int32_t(m_day);
            counted += step < -yearTurn ? 1 : step > lateDecember ? -1 : 0;
        }
        m_base = year - counted;
    }
    m_year = year - m_base;
    m_day = day;
    if (m_turns.empty() || m_turns.back().year != m_year)
        m_turns.push_back({offset, m_year});
    if (m_fresh) {
        m_fresh = false;
        m_firstYear = m_year;
        m_firstDay = day;
    }
}

void Calendar::settle(base::Instant now, std::chrono::seconds zone)
{
    m_zone = zone;
    if (m_anchored || !m_newest.known())
        return;
    // One day of grace for clocks that run fast.
    const std::chrono::year_month_day limit(
        std::chrono::floor<std::chrono::days>(now + zone + std::chrono::days(1)));
    m_base = int(limit.year()) - m_newest.year() - (m_newest.day() > dayOf(limit) ? 1 : 0);
    for (int tries = 0; m_leapYear && tries < 8 && !std::chrono::year(m_base + *m_leapYear).is_leap();
        ++tries)
        --m_base;
}

base::Instant Calendar::resolve(Moment moment) const
{
    if (moment.zoned())
        return moment.instant();
    const std::chrono::year_month_day date {std::chrono::year(m_base + moment.year()),
        std::chrono::month(moment.day() / 32 + 1), std::chrono::day(moment.day() % 32)};
    return std::chrono::sys_days(date) + std::chrono::seconds(moment.seconds()) - m_zone;
}

base::Instant Calendar::resolve(const Stamp& stamp, std::uint64_t offset) const
{
    if (stamp.form == Stamp::Form::Zoned || stamp.form == Stamp::Form::Local)
        return zoned(stamp).instant;
    const auto turn = std::upper_bound(m_turns.begin(), m_turns.end(), offset,
        [](std::uint64_t at, const Turn& candidate) { return at < candidate.offset; });
    const std::int32_t year = turn == m_turns.begin() ? 0 : std::prev(turn)->year;
    return resolve(Moment::of(year, stamp.day, stamp.seconds));
}

} // namespace sluicegate::maillog
