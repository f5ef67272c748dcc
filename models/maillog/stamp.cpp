// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/stamp.h"

#include <algorithm>
#include <cstring>

namespace sluicegate::maillog {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Two digits, or 100 and more if they are none.
std::uint32_t pair(const char* p)
{
    const auto tens = static_cast<unsigned char>(p[0] - '0');
    const auto ones = static_cast<unsigned char>(p[1] - '0');
    return tens > 9 || ones > 9 ? 1000u : tens * 10u + ones;
}

constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
constexpr std::uint32_t monthLength[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

// "Nov 23" or "Nov  3" as month * 32 + day; 0 if it is no date.
std::uint32_t dayOf(const char* p)
{
    std::uint32_t month = 0;
    while (month < 12 && std::memcmp(months.data() + month * 3, p, 3) != 0)
        ++month;
    const std::uint32_t day
        = p[4] == ' ' && isDigit(p[5]) ? static_cast<std::uint32_t>(p[5] - '0') : pair(p + 4);
    return month == 12 || p[3] != ' ' || day == 0 || day > monthLength[month] ? 0 : month * 32 + day;
}

bool clock(const char* p, std::uint32_t& seconds)
{
    const std::uint32_t hour = pair(p);
    const std::uint32_t minute = pair(p + 3);
    const std::uint32_t second = pair(p + 6);
    seconds = hour * 3600 + minute * 60 + second;
    return p[2] == ':' && p[5] == ':' && hour < 24 && minute < 60 && second <= 60;
}

} // namespace

Stamp StampReader::read(std::string_view line)
{
    Stamp stamp;
    if (!readTraditional(line, stamp))
        readZoned(line, stamp);
    return stamp;
}

bool StampReader::readTraditional(std::string_view line, Stamp& stamp)
{
    constexpr std::size_t length = 16; // "Nov 23 09:44:08 "
    if (line.size() <= length || line[length - 1] != ' ' || line[6] != ' ')
        return false;
    if (std::memcmp(m_traditional, line.data(), sizeof m_traditional) != 0) {
        const std::uint32_t day = dayOf(line.data());
        if (day == 0)
            return false;
        std::memcpy(m_traditional, line.data(), sizeof m_traditional);
        m_day = day;
    }
    if (!clock(line.data() + 7, stamp.seconds))
        return false;
    stamp.form = Stamp::Form::Traditional;
    stamp.day = m_day;
    stamp.length = length;
    return true;
}

bool StampReader::readZoned(std::string_view line, Stamp& stamp)
{
    constexpr std::size_t shortest = 20; // "2026-11-23T09:44:08Z"
    if (line.size() <= shortest || line[4] != '-' || line[7] != '-' || line[10] != 'T')
        return false;
    const std::size_t end = line.substr(0, 48).find(' ', shortest - 1);
    std::uint32_t seconds = 0;
    if (end == std::string_view::npos || !clock(line.data() + 11, seconds))
        return false;
    if (std::memcmp(m_date, line.data(), sizeof m_date) != 0) {
        const auto midnight = base::parseIso(std::string(line.substr(0, 10)) + "T00:00:00Z");
        if (!midnight)
            return false;
        std::memcpy(m_date, line.data(), sizeof m_date);
        m_days = std::chrono::floor<std::chrono::days>(*midnight);
    }
    // What follows the seconds is read by the general reader, on a date that cannot overflow anything.
    const char* p = line.data() + 19;
    std::int64_t micros = 0;
    if (*p == '.' || *p == ',') {
        std::int64_t scale = 100000;
        for (++p; isDigit(*p); ++p, scale /= 10)
            micros += (*p - '0') * scale;
    }
    const auto rest = static_cast<std::size_t>(line.data() + end - p);
    std::int64_t offset = 0;
    if (rest == 6 || rest == 5) {
        const std::uint32_t hours = pair(p + 1);
        const std::uint32_t minutes = pair(p + rest - 2);
        if ((*p != '+' && *p != '-') || hours > 23 || minutes > 59 || (rest == 6 && p[3] != ':'))
            return false;
        offset = (*p == '-' ? -1 : 1) * (std::int64_t(hours) * 3600 + minutes * 60);
    } else if (rest != 1 || *p != 'Z') {
        return false;
    }
    stamp.form = Stamp::Form::Zoned;
    stamp.instant = base::Instant(m_days) + std::chrono::seconds(std::int64_t(seconds) - offset)
        + std::chrono::microseconds(micros);
    stamp.length = end + 1;
    return true;
}

Moment Moment::of(base::Instant at)
{
    Moment moment;
    const std::int64_t micros = std::max<std::int64_t>(at.time_since_epoch().count(), 0);
    moment.m_bits = zonedBit | static_cast<std::uint64_t>(micros);
    return moment;
}

Moment Moment::of(std::int32_t year, std::uint32_t day, std::uint32_t seconds)
{
    Moment moment;
    moment.m_bits = (static_cast<std::uint64_t>(year + bias) << 40) | (std::uint64_t(day) << 20) | seconds;
    return moment;
}

base::Instant Moment::instant() const
{
    return base::Instant(std::chrono::microseconds(static_cast<std::int64_t>(m_bits & ~zonedBit)));
}

bool close(Moment a, Moment b, std::chrono::seconds apart)
{
    if (!a.known() || !b.known() || a.zoned() != b.zoned())
        return false;
    if (a.zoned())
        return std::chrono::abs(a.instant() - b.instant()) <= apart;
    if (a.year() != b.year() || a.day() != b.day())
        return false;
    const std::uint32_t low = std::min(a.seconds(), b.seconds());
    return std::max(a.seconds(), b.seconds()) - low <= apart.count();
}

} // namespace sluicegate::maillog
