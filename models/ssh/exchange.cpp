// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/exchange.h"

#include <libssh/callbacks.h>

#include <algorithm>

namespace sluicegate::ssh {

using base::fail;
using base::Failure;
using base::FailureKind;
using base::Result;
using std::chrono::milliseconds;

namespace {

constexpr std::uint32_t readSize = 256u << 10;
constexpr std::size_t writeSize = 64u << 10;
// A command may leave a child behind that keeps its output open: then no end of the stream ever comes.
constexpr auto lingering = milliseconds(1500);

} // namespace

/// The channel and what its callbacks noted. It is closed when abandoned, and only if it ever stood: closing
/// a channel whose opening was refused makes OpenSSH drop the whole connection.
struct Exchange::Channel {
    explicit Channel(ssh_session session) : handle(ssh_channel_new(session))
    {
        callbacks.userdata = this;
        callbacks.channel_exit_status_function = [](ssh_session, ssh_channel, int status, void* user) {
            auto& self = *static_cast<Channel*>(user);
            self.ended.exitStatus = status;
            self.exited = true;
        };
        callbacks.channel_exit_signal_function
            = [](ssh_session, ssh_channel, const char* signal, int, const char*, const char*, void* user) {
                  auto& self = *static_cast<Channel*>(user);
                  self.ended = {.exitStatus = -1, .signal = signal != nullptr ? signal : "?"};
                  self.exited = true;
              };
        ssh_callbacks_init(&callbacks);
        if (handle != nullptr)
            ssh_set_channel_callbacks(handle, &callbacks);
    }
    Channel(const Channel&) = delete;
    Channel& operator=(const Channel&) = delete;
    ~Channel()
    {
        if (handle == nullptr)
            return;
        if (running && ssh_channel_is_open(handle))
            ssh_channel_request_send_signal(handle, "TERM");
        if (open)
            ssh_channel_close(handle);
        ssh_channel_free(handle);
    }

    ssh_channel handle;
    ssh_channel_callbacks_struct callbacks {};
    Ended ended;
    bool open = false;
    bool running = false;
    bool exited = false;
};

Exchange::Exchange(Link& link) : m_link(link), m_buffer(readSize) { }

void Exchange::send(std::string_view input)
{
    m_input += input;
}

Failure Exchange::lost(const std::string& fallback) const
{
    auto failure = broken(m_link.session, m_link.interrupt, m_link.subject);
    if (failure.detail.empty())
        failure.detail = fallback;
    return failure;
}

Result<void> Exchange::inTime() const
{
    if (m_link.interrupt.requested())
        return fail(FailureKind::Cancelled, m_link.subject);
    if (Clock::now() >= m_deadline)
        return fail(FailureKind::Timeout, m_link.subject,
            m_patience == Patience::Whole ? "the command did not end in time" : "the server fell silent");
    return {};
}

// Waits for the network, a request to stop or the deadline, whichever comes first.
void Exchange::pause()
{
    const auto left = std::chrono::ceil<milliseconds>(m_deadline - Clock::now());
    ssh_event_dopoll(
        m_link.event, static_cast<int>(std::clamp(left, milliseconds(0), milliseconds(500)).count()));
}

Result<void> Exchange::await(const std::function<int()>& call, const std::string& what)
{
    for (;;) {
        const int code = call();
        if (auto still = inTime(); !still || code == SSH_OK)
            return still;
        if (code != SSH_AGAIN && ssh_is_connected(m_link.session))
            return fail(
                FailureKind::CommandFailed, m_link.subject, what + ": " + ssh_get_error(m_link.session));
        if (code != SSH_AGAIN)
            return std::unexpected(lost(what));
        pause();
    }
}

Result<void> Exchange::feed(Channel& channel)
{
    if (m_sent < m_input.size() && ssh_channel_is_open(channel.handle)) {
        const auto room = std::min<std::size_t>(ssh_channel_window_size(channel.handle), writeSize);
        const auto size = static_cast<std::uint32_t>(std::min(room, m_input.size() - m_sent));
        const int written = size > 0 ? ssh_channel_write(channel.handle, m_input.data() + m_sent, size) : 0;
        // A command may end without reading its input: that is no lost connection, and what it said comes
        // yet.
        const bool unwanted = written < 0 && ssh_is_connected(m_link.session) != 0 && channel.exited;
        if (unwanted)
            m_sent = m_input.size();
        else if (written < 0 && written != SSH_AGAIN)
            return std::unexpected(lost("writing to the command"));
        m_sent += static_cast<std::size_t>(std::max(written, 0));
        m_moved |= written > 0;
    }
    if (m_closeInput && !m_inputClosed && m_sent == m_input.size()) {
        m_inputClosed = true;
        ssh_channel_send_eof(channel.handle);
    }
    return {};
}

// Both streams share one window: whoever leaves one unread starves the other.
Result<void> Exchange::drain(Channel& channel, int isError)
{
    const int size = ssh_channel_read_nonblocking(channel.handle, m_buffer.data(), readSize, isError);
    if (size <= 0)
        return {};
    m_moved = true;
    const std::string_view bytes(m_buffer.data(), static_cast<std::size_t>(size));
    const auto& take = isError != 0 ? onErr : onOut;
    return take ? take(bytes) : Result<void> {};
}

Result<Ended> Exchange::converse(Channel& channel)
{
    auto quietSince = Clock::now();
    for (;;) {
        m_moved = false;
        for (const auto& done : {inTime(), feed(channel), drain(channel, 1), drain(channel, 0)})
            if (!done)
                return std::unexpected(done.error());
        if (m_moved) {
            quietSince = Clock::now();
            if (m_patience == Patience::Silence)
                m_deadline = quietSince + m_timeout;
            continue;
        }
        const bool connected = ssh_is_connected(m_link.session) != 0;
        const bool closed = connected && ssh_channel_is_closed(channel.handle);
        if (channel.exited && (closed || ssh_channel_is_eof(channel.handle)))
            return channel.ended;
        if (!connected)
            return std::unexpected(lost("disconnected"));
        if (closed)
            return fail(FailureKind::CommandFailed, m_link.subject, "ended without an exit status");
        if (channel.exited && Clock::now() - quietSince > lingering)
            return channel.ended;
        pause();
    }
}

Result<Ended> Exchange::run(const std::string& command, milliseconds timeout, Patience patience)
{
    m_patience = patience;
    m_timeout = timeout;
    const auto begin = Clock::now();
    m_deadline = begin + timeout;
    Channel channel(m_link.session);
    if (channel.handle == nullptr || !ssh_is_connected(m_link.session))
        return std::unexpected(lost("disconnected"));
    auto opened
        = await([&] { return ssh_channel_open_session(channel.handle); }, "the server opened no channel");
    if (!opened)
        return std::unexpected(opened.error());
    channel.open = true;
    m_link.fastest = std::min(m_link.fastest, std::chrono::duration_cast<milliseconds>(Clock::now() - begin));
    auto started = await([&] { return ssh_channel_request_exec(channel.handle, command.c_str()); },
        "the server runs no command");
    if (!started)
        return std::unexpected(started.error());
    channel.running = true;
    auto ended = converse(channel);
    channel.running = !ended.has_value();
    return ended;
}

} // namespace sluicegate::ssh
