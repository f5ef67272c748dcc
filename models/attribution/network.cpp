// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/network.h"

#include <algorithm>

namespace sluicegate::attribution {

namespace {

// The first `parts` parts of text, or all of it when it has fewer.
std::string_view head(std::string_view text, char separator, int parts)
{
    std::size_t end = 0;
    for (int part = 0; part < parts; ++part) {
        end = text.find(separator, end + (part ? 1 : 0));
        if (end == std::string_view::npos)
            return text;
    }
    return text.substr(0, end);
}

std::string_view unmapped(std::string_view ip)
{
    static constexpr std::string_view mapped = "::ffff:";
    return ip.starts_with(mapped) && ip.find('.') != std::string_view::npos ? ip.substr(mapped.size()) : ip;
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool equal(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, lower, lower);
}

bool isBelow(std::string_view domain, std::string_view parent)
{
    return domain.size() > parent.size() && domain[domain.size() - parent.size() - 1] == '.'
        && parent.find('.') != std::string_view::npos
        && equal(domain.substr(domain.size() - parent.size()), parent);
}

bool isAddress(std::string_view text)
{
    return text.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos
        && (std::ranges::count(text, '.') == 3 || std::ranges::count(text, ':') >= 2);
}

} // namespace

std::string_view network(std::string_view ip)
{
    ip = unmapped(ip);
    return ip.find(':') == std::string_view::npos ? head(ip, '.', 3) : head(ip, ':', 3);
}

std::string_view wideNetwork(std::string_view ip)
{
    ip = unmapped(ip);
    return ip.find(':') == std::string_view::npos ? head(ip, '.', 2) : head(ip, ':', 2);
}

bool isLoopback(std::string_view ip)
{
    return unmapped(ip).starts_with("127.") || ip == "::1";
}

std::string_view relayAddress(std::string_view relay)
{
    const std::size_t open = relay.find('[');
    if (open == std::string_view::npos) // qmail writes the bare address
        return isAddress(relay) ? relay : std::string_view {};
    relay.remove_prefix(open + 1);
    return relay.substr(0, relay.find(']'));
}

std::string_view domainOf(std::string_view address)
{
    const std::size_t at = address.rfind('@');
    return at == std::string_view::npos ? std::string_view() : address.substr(at + 1);
}

std::string lowered(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), lower);
    return result;
}

bool related(std::string_view domain, std::string_view other)
{
    return !domain.empty() && (equal(domain, other) || isBelow(domain, other) || isBelow(other, domain));
}

} // namespace sluicegate::attribution
