// SPDX-License-Identifier: GPL-3.0-or-later
// Owners for what libssh hands out, and for file descriptors.
#pragma once

#include <libssh/libssh.h>

#include <memory>
#include <utility>

#include <unistd.h>

namespace sluicegate::ssh {

template <auto release> struct Release {
    template <typename T> void operator()(T* handle) const { release(handle); }
};

using SessionHandle = std::unique_ptr<ssh_session_struct, Release<ssh_free>>;
using KeyHandle = std::unique_ptr<ssh_key_struct, Release<ssh_key_free>>;
using EventHandle = std::unique_ptr<ssh_event_struct, Release<ssh_event_free>>;
using TextHandle = std::unique_ptr<char, Release<ssh_string_free_char>>;

/// A file descriptor that is closed with its owner.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int fd) : m_fd(fd) { }
    Descriptor(Descriptor&& other) noexcept : m_fd(std::exchange(other.m_fd, -1)) { }
    Descriptor& operator=(Descriptor&& other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }
    ~Descriptor()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }

    int get() const { return m_fd; }
    int release() { return std::exchange(m_fd, -1); }
    explicit operator bool() const { return m_fd >= 0; }

private:
    int m_fd = -1;
};

} // namespace sluicegate::ssh
