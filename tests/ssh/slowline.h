// SPDX-License-Identifier: GPL-3.0-or-later
// A line with a delay, for tests: passes one connection on to a local port.
#pragma once

#include <chrono>
#include <cstdint>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace sluicegate::ssh {

class SlowLine {
public:
    explicit SlowLine(std::uint16_t to) : m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        auto here = address(0);
        socklen_t size = sizeof here;
        ::bind(m_listener, reinterpret_cast<sockaddr*>(&here), size);
        ::listen(m_listener, 1);
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&here), &size);
        port = ntohs(here.sin_port);
        m_thread = std::jthread([this, to] {
            const int near = ::accept(m_listener, nullptr, nullptr);
            const int far = ::socket(AF_INET, SOCK_STREAM, 0);
            const auto there = address(to);
            ::connect(far, reinterpret_cast<const sockaddr*>(&there), sizeof there);
            while (pass(near, far)) { }
            ::close(near);
            ::close(far);
        });
    }
    SlowLine(const SlowLine&) = delete;
    SlowLine& operator=(const SlowLine&) = delete;
    ~SlowLine()
    {
        m_thread.join();
        ::close(m_listener);
    }

    std::uint16_t port = 0;

private:
    static sockaddr_in address(std::uint16_t port)
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        return address;
    }

    static bool pass(int near, int far)
    {
        pollfd waits[] = {{near, POLLIN, 0}, {far, POLLIN, 0}};
        ::poll(waits, 2, -1);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
        for (const auto& wait : waits) {
            char bytes[65536];
            const auto size = wait.revents != 0 ? ::recv(wait.fd, bytes, sizeof bytes, 0) : 0;
            if (wait.revents != 0 && size <= 0)
                return false;
            ::send(wait.fd == near ? far : near, bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
        }
        return true;
    }

    int m_listener;
    std::jthread m_thread;
};

} // namespace sluicegate::ssh
