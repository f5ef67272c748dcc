// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/ascii.h"

#include <algorithm>
#include <charconv>

namespace sluicegate::message {

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

bool sameText(std::string_view a, std::string_view b)
{
    if (a.size() != b.size())
        return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i]))
            return false;
    return true;
}

bool startsWith(std::string_view text, std::string_view start)
{
    return sameText(text.substr(0, start.size()), start);
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    return text;
}

std::size_t findText(std::string_view text, std::string_view wanted, std::size_t from)
{
    if (wanted.empty() || from > text.size())
        return wanted.empty() && from <= text.size() ? from : std::string_view::npos;
    const char first = wanted.front();
    for (auto i = from; i + wanted.size() <= text.size(); ++i)
        if (lower(text[i]) == first && sameText(text.substr(i, wanted.size()), wanted))
            return i;
    return std::string_view::npos;
}

std::optional<std::uint32_t> number(std::string_view text)
{
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || text.empty())
        return {};
    return value;
}

bool isIpv4(std::string_view text)
{
    int groups = 0;
    while (true) {
        const auto dot = std::min(text.find('.'), text.size());
        const auto value = number(text.substr(0, dot));
        if (dot > 3 || !value || *value > 255)
            return false;
        ++groups;
        if (dot == text.size())
            return groups == 4;
        text.remove_prefix(dot + 1);
    }
}

bool isIpv6(std::string_view text)
{
    if (text.size() < 2 || text.size() > 45 || text.find(':') == std::string_view::npos)
        return false;
    const auto gap = text.find("::");
    const bool compressed = gap != std::string_view::npos;
    if (compressed && text.find("::", gap + 1) != std::string_view::npos)
        return false;
    if ((text.front() == ':' && gap != 0) || (text.back() == ':' && gap != text.size() - 2))
        return false;
    int groups = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find(':'), text.size());
        const auto group = text.substr(0, end);
        if (end == text.size() && group.find('.') != std::string_view::npos)
            return isIpv4(group) && (compressed ? groups <= 5 : groups == 6);
        if (group.size() > 4 || !std::ranges::all_of(group, isHex))
            return false;
        groups += group.empty() ? 0 : 1;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return compressed ? groups <= 7 : groups == 8;
}

std::string_view ipIn(std::string_view text)
{
    if (!text.empty() && text.front() == '[') {
        const auto end = text.find(']');
        text = text.substr(1, end == std::string_view::npos ? end : end - 1);
    }
    if (startsWith(text, "ipv6:"))
        text.remove_prefix(5);
    if (const auto scope = text.find('%'); scope != std::string_view::npos)
        text = text.substr(0, scope);
    return isIpv4(text) || isIpv6(text) ? text : std::string_view {};
}

bool isLoopback(std::string_view ip)
{
    return ip == "::1" || startsWith(ip, "127.") || startsWith(ip, "::ffff:127.");
}

std::string domainOf(std::string_view address)
{
    const auto at = address.rfind('@');
    if (at == std::string_view::npos)
        return {};
    address = trimmed(address.substr(at + 1));
    while (!address.empty() && (address.back() == '>' || address.back() == '.'))
        address.remove_suffix(1);
    return lowered(address);
}

bool sameOrganisation(std::string_view domain, std::string_view other)
{
    const auto under = [](std::string_view lowerPart, std::string_view upper) {
        return lowerPart.size() > upper.size() && lowerPart.ends_with(upper)
            && lowerPart[lowerPart.size() - upper.size() - 1] == '.';
    };
    return domain == other || under(domain, other) || under(other, domain);
}

} // namespace sluicegate::message
