// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/interrupt.h"

#include <sys/eventfd.h>
#include <sys/socket.h>

namespace sluicegate::ssh {

Interrupt::Interrupt() : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { }

void Interrupt::wake() const
{
    eventfd_write(m_wake.get(), 1);
}

void Interrupt::drain() const
{
    eventfd_t count = 0;
    eventfd_read(m_wake.get(), &count);
}

void Interrupt::request()
{
    m_requested = true;
    wake();
}

void Interrupt::watch(int socket)
{
    const std::scoped_lock lock(m_guard);
    if (m_cut)
        ::shutdown(socket, SHUT_RDWR);
    else
        m_sockets.emplace_back(::dup(socket));
}

void Interrupt::cut()
{
    const std::scoped_lock lock(m_guard);
    m_cut = true;
    for (const auto& socket : m_sockets)
        ::shutdown(socket.get(), SHUT_RDWR);
    m_sockets.clear();
}

} // namespace sluicegate::ssh
