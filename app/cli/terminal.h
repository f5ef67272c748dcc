// SPDX-License-Identifier: GPL-3.0-or-later
// Questions on the terminal itself, whatever stdin and stdout are joined to.
#pragma once

#include <QString>

#include <optional>
#include <string>

namespace sluicegate::app {

enum class Echo { On, Off };

class Terminal {
public:
    /// `cancelled` is a descriptor that becomes readable when the operator gives up.
    explicit Terminal(int cancelled);
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    bool isThere() const { return m_tty >= 0; }
    void write(const QString& text) const;
    /// One line without its end; nullopt when there is no terminal, it ended, or the operator gave up.
    std::optional<std::string> ask(const QString& question, Echo echo) const;

private:
    int m_tty = -1;
    int m_cancelled = -1;
};

} // namespace sluicegate::app
