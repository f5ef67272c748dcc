// SPDX-License-Identifier: GPL-3.0-or-later
// Processes that talk to other servers' mail ports, as ss shows them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::hosting {

struct MailSocket {
    std::string process; // empty when ss was not asked as root
    std::optional<std::uint32_t> pid {};
    std::optional<std::uint32_t> uid {}; // ss leaves uid:0 out
    std::string remote; // address without the port
    int port = 0;
    std::uint64_t line = 0;
    std::string text;
    bool operator==(const MailSocket&) const = default;
};

/// Output of ss -tanpeo with a filter on mail ports. Listening sockets and lines of other kinds are left out.
std::vector<MailSocket> readSockets(std::string_view bytes);

/// Whether the process is a mail server's own ("smtp" of Postfix, exim, qmail-remote, sendmail ...).
bool isMailServer(std::string_view process);

} // namespace sluicegate::hosting
