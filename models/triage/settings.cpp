// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/triage/settings.h"

#include <algorithm>
#include <array>
#include <map>

namespace sluicegate::triage {

namespace {

std::string_view trim(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

std::map<std::string, std::string> assignments(std::string_view bytes)
{
    std::map<std::string, std::string> values;
    while (!bytes.empty()) {
        const std::size_t end = bytes.find('\n');
        const std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
        if (const std::size_t equals = line.find('='); equals != std::string_view::npos)
            values[std::string(trim(line.substr(0, equals)))] = trim(line.substr(equals + 1));
    }
    return values;
}

// One level is what people write: mydestination = $myhostname, localhost.$mydomain.
std::string expanded(const std::string& value, const std::map<std::string, std::string>& values)
{
    std::string result;
    constexpr std::size_t limit = 1 << 20; // "$x$x$x" of a long x
    for (std::size_t i = 0; i < value.size() && result.size() < limit;) {
        if (value[i] != '$') {
            result += value[i++];
            continue;
        }
        const std::size_t begin = i + 1 + (i + 1 < value.size() && value[i + 1] == '{' ? 1 : 0);
        std::size_t end = begin;
        while (
            end < value.size() && (std::isalnum(static_cast<unsigned char>(value[end])) || value[end] == '_'))
            ++end;
        if (const auto found = values.find(value.substr(begin, end - begin)); found != values.end())
            result += found->second;
        i = end + (end < value.size() && value[end] == '}' ? 1 : 0);
        i = std::max(i, begin);
    }
    return result;
}

void addWords(std::string_view text, std::vector<std::string>& words)
{
    while (!text.empty()) {
        const std::size_t begin = text.find_first_not_of(", \t");
        if (begin == std::string_view::npos)
            return;
        text.remove_prefix(begin);
        const std::size_t end = std::min(text.find_first_of(", \t"), text.size());
        const std::string_view word = text.substr(0, end);
        text.remove_prefix(end);
        if (word.find_first_of(":/$<>@") == std::string_view::npos
            || word.find("::") != std::string_view::npos)
            words.emplace_back(word);
    }
}

} // namespace

Settings readSettings(std::string_view bytes)
{
    auto values = assignments(bytes);
    if (const auto host = values.find("myhostname"); host != values.end() && !values.contains("mydomain"))
        if (const std::size_t dot = host->second.find('.'); dot != std::string::npos)
            values["mydomain"] = host->second.substr(dot + 1);
    values.try_emplace("mydestination", "$myhostname, localhost.$mydomain, localhost");
    static constexpr std::array<std::string_view, 5> domainNames {
        "myhostname", "mydestination", "virtual_mailbox_domains", "virtual_alias_domains", "relay_domains"};
    static constexpr std::array<std::string_view, 4> addressNames {
        "inet_interfaces", "smtp_bind_address", "smtp_bind_address6", "proxy_interfaces"};
    Settings settings;
    for (const std::string_view name : domainNames)
        if (const auto value = values.find(std::string(name)); value != values.end())
            addWords(expanded(value->second, values), settings.domains);
    for (const std::string_view name : addressNames)
        if (const auto value = values.find(std::string(name)); value != values.end())
            addWords(expanded(value->second, values), settings.addresses);
    for (std::string& domain : settings.domains)
        std::ranges::transform(domain, domain.begin(),
            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    std::ranges::sort(settings.domains);
    settings.domains.erase(std::ranges::unique(settings.domains).begin(), settings.domains.end());
    return settings;
}

} // namespace sluicegate::triage
