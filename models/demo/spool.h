// SPDX-License-Identifier: GPL-3.0-or-later
// The invented server's mail queue, with the state changes postsuper makes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo {

struct Waiting {
    std::string address;
    std::string original; // before the alias table, or empty
    std::string reason;
};

struct Queued {
    std::string id;
    std::string place; // "active", "deferred", "hold"
    std::int64_t arrival = 0; // microseconds since the epoch
    std::string sender;
    std::string client; // empty: not over SMTP
    std::string ip;
    std::string helo;
    std::string login;
    std::string method;
    std::string fullname; // of the local user, or empty
    int port = 0;
    int serverPort = 0;
    int family = 2;
    bool bounce = false;
    std::vector<Waiting> recipients;
    std::string content; // header, empty line, body
};

class Spool {
public:
    /// One JSON object a line, as resources/demo/make writes them.
    static Spool read(std::string_view lines);

    std::vector<Queued>& messages() { return m_messages; }
    const std::vector<Queued>& messages() const { return m_messages; }
    Queued* find(std::string_view id);
    void remove(std::string_view id);
    /// A queue id nobody has, made as Postfix makes short ones: microseconds and an inode number.
    std::string freshId(std::int64_t microseconds);

private:
    std::vector<Queued> m_messages;
    std::uint32_t m_inode = 0x2c9000;
};

/// `postqueue -p`; empty queue: "Mail queue is empty".
std::string listing(const Spool& spool, std::int64_t zoneSeconds);
/// `postqueue -j`.
std::string jsonListing(const Spool& spool);

struct PostcatParts {
    bool envelope = false;
    bool head = false;
    bool body = false;
};
/// What `postcat -q` with these options prints of one message; none of them means everything with the
/// separators.
std::string postcat(
    const Queued& message, PostcatParts parts, std::string_view serverIp, std::int64_t zoneSeconds);

} // namespace sluicegate::demo
