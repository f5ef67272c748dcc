// SPDX-License-Identifier: GPL-3.0-or-later
// One command on one channel: input sent, both outputs drained, its end told. Runs on the session's thread.
#pragma once

#include "models/ssh/handshake.h"

#include <functional>

namespace sluicegate::ssh {

/// The session as the thread sees it between log-in and good-bye.
struct Link {
    ssh_session session = nullptr;
    ssh_event event = nullptr; // holds the session and the interrupt's descriptor
    Interrupt& interrupt;
    std::string subject; // user@host, for failures
    std::chrono::milliseconds fastest = std::chrono::hours(1); // quickest opening of a channel so far
};

enum class Patience { Whole, Silence }; // the timeout bounds the whole command, or each silence

struct Ended {
    int exitStatus = 0;
    std::string signal;
};

class Exchange {
public:
    explicit Exchange(Link& link);

    std::function<base::Result<void>(std::string_view)> onOut; // a Failure ends the command
    std::function<base::Result<void>(std::string_view)> onErr;

    /// Queues standard input; may be called from onOut and onErr.
    void send(std::string_view input);
    /// The input ends behind what was queued.
    void closeInput() { m_closeInput = true; }

    base::Result<Ended> run(const std::string& command, std::chrono::milliseconds timeout, Patience patience);

private:
    struct Channel;
    using Clock = std::chrono::steady_clock;

    base::Result<void> await(const std::function<int()>& call, const std::string& what);
    base::Result<void> feed(Channel& channel);
    base::Result<void> drain(Channel& channel, int isError);
    base::Result<Ended> converse(Channel& channel);
    base::Result<void> inTime() const;
    void pause();
    base::Failure lost(const std::string& fallback) const;

    Link& m_link;
    std::vector<char> m_buffer;
    std::string m_input;
    std::size_t m_sent = 0;
    bool m_closeInput = false;
    bool m_inputClosed = false;
    bool m_moved = false;
    Patience m_patience = Patience::Whole;
    std::chrono::milliseconds m_timeout {};
    Clock::time_point m_deadline;
};

} // namespace sluicegate::ssh
