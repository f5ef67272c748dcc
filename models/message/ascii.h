// SPDX-License-Identifier: GPL-3.0-or-later
// Small questions about ASCII text; locale-free, safe for any byte.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sluicegate::message {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isAlpha(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool isAlnum(char c)
{
    return isDigit(c) || isAlpha(c);
}
constexpr bool isHex(char c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? char(c + 32) : c;
}

std::string lowered(std::string_view text);
bool sameText(std::string_view a, std::string_view b); // without regard to case
bool startsWith(std::string_view text, std::string_view start); // without regard to case
std::string_view trimmed(std::string_view text);

/// Position of `wanted` (lower case) in `text` without regard to case, or npos.
std::size_t findText(std::string_view text, std::string_view wanted, std::size_t from = 0);

/// The whole of `text` as a decimal number; nothing on anything else or overflow.
std::optional<std::uint32_t> number(std::string_view text);

/// The address itself in "[IPv6:2001:db8::1]", "[192.0.2.1]:587" or "192.0.2.1", or empty when it is none.
std::string_view ipIn(std::string_view text);
bool isIpv4(std::string_view text);
bool isIpv6(std::string_view text);
/// Loopback: never a client out there.
bool isLoopback(std::string_view ip);

/// Behind the last '@', without '>' and a final dot, in lower case; empty when there is no '@'.
std::string domainOf(std::string_view address);
/// Equal, or one lies under the other: "mail.shop.example" and "shop.example".
bool sameOrganisation(std::string_view domain, std::string_view other);

} // namespace sluicegate::message
