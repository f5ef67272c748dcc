// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/hosting/stamp.h"

#include "models/hosting/scan.h"

#include <array>

namespace sluicegate::hosting {

namespace {

std::optional<unsigned> month(std::string_view text)
{
    static constexpr std::array<std::string_view, 12> names {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (unsigned i = 0; i < names.size(); ++i)
        if (text == names[i])
            return i + 1;
    return {};
}

// "DD?Mon?YYYY?HH:MM:SS", twenty characters whose separators differ between web servers and PHP.
std::optional<std::chrono::sys_seconds> readLocal(std::string_view text, char between, char beforeTime)
{
    if (text.size() < 20 || text[2] != between || text[6] != between || text[11] != beforeTime
        || text[14] != ':' || text[17] != ':')
        return {};
    const auto day = scan::number<unsigned>(text.substr(0, 2));
    const auto mon = month(text.substr(3, 3));
    const auto year = scan::number<int>(text.substr(7, 4));
    const auto hour = scan::number<int>(text.substr(12, 2));
    const auto minute = scan::number<int>(text.substr(15, 2));
    const auto second = scan::number<int>(text.substr(18, 2));
    if (!day || !mon || !year || !hour || !minute || !second || *hour < 0 || *hour > 23 || *minute < 0
        || *minute > 59 || *second < 0 || *second > 60)
        return {};
    const std::chrono::year_month_day date {
        std::chrono::year(*year), std::chrono::month(*mon), std::chrono::day(*day)};
    if (!date.ok())
        return {};
    return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute)
        + std::chrono::seconds(*second);
}

std::optional<std::chrono::seconds> readOffset(std::string_view text)
{
    if (text.size() < 5 || (text[0] != '+' && text[0] != '-'))
        return {};
    const auto hours = scan::number<int>(text.substr(1, 2));
    const auto minutes = scan::number<int>(text.substr(3, 2));
    if (!hours || !minutes || *hours < 0 || *hours > 14 || *minutes < 0 || *minutes > 59)
        return {};
    const std::chrono::seconds offset = std::chrono::hours(*hours) + std::chrono::minutes(*minutes);
    return text[0] == '-' ? -offset : offset;
}

} // namespace

std::optional<base::Instant> readWebStamp(std::string_view text)
{
    const auto local = readLocal(text, '/', ':');
    if (!local)
        return {};
    const auto offset = text.size() > 21 ? readOffset(text.substr(21)) : std::chrono::seconds {};
    if (!offset)
        return {};
    return *local - *offset;
}

std::string_view webStampIn(std::string_view line)
{
    constexpr auto npos = std::string_view::npos;
    // In front of it stands the user's name, which anybody may send: "x [23/Nov/2026:09:40:18 +0100]". Its
    // quotes are escaped, so the first bare one behind a bracket is the request's.
    std::size_t close = line.find("] \"");
    const std::size_t open = close == npos ? line.find(" [") : line.rfind(" [", close);
    if (open == npos)
        return {};
    close = close == npos ? line.find(']', open) : close;
    return close == npos ? std::string_view {} : line.substr(open + 2, close - open - 2);
}

std::optional<std::chrono::seconds> readWebZone(std::string_view text)
{
    return readWebStamp(text) && text.size() > 21 ? readOffset(text.substr(21)) : std::nullopt;
}

std::optional<base::Instant> readPhpStamp(std::string_view text, std::chrono::seconds zone)
{
    const auto local = readLocal(text, '-', ' ');
    if (!local)
        return {};
    const std::string_view name = scan::trim(text.substr(20));
    if (name == "UTC" || name == "GMT" || name == "Z")
        return *local;
    if (const auto offset = readOffset(name))
        return *local - *offset;
    return *local - zone;
}

} // namespace sluicegate::hosting
