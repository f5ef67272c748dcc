// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/asker.h"

#include "app/cli/cli.h"

#include "models/words/words.h"

#include <QCoreApplication>

#include <unistd.h>

namespace sluicegate::app {

namespace {

struct Ask {
    Q_DECLARE_TR_FUNCTIONS(Connect)
};

constexpr int mostAsked = 3;

QString shown(const std::string& foreign)
{
    QStringList lines;
    for (const QByteArray& line : QByteArray::fromStdString(foreign).split('\n'))
        lines << words::inert(line.endsWith('\r') ? line.chopped(1).toStdString() : line.toStdString());
    return lines.join(u'\n');
}

// One byte at a time: nothing behind the line may be taken from whoever reads next.
std::optional<std::string> lineOfStdin()
{
    std::string line;
    char c = 0;
    ssize_t got = 0;
    while ((got = ::read(STDIN_FILENO, &c, 1)) == 1 && c != '\n' && line.size() < 4096)
        line += c;
    if (got != 1 && line.empty())
        return {};
    if (!line.empty() && line.back() == '\r')
        line.pop_back();
    return line;
}

} // namespace

GivenPasswords readPasswords()
{
    GivenPasswords given;
    given.login = lineOfStdin();
    given.sudo = given.login ? lineOfStdin() : std::nullopt;
    return given;
}

Answers::Answers(GivenPasswords given, const Interrupt& interrupt)
    : m_terminal(interrupt.descriptor()), m_given(std::move(given))
{
}

// A question nobody can answer stays unset: the connection then goes on without it instead of being
// cancelled.
ssh::Asker Answers::asker()
{
    const bool terminal = m_terminal.isThere();
    ssh::Asker asker;
    asker.hostKey = [this](const auto& question) { return hostKey(question); };
    asker.banner = [](const auto& text) { say(shown(text)); };
    if (terminal || m_given.login) {
        asker.password = [this](const auto& who) { return password(who); };
        asker.interactive
            = [this](const auto& text, const auto& prompts) { return interactive(text, prompts); };
    }
    if (terminal)
        asker.passphrase = [this](const auto& file) { return passphrase(file); };
    if (m_given.sudo || (terminal && !m_given.login))
        asker.sudoPassword = [this](const auto& who) { return sudoPassword(who); };
    return asker;
}

ssh::HostKeyAnswer Answers::hostKey(const ssh::HostKeyQuestion& question)
{
    if (!m_terminal.isThere())
        return ssh::HostKeyAnswer::Refuse; // the refusal names the fingerprint and --accept-new
    m_terminal.write(
        Ask::tr("The host key of %1 is not known yet.\n  %2  %3\nCompare it with what the server's "
                "administrator tells you.\n")
            .arg(shown(question.host), shown(question.keyType), shown(question.fingerprint)));
    const auto answer = m_terminal.ask(
        Ask::tr("Trust it? Type \"save\", \"once\" or the fingerprint; anything else refuses:"), Echo::On);
    if (answer == "once")
        return ssh::HostKeyAnswer::AcceptOnce;
    if (answer == "save" || answer == question.fingerprint)
        return ssh::HostKeyAnswer::AcceptAndSave;
    return ssh::HostKeyAnswer::Refuse;
}

std::optional<std::string> Answers::password(const std::string& userAtHost)
{
    if (m_given.login) {
        if (std::exchange(m_used, true)) {
            m_unanswered = "the password from standard input was refused";
            return {};
        }
        return m_given.login;
    }
    if (m_asked++ >= mostAsked) {
        m_unanswered = "the password was refused";
        return {};
    }
    if (m_asked > 1)
        m_terminal.write(Ask::tr("The server refused that password.\n"));
    return m_terminal.ask(Ask::tr("Password of %1:").arg(shown(userAtHost)), Echo::Off);
}

std::optional<std::string> Answers::passphrase(const std::string& keyFile)
{
    if (m_leftOut == keyFile)
        return std::string();
    if (std::exchange(m_lastKey, keyFile) == keyFile)
        m_terminal.write(Ask::tr("That passphrase did not open the key.\n"));
    auto given = m_terminal.ask(
        Ask::tr("Passphrase of the key %1 (empty: leave it out):").arg(shown(keyFile)), Echo::Off);
    if (given && given->empty())
        m_leftOut = keyFile;
    return given;
}

std::optional<std::vector<std::string>> Answers::interactive(
    const std::string& instruction, const std::vector<ssh::Prompt>& prompts)
{
    std::vector<std::string> answers;
    if (prompts.size() == 1 && !prompts.front().echo && m_given.login) {
        const auto given = password({});
        return given ? std::optional(std::vector {*given}) : std::nullopt;
    }
    if (!instruction.empty() && m_terminal.isThere())
        m_terminal.write(Ask::tr("The server says: %1\n").arg(shown(instruction)));
    if (!prompts.empty() && std::exchange(m_lastPrompt, prompts.front().text) == prompts.front().text)
        m_terminal.write(Ask::tr("The server refused that answer.\n"));
    for (const ssh::Prompt& prompt : prompts) {
        if (!m_terminal.isThere())
            m_unanswered = "the server asks a question, and there is no terminal to ask on";
        const auto answer = m_terminal.ask(
            Ask::tr("The server asks: %1").arg(shown(prompt.text)), prompt.echo ? Echo::On : Echo::Off);
        if (!answer)
            return {};
        answers.push_back(*answer);
    }
    return answers;
}

std::optional<std::string> Answers::sudoPassword(const std::string& userAtHost)
{
    if (m_given.sudo)
        return m_given.sudo;
    if (std::exchange(m_sudoAsked, true))
        m_terminal.write(Ask::tr("sudo refused that password.\n"));
    return m_terminal.ask(
        Ask::tr("sudo password of %1 (empty: without root rights):").arg(shown(userAtHost)), Echo::Off);
}

} // namespace sluicegate::app
