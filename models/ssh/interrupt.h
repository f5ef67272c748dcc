// SPDX-License-Identifier: GPL-3.0-or-later
// Stops what a connection's thread is doing: softly by a flag and an event descriptor, hard by shutting the
// sockets down.
#pragma once

#include "models/ssh/handles.h"

#include <atomic>
#include <mutex>
#include <vector>

namespace sluicegate::ssh {

class Interrupt {
public:
    Interrupt();

    /// Readable while something waits for the thread: a request to stop, or new work.
    int descriptor() const { return m_wake.get(); }
    void wake() const;
    void drain() const;

    bool requested() const { return m_requested; }
    void request();
    void clear() { m_requested = false; }

    /// Remembers a socket by a descriptor of its own, so that cut() touches nothing libssh owns.
    void watch(int socket);
    /// Shuts every watched socket down: whoever blocks on one returns within a millisecond.
    void cut();

private:
    Descriptor m_wake;
    std::atomic<bool> m_requested = false;
    std::mutex m_guard;
    std::vector<Descriptor> m_sockets; // guarded by m_guard
    bool m_cut = false; // guarded by m_guard
};

} // namespace sluicegate::ssh
