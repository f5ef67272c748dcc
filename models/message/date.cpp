// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/date.h"

#include "models/message/ascii.h"

#include <array>
#include <utility>
#include <vector>

namespace sluicegate::message {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 12> months {"january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december"};

// RFC 5322 4.3 gives the American zones; the others are what mail programs of the last decades wrote.
constexpr std::array<std::pair<std::string_view, int>, 28> zones {{
    {"z", 0},
    {"ut", 0},
    {"utc", 0},
    {"gmt", 0},
    {"wet", 0},
    {"west", 60},
    {"bst", 60},
    {"cet", 60},
    {"mez", 60},
    {"cest", 120},
    {"mesz", 120},
    {"eet", 120},
    {"eest", 180},
    {"msk", 180},
    {"ist", 330},
    {"sgt", 480},
    {"hkt", 480},
    {"jst", 540},
    {"kst", 540},
    {"aest", 600},
    {"aedt", 660},
    {"nst", -210},
    {"est", -300},
    {"edt", -240},
    {"cst", -360},
    {"cdt", -300},
    {"pst", -480},
    {"pdt", -420},
}};

// Words of a date without comments; more than a dozen is no date.
std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> result;
    std::size_t start = std::string_view::npos;
    int depth = 0;
    for (std::size_t i = 0; i <= text.size() && result.size() < 12; ++i) {
        const char c = i < text.size() ? text[i] : ' ';
        const bool inWord = depth == 0 && !isBlank(c) && c != ',' && c != '(' && c != ')';
        if (inWord && start == std::string_view::npos)
            start = i;
        if (!inWord && start != std::string_view::npos) {
            result.push_back(text.substr(start, i - start));
            start = std::string_view::npos;
        }
        depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
    }
    return result;
}

struct Clock {
    unsigned hour = 0;
    unsigned minute = 0;
    unsigned second = 0;
};

std::optional<Clock> clock(std::string_view text)
{
    std::array<unsigned, 3> parts {};
    std::size_t count = 0;
    if (const auto fraction = text.find('.'); fraction != std::string_view::npos)
        text = text.substr(0, fraction);
    while (count < 3) {
        const auto end = std::min(text.find(':'), text.size());
        const auto part = number(text.substr(0, end));
        if (!part || end > 2)
            return {};
        parts[count++] = *part;
        if (end == text.size())
            return count >= 2 ? std::optional(Clock {parts[0], parts[1], parts[2]}) : std::nullopt;
        text.remove_prefix(end + 1);
    }
    return {};
}

// RFC 5322 4.3: two digits below 50 are 20xx, others and three digits count from 1900.
std::optional<int> year(std::string_view text)
{
    const auto value = number(text);
    if (!value || text.size() < 2 || text.size() > 4)
        return {};
    if (text.size() == 4)
        return int(*value);
    return int(*value) + (text.size() == 2 && *value < 50 ? 2000 : 1900);
}

} // namespace

std::optional<unsigned> monthNamed(std::string_view text)
{
    if (!text.empty() && text.back() == '.')
        text.remove_suffix(1);
    for (unsigned i = 0; i < months.size(); ++i)
        if (sameText(text, months[i]) || sameText(text, months[i].substr(0, 3))
            || (i == 8 && sameText(text, "sept")))
            return i + 1;
    return {};
}

std::optional<seconds> zoneOffset(std::string_view text)
{
    for (const auto& [name, offset] : zones)
        if (sameText(text, name))
            return minutes(offset);
    for (const std::string_view prefix : {"utc", "gmt"})
        if (startsWith(text, prefix))
            text.remove_prefix(3);
    if (text.size() < 2 || (text.front() != '+' && text.front() != '-'))
        return {};
    const int sign = text.front() == '-' ? -1 : 1;
    text.remove_prefix(1);
    const auto colon = text.find(':');
    const auto split = colon != std::string_view::npos ? colon
        : text.size() <= 2                             ? text.size()
                                                       : text.size() - 2;
    const auto h = number(text.substr(0, split));
    const auto rest = text.substr(std::min(text.size(), split + (colon != std::string_view::npos ? 1 : 0)));
    const auto m = rest.empty() ? std::optional(0U) : number(rest);
    if (!h || !m || split > 2 || rest.size() > 2 || *h > 15 || *m > 59)
        return {};
    return sign * (hours(*h) + minutes(*m));
}

std::optional<base::Instant> instantOf(
    int year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second)
{
    const auto date = std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day);
    if (!date.ok() || year < 1970 || year > 2200 || hour > 23 || minute > 59 || second > 60)
        return {};
    return sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
}

std::optional<base::Instant> parseDate(std::string_view text, bool* hasZone)
{
    auto parts = words(text);
    if (!parts.empty() && isAlpha(parts[0][0])
        && !(parts.size() > 1 && monthNamed(parts[0]) && number(parts[1])))
        parts.erase(parts.begin()); // the day of the week
    if (parts.size() < 4)
        return {};
    const bool ctime = monthNamed(parts[0]).has_value();
    if (ctime)
        std::swap(parts[0], parts[1]);
    // ctime has the clock before the year, and a zone may stand between: "Nov 23 09:44:08 CET 2026".
    if (ctime && parts.size() >= 5 && !number(parts[3]))
        std::swap(parts[3], parts[4]);
    if (ctime)
        std::swap(parts[2], parts[3]);
    const auto day = number(parts[0]);
    const auto month = monthNamed(parts[1]);
    const auto y = year(parts[2]);
    const auto at = clock(parts[3]);
    if (!day || !month || !y || !at)
        return {};
    const auto zone = parts.size() > 4 ? zoneOffset(parts[4]) : std::nullopt;
    if (hasZone)
        *hasZone = zone.has_value();
    const auto local = instantOf(*y, *month, *day, at->hour, at->minute, at->second);
    return local ? std::optional(*local - zone.value_or(seconds {})) : std::nullopt;
}

} // namespace sluicegate::message
