// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that belong to no message: logins, failed logins, refused commands.
#pragma once

#include "models/maillog/line.h"
#include "models/maillog/store.h"

#include <deque>

namespace sluicegate::maillog {

class EventReader {
public:
    explicit EventReader(Store& store) : m_store(store) { }
    /// A line of Postfix without a queue id.
    void readPostfix(const Line& line, std::uint64_t offset, Moment at);
    /// A line of another program.
    void readOther(const Line& line, std::uint64_t offset, Moment at);
    /// A line of Exim without a queue id.
    void readExim(const Line& line, std::uint64_t offset, Moment at);
    /// A refusal with a queue id; `partner` is the line that knows the login (offset + 1).
    void add(EventKind kind, const Line& line, std::uint64_t offset, Moment at, std::uint64_t partner = 0);
    /// A recipient that Sendmail refused: the line with the sender, which comes later, knows the client.
    void addClientless(std::string_view id, const Line& line, std::uint64_t offset, Moment at);
    void nameClient(std::string_view id, std::uint64_t offset);
    /// "last message repeated N times" behind the line at `offset`.
    void repeatLast(std::uint64_t offset, std::uint32_t times);
    /// The login of a client that a filter in front of the queue handed on: only its "NOQUEUE: client=" line
    /// has it.
    std::string_view proxiedLogin(const Client& client) const;

private:
    void addProxied(const Line& line, std::uint64_t offset, Moment at);
    void addFailure(const Line& line, std::uint64_t offset, Moment at);

    bool pairsWithWaiting(std::string_view user, bool hasAddress, std::uint64_t offset);

    struct Waiting { // a failed login that knows only its user, or only its address
        std::uint32_t event;
        std::string_view user;
    };
    struct Clientless {
        std::uint32_t event;
        std::string_view id;
    };
    struct Proxied {
        std::string_view client; // name[ip]
        std::string_view login;
    };
    Store& m_store;
    std::deque<Waiting> m_waiting;
    std::deque<Clientless> m_clientless;
    std::deque<Proxied> m_proxied;
};

} // namespace sluicegate::maillog
