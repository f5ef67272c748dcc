// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses by their text: networks, the server itself, domains.
#pragma once

#include <string>
#include <string_view>

namespace sluicegate::attribution {

/// The network an address lies in: /24 of IPv4, /48 of IPv6, as text that groups ("203.0.113", "2001:db8:7").
/// Anything else is its own network.
std::string_view network(std::string_view ip);
/// /16 and /32: neighbours of one provider.
std::string_view wideNetwork(std::string_view ip);

/// 127.0.0.0/8, ::1, ::ffff:127...
bool isLoopback(std::string_view ip);

/// What stands between the brackets of "mx.example[192.0.2.7]:25"; empty when there are none.
std::string_view relayAddress(std::string_view relay);

std::string_view domainOf(std::string_view address); // behind the last @; empty when there is none
std::string lowered(std::string_view text);

/// The same domain, or one a subdomain of the other; without regard to case.
bool related(std::string_view domain, std::string_view other);

} // namespace sluicegate::attribution
