// SPDX-License-Identifier: GPL-3.0-or-later
// The bridge between a connection that waits on its own thread and the operator who answers on the screen.
#pragma once

#include "models/desk/snapshot.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>

namespace sluicegate::desk {

class Asking {
public:
    /// Called on the worker's thread with each question, and with nullopt when it no longer stands.
    using Show = std::function<void(std::optional<Question>)>;
    explicit Asking(Show show) : m_show(std::move(show)) { }

    /// Blocks until answer() or a stop; a stop counts as a refusal.
    Answer ask(Question question, std::stop_token stop);
    /// From the operator's thread; without a question waiting it does nothing.
    void answer(Answer answer);

    /// ssh's asker over this bridge; stops with the job.
    ssh::Asker asker(std::stop_token stop, std::function<void(std::string)> banner);

private:
    Show m_show;
    std::mutex m_mutex;
    std::condition_variable_any m_answered;
    bool m_waiting = false;
    std::optional<Answer> m_answer;
};

} // namespace sluicegate::desk
