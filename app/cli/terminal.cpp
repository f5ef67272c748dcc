// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

namespace sluicegate::app {

namespace {

/// The terminal without echo, put back at the end.
class Quiet {
public:
    explicit Quiet(int tty) : m_tty(tty)
    {
        if (::tcgetattr(tty, &m_before) != 0)
            return;
        m_changed = true;
        termios quiet = m_before;
        quiet.c_lflag &= ~tcflag_t(ECHO);
        ::tcsetattr(tty, TCSAFLUSH, &quiet);
    }
    ~Quiet()
    {
        if (m_changed)
            ::tcsetattr(m_tty, TCSANOW, &m_before);
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;

private:
    int m_tty;
    bool m_changed = false;
    termios m_before {};
};

std::optional<std::string> readLine(int tty, int cancelled)
{
    std::string line;
    for (;;) {
        pollfd wait[2] = {{tty, POLLIN, 0}, {cancelled, POLLIN, 0}};
        if (::poll(wait, 2, -1) < 0 && errno != EINTR)
            return {};
        if ((wait[1].revents & POLLIN) != 0)
            return {};
        if (wait[0].revents == 0)
            continue;
        char c = 0;
        const ssize_t got = ::read(tty, &c, 1);
        if (got == 0 || (got < 0 && errno != EINTR))
            return {};
        if (got == 1 && (c == '\n' || c == '\r'))
            return line;
        if (got == 1 && line.size() < 4096)
            line += c;
    }
}

} // namespace

Terminal::Terminal(int cancelled)
    : m_tty(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)), m_cancelled(cancelled)
{
}

Terminal::~Terminal()
{
    if (m_tty >= 0)
        ::close(m_tty);
}

void Terminal::write(const QString& text) const
{
    const QByteArray bytes = text.toUtf8();
    if (m_tty >= 0) [[maybe_unused]]
        const ssize_t wrote = ::write(m_tty, bytes.constData(), size_t(bytes.size()));
}

std::optional<std::string> Terminal::ask(const QString& question, Echo echo) const
{
    if (m_tty < 0)
        return {};
    write(question + u' ');
    if (echo == Echo::On)
        return readLine(m_tty, m_cancelled);
    std::optional<std::string> answer;
    {
        const Quiet quiet(m_tty);
        answer = readLine(m_tty, m_cancelled);
    }
    write(QStringLiteral("\n"));
    return answer;
}

} // namespace sluicegate::app
