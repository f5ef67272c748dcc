// SPDX-License-Identifier: GPL-3.0-or-later
// Answers a connection's questions from standard input or the terminal.
#pragma once

#include "app/cli/interrupt.h"
#include "app/cli/terminal.h"

#include "models/ssh/connection.h"

#include <optional>
#include <string>

namespace sluicegate::app {

/// Passwords given on standard input: the first line for the login, the second for sudo.
struct GivenPasswords {
    std::optional<std::string> login;
    std::optional<std::string> sudo;
};
GivenPasswords readPasswords();

class Answers {
public:
    Answers(GivenPasswords given, const Interrupt& interrupt);
    /// Refers to this object, which must outlive the connection.
    ssh::Asker asker();
    /// A question had to stay unanswered because there was nobody to ask: what was asked for.
    const std::string& unanswered() const { return m_unanswered; }

private:
    ssh::HostKeyAnswer hostKey(const ssh::HostKeyQuestion& question);
    std::optional<std::string> password(const std::string& userAtHost);
    std::optional<std::string> passphrase(const std::string& keyFile);
    std::optional<std::vector<std::string>> interactive(
        const std::string& instruction, const std::vector<ssh::Prompt>& prompts);
    std::optional<std::string> sudoPassword(const std::string& userAtHost);

    Terminal m_terminal;
    GivenPasswords m_given;
    bool m_used = false; // the given login password was tried
    int m_asked = 0; // times a password was asked for
    std::string m_lastKey; // whose passphrase was asked for last
    std::optional<std::string> m_lastPrompt;
    bool m_sudoAsked = false;
    std::string m_leftOut; // a key whose passphrase the operator did not give
    std::string m_unanswered;
};

} // namespace sluicegate::app
