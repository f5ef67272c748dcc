// SPDX-License-Identifier: GPL-3.0-or-later
// Stamps of log lines, and the calendar that finds the year which traditional stamps do not tell.
#pragma once

#include "models/base/instant.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sluicegate::maillog {

/// The stamp at the front of a line. `day` of a traditional stamp is month * 32 + day (January is 0); its
/// `seconds` are those of the day. An RFC 3339 stamp has an instant; the instant of a local stamp is what the
/// server's clock on the wall showed.
struct Stamp {
    enum class Form : std::uint8_t { None, Traditional, Zoned, Local };
    enum class Body : std::uint8_t { Tagged, Structured, Exim, Multilog }; // what stands behind it
    Form form = Form::None;
    Body body = Body::Tagged;
    std::uint32_t day = 0;
    std::uint32_t seconds = 0;
    base::Instant instant;
    std::size_t length = 0; // with the blank behind it
};

/// Reads stamps; remembers the last date, because the next line has nearly always the same.
class StampReader {
public:
    Stamp read(std::string_view line);

private:
    bool readTraditional(std::string_view line, Stamp& stamp);
    bool readZoned(std::string_view line, Stamp& stamp);
    char m_traditional[6] {}; // "Nov 23"
    std::uint32_t m_day = 0;
    char m_date[10] {}; // "2026-11-23"
    std::chrono::sys_days m_days;
};

/// A point in time before all years are known: an instant, or year (counted from the first line's), day and
/// seconds. Comparable among its kind.
class Moment {
public:
    Moment() = default;
    static Moment of(base::Instant at);
    static Moment of(std::int32_t year, std::uint32_t day, std::uint32_t seconds);

    bool known() const { return m_bits != 0; }
    bool zoned() const { return (m_bits & zonedBit) != 0; }
    base::Instant instant() const;
    std::int32_t year() const { return static_cast<std::int32_t>(m_bits >> 40) - bias; }
    std::uint32_t day() const { return static_cast<std::uint32_t>(m_bits >> 20) & 0xFFFFF; }
    std::uint32_t seconds() const { return static_cast<std::uint32_t>(m_bits) & 0xFFFFF; }
    bool operator==(const Moment&) const = default;
    bool before(Moment other) const { return m_bits < other.m_bits; }

private:
    static constexpr std::uint64_t zonedBit = 1ull << 63;
    static constexpr std::int32_t bias = 1 << 20;
    std::uint64_t m_bits = 0;
};

/// Whether both were written within so many seconds; false if they cannot be compared.
bool close(Moment a, Moment b, std::chrono::seconds apart = std::chrono::seconds(2));

/// Follows the years through a history that is read in order.
class Calendar {
public:
    explicit Calendar(std::chrono::seconds zone = {}) : m_zone(zone) { }
    void beginSource();
    /// A local stamp with its instant put right; others as they are.
    Stamp zoned(Stamp stamp) const;
    Moment place(const Stamp& stamp, std::uint64_t offset);
    /// Fixes the years: the newest line is not after `now`, and the 29th of February was in a leap year.
    void settle(base::Instant now, std::chrono::seconds zone);
    base::Instant resolve(Moment moment) const;
    /// The instant of a stamp read again later, at its offset.
    base::Instant resolve(const Stamp& stamp, std::uint64_t offset) const;

private:
    std::int32_t yearFor(std::uint32_t day);
    std::int32_t firstYear(std::uint32_t day) const;
    void follow(base::Instant zoned, std::uint64_t offset);

    struct Turn {
        std::uint64_t offset;
        std::int32_t year;
    };
    std::vector<Turn> m_turns;
    std::int32_t m_year = 0;
    std::uint32_t m_day = 0; // 0: no line yet
    bool m_fresh = true; // at the begin of a source
    std::int32_t m_firstYear = 0; // of the source before
    std::uint32_t m_firstDay = 0;
    bool m_anchored = false; // an RFC 3339 line told the year
    std::int32_t m_base = 0; // the year that is counted as 0
    Moment m_newest; // of the traditional ones
    std::optional<std::int32_t> m_leapYear;
    std::chrono::seconds m_zone {};
    std::chrono::sys_days m_followed {};
};

} // namespace sluicegate::maillog
