// SPDX-License-Identifier: GPL-3.0-or-later
// Which server and which of its addresses a notice is about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::notice {

/// Our addresses, most likely first: those called "your IP" and the like, else those called nothing; never
/// destinations, reporters and private ones.
std::vector<std::string> accusedIps(std::string_view text);

/// The host name behind "server", "hostname", "VPS" ..., or in parentheses behind our address.
std::string serverNamed(std::string_view text, const std::vector<std::string>& ips);

/// "port 25", "ports 25, 465 and 587", "outgoing port 25/smtp and 465/smtp-ssl": mail ports only.
std::vector<int> portsNamed(std::string_view text);

bool isHostName(std::string_view text);

} // namespace sluicegate::notice
