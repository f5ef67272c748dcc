// SPDX-License-Identifier: GPL-3.0-or-later
// How far a pull is: one line on stderr that renews itself, on a terminal only.
#pragma once

#include "models/evidence/pull.h"

#include <chrono>

namespace sluicegate::app {

class ProgressLine {
public:
    ProgressLine();
    ~ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;

    void show(const evidence::Step& step);
    void clear();

private:
    bool m_terminal = false;
    bool m_shown = false;
    std::chrono::steady_clock::time_point m_last;
};

} // namespace sluicegate::app
