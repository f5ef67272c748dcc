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
    /// A refusal with a queue id; `partner` is the line that knows the login (offset + 1).
    void add(EventKind kind, const Line& line, std::uint64_t offset, Moment at, std::uint64_t partner = 0);
    /// "last message repeated N times" behind the line at `offset`.
    void repeatLast(std::uint64_t offset, std::uint32_t times);

private:
    void addFailure(const Line& line, std::uint64_t offset, Moment at);

    struct Waiting { // a failed login that knows only its user, or only its address
        std::uint32_t event;
        bool hasUser;
    };
    Store& m_store;
    std::deque<Waiting> m_waiting;
};

} // namespace sluicegate::maillog
