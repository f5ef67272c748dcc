// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queue/lifetime.h"

#include "models/queue/collect.h"

#include <charconv>
#include <optional>

namespace sluicegate::queue {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r");
    if (first == text.npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// "5d", "36h", "5": a bare number counts days, as postconf(5) has it for both settings.
std::optional<std::chrono::seconds> duration(std::string_view text)
{
    std::uint32_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || count > 10'000'000)
        return {};
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    if (unit == "s")
        return std::chrono::seconds(count);
    if (unit == "m")
        return std::chrono::minutes(count);
    if (unit == "h")
        return std::chrono::hours(count);
    if (unit == "w")
        return std::chrono::weeks(count);
    if (unit.empty() || unit == "d")
        return std::chrono::days(count);
    return {};
}

} // namespace

Lifetime readLifetime(std::string_view settings)
{
    Lifetime result;
    bool bounceFollows = false;
    while (!settings.empty()) {
        const std::string_view line = takeLine(settings);
        const auto equals = line.find('=');
        if (equals == line.npos)
            continue;
        const std::string_view name = trimmed(line.substr(0, equals));
        const std::string_view value = trimmed(line.substr(equals + 1));
        if (name == "maximal_queue_lifetime")
            result.mail = duration(value).value_or(result.mail);
        if (name != "bounce_queue_lifetime")
            continue;
        bounceFollows = value == "$maximal_queue_lifetime" || value == "${maximal_queue_lifetime}";
        result.bounce = duration(value).value_or(result.bounce);
    }
    if (bounceFollows)
        result.bounce = result.mail;
    return result;
}

base::Instant givenUp(const Entry& entry, const Lifetime& lifetime)
{
    return entry.arrival + (entry.sender.empty() ? lifetime.bounce : lifetime.mail);
}

} // namespace sluicegate::queue
