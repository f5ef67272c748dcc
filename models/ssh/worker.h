// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that owns one session: callers hand it jobs and wait, a stop token cancels the job it is at.
#pragma once

#include "models/ssh/exchange.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

namespace sluicegate::ssh {

class Worker {
public:
    Worker();
    /// Says good-bye to the server, or cuts the line if that takes too long.
    ~Worker();

    /// Runs the job on the thread and waits for its end. When stopped, the job is asked softly; the sockets
    /// are cut if it has not ended after `grace`.
    void perform(
        const std::function<void()>& job, const std::stop_token& stop, std::chrono::milliseconds grace);

    Interrupt& interrupt() { return m_interrupt; }

    /// For jobs only: takes the authenticated session over and keeps it alive between jobs.
    base::Result<void> adopt(SessionHandle session, std::string subject);
    Link& link() { return m_link; }

private:
    void loop(const std::stop_token& stop);
    void idle();
    void post(const std::function<void()>& job);
    void awaitEnd(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds grace);
    void release();

    Interrupt m_interrupt;
    SessionHandle m_session;
    EventHandle m_event;
    Link m_link {.session = nullptr, .event = nullptr, .interrupt = m_interrupt, .subject = {}};

    std::mutex m_callers; // one job at a time
    std::mutex m_guard;
    std::condition_variable m_changed;
    const std::function<void()>* m_job = nullptr; // guarded by m_guard
    bool m_finished = false; // guarded by m_guard
    std::jthread m_thread;
};

} // namespace sluicegate::ssh
