// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/instant.h"

#include <format>

namespace sluicegate::base {

namespace {

// Reads exactly `digits` digits at the front of text, and takes them away.
std::optional<int> takeNumber(std::string_view& text, std::size_t digits)
{
    if (text.size() < digits)
        return {};
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return {};
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted)
        return false;
    text.remove_prefix(1);
    return true;
}

std::chrono::microseconds takeFraction(std::string_view& text)
{
    std::chrono::microseconds fraction {};
    if (!take(text, '.') && !take(text, ','))
        return fraction;
    for (int scale = 100000; !text.empty() && text.front() >= '0' && text.front() <= '9';
        text.remove_prefix(1), scale /= 10)
        fraction += std::chrono::microseconds((text.front() - '0') * scale);
    return fraction;
}

std::optional<std::chrono::seconds> takeZone(std::string_view& text, std::chrono::seconds otherwise)
{
    if (text.empty())
        return otherwise;
    if (take(text, 'Z') || take(text, 'z'))
        return std::chrono::seconds {};
    const int sign = text.front() == '-' ? -1 : 1;
    if (!take(text, '+') && !take(text, '-'))
        return {};
    const auto hours = takeNumber(text, 2);
    take(text, ':');
    const auto minutes = takeNumber(text, 2);
    if (!hours || !minutes)
        return {};
    return sign * (std::chrono::hours(*hours) + std::chrono::minutes(*minutes));
}

} // namespace

std::string iso(Instant at)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto fraction = (at - seconds).count();
    return fraction == 0 ? std::format("{:%FT%T}Z", seconds)
                         : std::format("{:%FT%T}.{:06}Z", seconds, fraction);
}

std::optional<Instant> parseIso(std::string_view text, std::chrono::seconds zone)
{
    using namespace std::chrono;
    const auto y = takeNumber(text, 4);
    if (!y || !take(text, '-'))
        return {};
    const auto m = takeNumber(text, 2);
    if (!m || !take(text, '-'))
        return {};
    const auto d = takeNumber(text, 2);
    if (!d || !(take(text, 'T') || take(text, ' ') || take(text, 't')))
        return {};
    const auto hh = takeNumber(text, 2);
    if (!hh || !take(text, ':'))
        return {};
    const auto mm = takeNumber(text, 2);
    if (!mm || !take(text, ':'))
        return {};
    const auto ss = takeNumber(text, 2);
    if (!ss)
        return {};
    const auto fraction = takeFraction(text);
    const auto offset = takeZone(text, zone);
    const auto date = year(*y) / month(unsigned(*m)) / day(unsigned(*d));
    if (!offset || !text.empty() || !date.ok() || *hh > 23 || *mm > 59 || *ss > 60)
        return {};
    return sys_days(date) + hours(*hh) + minutes(*mm) + seconds(*ss) + fraction - *offset;
}

} // namespace sluicegate::base
