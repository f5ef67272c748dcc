// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/interrupt.h"

#include <cerrno>
#include <csignal>
#include <cstdint>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

namespace sluicegate::app {

namespace {

// A signal handler may do next to nothing: it writes here, a thread does the rest. Lives as long as the
// program.
int bell = -1;

void ring(int)
{
    const int before = errno;
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t wrote = ::write(bell, &one, sizeof one);
    errno = before;
}

void onSignals(void (*handler)(int))
{
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART | int(SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

} // namespace

Interrupt::Interrupt() : m_end(::eventfd(0, EFD_CLOEXEC))
{
    if (bell < 0)
        bell = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    m_watch = std::jthread([this] {
        pollfd wait[2] = {{bell, POLLIN, 0}, {m_end, POLLIN, 0}};
        while (::poll(wait, 2, -1) < 0 && errno == EINTR) { }
        if ((wait[0].revents & POLLIN) != 0)
            m_source.request_stop();
    });
    onSignals(ring);
}

Interrupt::~Interrupt()
{
    onSignals(SIG_DFL);
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t wrote = ::write(m_end, &one, sizeof one);
    m_watch.join();
    ::close(m_end);
}

int Interrupt::descriptor() const
{
    return bell;
}

} // namespace sluicegate::app
