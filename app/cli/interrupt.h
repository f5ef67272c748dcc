// SPDX-License-Identifier: GPL-3.0-or-later
// Ctrl+C as a stop token, so that everything begun can end in order. A second one ends the program at once.
#pragma once

#include <stop_token>
#include <thread>

namespace sluicegate::app {

/// While it lives, SIGINT, SIGTERM and SIGHUP request a stop instead of killing. One at a time.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    std::stop_token token() const { return m_source.get_token(); }
    bool happened() const { return m_source.stop_requested(); }
    /// Becomes readable when it happens, for poll().
    int descriptor() const;

private:
    std::stop_source m_source;
    int m_end = -1;
    std::jthread m_watch;
};

} // namespace sluicegate::app
