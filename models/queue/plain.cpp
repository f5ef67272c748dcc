// SPDX-License-Identifier: GPL-3.0-or-later
// postqueue -p, which is also what mailq prints.
#include "models/queue/collect.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sluicegate::queue {

namespace {

using namespace std::string_view_literals;

std::string_view trimmed(std::string_view text)
{
    const auto from = text.find_first_not_of(" \t");
    if (from == std::string_view::npos)
        return {};
    return text.substr(from, text.find_last_not_of(" \t") - from + 1);
}

bool isAlphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

std::optional<unsigned> number(std::string_view digits)
{
    if (digits.empty() || digits.size() > 2)
        return {};
    unsigned value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return {};
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

// "Mon Nov 23 09:44:08": the newest such time not after now.
std::optional<base::Instant> takeArrival(std::string_view& text, base::Instant now, std::chrono::seconds zone)
{
    constexpr std::array months = {"Jan"sv, "Feb"sv, "Mar"sv, "Apr"sv, "May"sv, "Jun"sv, "Jul"sv, "Aug"sv,
        "Sep"sv, "Oct"sv, "Nov"sv, "Dec"sv};
    const std::string_view weekday = takeWord(text);
    const auto month = std::ranges::find(months, takeWord(text));
    const auto day = number(takeWord(text));
    const std::string_view clock = takeWord(text);
    if (weekday.size() != 3 || month == months.end() || !day || clock.size() != 8)
        return {};
    const auto hour = number(clock.substr(0, 2));
    const auto minute = number(clock.substr(3, 2));
    const auto second = number(clock.substr(6, 2));
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60)
        return {};
    const std::chrono::month_day date {
        std::chrono::month(static_cast<unsigned>(month - months.begin()) + 1), std::chrono::day(*day)};
    const std::chrono::year_month_day today(std::chrono::floor<std::chrono::days>(now + zone));
    for (int back = 0; back < 9; ++back) { // up to nine, for the 29th of February
        const auto candidate = (today.year() - std::chrono::years(back)) / date;
        const base::Instant at = std::chrono::sys_days(candidate) + std::chrono::hours(*hour)
            + std::chrono::minutes(*minute) + std::chrono::seconds(*second) - zone;
        // A clock that was read a little earlier may lag.
        if (candidate.ok() && at <= now + std::chrono::minutes(10))
            return at;
    }
    return {};
}

// "3A1B2C4D5E*    2706 Mon Nov 23 09:44:08  anna@clinic.example"
std::optional<Entry> readHead(std::string_view line, base::Instant now, std::chrono::seconds zone)
{
    Entry entry;
    std::string_view id = takeWord(line);
    for (; !id.empty() && !isAlphanumeric(id.back()); id.remove_suffix(1)) {
        if (id.back() == '*')
            entry.place = Place::Active;
        else if (id.back() == '!')
            entry.place = Place::Hold;
        else if (id.back() != '#') // # is forced to expire, wherever it is
            return {};
    }
    constexpr std::size_t shortest = 5;
    const std::string_view size = takeWord(line);
    if (id.size() < shortest || !std::ranges::all_of(id, isAlphanumeric) || size.empty() || size.size() > 18)
        return {};
    for (const char c : size) {
        if (c < '0' || c > '9')
            return {};
        entry.size = entry.size * 10 + static_cast<std::uint64_t>(c - '0');
    }
    const auto arrival = takeArrival(line, now, zone);
    if (!arrival)
        return {};
    entry.id.value = id;
    entry.arrival = *arrival;
    entry.sender = trimmed(line);
    return entry;
}

bool isFrame(std::string_view line)
{
    return line.starts_with("-Queue ID-") || line.starts_with("-- ") || line == "Mail queue is empty";
}

// A recipient is an indented address; a reason's further lines are sentences.
bool isRecipient(std::string_view line)
{
    const std::string_view text = trimmed(line);
    return line.starts_with(' ') && !text.empty()
        && (text.find(' ') == std::string_view::npos || text.starts_with('"'));
}

class PlainReader {
public:
    PlainReader(base::Instant now, std::chrono::seconds zone) : m_now(now), m_zone(zone) { }

    void read(std::string_view line, std::uint64_t number)
    {
        const std::string_view text = trimmed(line);
        if (text.empty() || isFrame(line)) {
            keep();
            return;
        }
        if (auto entry = readHead(line, m_now, m_zone)) {
            keep();
            m_entry = std::move(entry);
            m_entry->line = number;
        } else if (!m_entry) {
            m_collector.unparsed(number);
        } else if (m_depth > 0 && !isRecipient(line)) {
            continueReason(text);
        } else if (text.starts_with('(')) {
            beginReason(text);
        } else {
            closeReason();
            m_entry->recipients.push_back({std::string(text), m_reason});
        }
    }

    Listing finish()
    {
        keep();
        return m_collector.finish();
    }

private:
    void keep()
    {
        if (m_entry)
            m_collector.add(std::move(*m_entry));
        m_entry.reset();
        m_reason.clear();
        m_wrapped = false;
        m_depth = 0;
    }

    void beginReason(std::string_view text)
    {
        m_reason.clear();
        m_depth = 0;
        m_wrapped = true;
        if (m_entry->place == Place::Unknown)
            m_entry->place = Place::Deferred; // only deferred mail has a reason
        continueReason(text);
    }

    void continueReason(std::string_view text)
    {
        if (!m_reason.empty())
            m_reason += ' ';
        m_reason += text;
        m_depth += std::ranges::count(text, '(') - std::ranges::count(text, ')');
    }

    // Replies need not have their parentheses in pairs: a reason ends at the latest with the recipient behind
    // it.
    void closeReason()
    {
        m_depth = 0;
        if (!std::exchange(m_wrapped, false))
            return;
        m_reason.erase(0, 1);
        if (m_reason.ends_with(')'))
            m_reason.pop_back();
    }

    base::Instant m_now;
    std::chrono::seconds m_zone;
    Collector m_collector;
    std::optional<Entry> m_entry;
    std::string m_reason;
    bool m_wrapped = false; // its own parentheses are still around the reason
    std::ptrdiff_t m_depth = 0; // of open parentheses in the reason
};

} // namespace

Listing readPlain(std::string_view bytes, base::Instant now, std::chrono::seconds zone)
{
    PlainReader reader(now, zone);
    for (std::uint64_t number = 1; !bytes.empty(); ++number)
        reader.read(takeLine(bytes), number);
    return reader.finish();
}

} // namespace sluicegate::queue
