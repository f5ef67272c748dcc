// SPDX-License-Identifier: GPL-3.0-or-later
// qmail-qread.
#include "models/queue/collect.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace sluicegate::queue {

namespace {

std::string_view takeField(std::string_view& text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    const std::string_view word = text.substr(0, text.find_first_of(" \t"));
    text.remove_prefix(word.size());
    return word;
}

std::optional<std::uint64_t> numberIn(std::string_view digits)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
        return {};
    return value;
}

// "18 Jul 2005 15:03:07 GMT": always with the year, and never in another zone.
std::optional<base::Instant> takeTime(std::string_view& text)
{
    constexpr std::array<std::string_view, 12> months {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = numberIn(takeField(text));
    const auto month = std::ranges::find(months, takeField(text));
    const auto year = numberIn(takeField(text));
    const auto clock = takeField(text);
    if (!day || month == months.end() || !year || *day > 31 || *year > 9999 || clock.size() != 8
        || takeField(text) != "GMT")
        return {};
    const auto hour = numberIn(clock.substr(0, 2)), minute = numberIn(clock.substr(3, 2)),
               second = numberIn(clock.substr(6, 2));
    const std::chrono::year_month_day date {std::chrono::year(int(*year)),
        std::chrono::month(unsigned(month - months.begin()) + 1), std::chrono::day(unsigned(*day))};
    if (!hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 60 || !date.ok())
        return {};
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute)
        + std::chrono::seconds(*second);
}

// "18 Jul 2005 15:03:07 GMT  #2996948  9073  <anna@shop.example> bouncing"
std::optional<Entry> readHead(std::string_view line)
{
    const auto arrival = takeTime(line);
    const auto id = takeField(line);
    const auto size = numberIn(takeField(line));
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    const auto end = line.rfind('>');
    if (!arrival || !id.starts_with('#') || !numberIn(id.substr(1)) || !size || !line.starts_with('<')
        || end == line.npos)
        return {};
    Entry entry;
    entry.id.value = id.substr(1);
    entry.place = Place::Deferred;
    entry.arrival = *arrival;
    entry.size = *size;
    entry.sender = line.substr(1, end - 1);
    return entry;
}

} // namespace

// A tab, "done" for whom has it already, "local" or "remote", and the recipient.
Listing readQmail(std::string_view bytes)
{
    Collector collector;
    std::optional<Entry> entry;
    for (std::uint64_t number = 1; !bytes.empty(); ++number) {
        std::string_view line = takeLine(bytes);
        if (line.find_first_not_of(" \t") == line.npos)
            continue;
        if (line.front() != '\t' && line.front() != ' ') { // a message, or nothing that is known
            if (entry)
                collector.add(std::move(*entry));
            entry = readHead(line);
            if (entry)
                entry->line = number;
            else
                collector.unparsed(number);
            continue;
        }
        auto rest = line;
        auto way = takeField(rest);
        const bool done = way == "done";
        if (done)
            way = takeField(rest);
        const auto to = rest.find_first_not_of(" \t");
        if (!entry || (way != "local" && way != "remote") || to == rest.npos)
            collector.unparsed(number);
        else if (!done)
            entry->recipients.push_back({std::string(rest.substr(to)), {}});
    }
    if (entry)
        collector.add(std::move(*entry));
    return collector.finish();
}

} // namespace sluicegate::queue
