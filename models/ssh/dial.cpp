// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/dial.h"

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <thread>

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;
using Clock = std::chrono::steady_clock;

namespace {

struct Address {
    sockaddr_storage storage {};
    socklen_t size = 0;
};

// An unreachable first address must not cost the whole timeout: the next is tried beside it.
constexpr auto nextAddressAfter = std::chrono::milliseconds(300);

/// One look-up. The resolver cannot be interrupted, so it runs on a thread that is left behind on cancel and
/// keeps this state alive until it returns.
struct Lookup {
    std::mutex guard;
    std::deque<Address> addresses;
    int error = 0;
    bool over = false;
    Descriptor ready {::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};

    void run(const std::string& host, std::uint16_t port, int flags)
    {
        addrinfo hints {};
        hints.ai_socktype = SOCK_STREAM;
        hints.ai_flags = AI_NUMERICSERV | flags;
        addrinfo* list = nullptr;
        const int result = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
        const std::scoped_lock lock(guard);
        for (const addrinfo* each = list; each != nullptr && addresses.size() < 16; each = each->ai_next) {
            auto& address = addresses.emplace_back();
            std::memcpy(&address.storage, each->ai_addr, each->ai_addrlen);
            address.size = each->ai_addrlen;
        }
        if (list != nullptr)
            freeaddrinfo(list);
        error = result;
        over = true;
        eventfd_write(ready.get(), 1);
    }
};

int remaining(Clock::time_point deadline)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    return static_cast<int>(std::clamp<std::chrono::milliseconds::rep>(left.count(), 0, 3'600'000));
}

Result<std::deque<Address>> resolve(
    const std::string& host, std::uint16_t port, Clock::time_point deadline, const Interrupt& interrupt)
{
    const auto lookup = std::make_shared<Lookup>();
    lookup->run(host, port, AI_NUMERICHOST);
    if (lookup->error != 0) {
        lookup->over = false;
        lookup->error = 0;
        eventfd_t count = 0;
        eventfd_read(lookup->ready.get(), &count);
        std::thread([lookup, host, port] { lookup->run(host, port, AI_ADDRCONFIG); }).detach();
    }
    pollfd waits[] = {{lookup->ready.get(), POLLIN, 0}, {interrupt.descriptor(), POLLIN, 0}};
    while (!interrupt.requested() && ::poll(waits, 2, remaining(deadline)) < 0 && errno == EINTR) { }
    if (interrupt.requested())
        return fail(FailureKind::Cancelled, host);
    const std::scoped_lock lock(lookup->guard);
    if (!lookup->over)
        return fail(FailureKind::NameNotResolved, host, "no answer in time");
    if (lookup->error != 0 || lookup->addresses.empty())
        return fail(FailureKind::NameNotResolved, host, gai_strerror(lookup->error));
    return std::move(lookup->addresses);
}

void tune(int socket)
{
    const auto set
        = [socket](int level, int name, int value) { setsockopt(socket, level, name, &value, sizeof value); };
    set(IPPROTO_TCP, TCP_NODELAY, 1);
    set(SOL_SOCKET, SO_KEEPALIVE, 1);
    set(IPPROTO_TCP, TCP_KEEPIDLE, 20);
    set(IPPROTO_TCP, TCP_KEEPINTVL, 5);
    set(IPPROTO_TCP, TCP_KEEPCNT, 4);
    set(IPPROTO_TCP, TCP_USER_TIMEOUT, 40'000);
}

/// Connects to several addresses, each started a little after the one before; the first that stands wins.
class Race {
public:
    explicit Race(std::deque<Address> addresses) : m_waiting(std::move(addresses)) { }

    Result<Descriptor> run(const std::string& subject, Clock::time_point deadline, const Interrupt& interrupt)
    {
        while (!m_waiting.empty() || !m_running.empty()) {
            const auto now = Clock::now();
            if (interrupt.requested())
                return fail(FailureKind::Cancelled, subject);
            if (now >= deadline)
                return fail(FailureKind::Unreachable, subject, "no answer in time");
            if (!m_waiting.empty() && (m_running.empty() || now >= m_next))
                startNext(now);
            if (auto winner = wait(std::min(deadline, m_waiting.empty() ? deadline : m_next), interrupt))
                return winner;
        }
        return fail(FailureKind::Unreachable, subject, std::strerror(m_error));
    }

private:
    void startNext(Clock::time_point now)
    {
        const Address address = m_waiting.front();
        m_waiting.pop_front();
        m_next = now + nextAddressAfter;
        Descriptor socket(::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        tune(socket.get());
        const auto* generic = reinterpret_cast<const sockaddr*>(&address.storage);
        if (::connect(socket.get(), generic, address.size) == 0 || errno == EINPROGRESS)
            m_running.push_back(std::move(socket));
        else
            m_error = errno;
    }

    Descriptor wait(Clock::time_point until, const Interrupt& interrupt)
    {
        std::vector<pollfd> waits {{interrupt.descriptor(), POLLIN, 0}};
        for (const auto& socket : m_running)
            waits.push_back({socket.get(), POLLOUT, 0});
        if (m_running.empty() || ::poll(waits.data(), waits.size(), remaining(until)) <= 0)
            return {};
        for (std::size_t at = m_running.size(); at-- > 0;) {
            if (waits[at + 1].revents == 0)
                continue;
            int error = 0;
            socklen_t size = sizeof error;
            getsockopt(m_running[at].get(), SOL_SOCKET, SO_ERROR, &error, &size);
            if (error == 0)
                return std::move(m_running[at]);
            m_error = error;
            m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(at));
        }
        return {};
    }

    std::deque<Address> m_waiting;
    std::vector<Descriptor> m_running;
    Clock::time_point m_next;
    int m_error = 0;
};

} // namespace

Result<Descriptor> dial(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout,
    const Interrupt& interrupt)
{
    const auto deadline = Clock::now() + timeout;
    return resolve(host, port, deadline, interrupt).and_then([&](std::deque<Address> addresses) {
        return Race(std::move(addresses)).run(host + ":" + std::to_string(port), deadline, interrupt);
    });
}

} // namespace sluicegate::ssh
