// SPDX-License-Identifier: GPL-3.0-or-later
// One connection to the loop server, served on a thread of its own.
#pragma once

#include "models/ssh/handles.h"
#include "models/ssh/loopserver.h"

#include <atomic>
#include <mutex>
#include <thread>

namespace sluicegate::ssh {

class LoopConnection {
public:
    /// Takes the descriptor and the key; `host` and `answering` must outlive the connection.
    LoopConnection(Descriptor peer, KeyHandle hostKey, const ExecHost& host, std::mutex& answering);
    /// Cuts the connection.
    ~LoopConnection();

    bool isOver() const { return m_over; }

private:
    std::atomic<bool> m_over = false;
    Descriptor m_cut; // a second descriptor of the same socket, to shut it down from outside
    std::jthread m_thread;
};

} // namespace sluicegate::ssh
