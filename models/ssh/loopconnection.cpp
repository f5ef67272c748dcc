// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/loopconnection.h"

#include <libssh/callbacks.h>
#include <libssh/server.h>

#include <algorithm>
#include <csignal>
#include <list>
#include <optional>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace sluicegate::ssh {

namespace {

constexpr std::size_t inputLimit = 64u << 20;
constexpr int loginAttempts = 6;
constexpr std::size_t channelLimit = 10;

using BindHandle = std::unique_ptr<ssh_bind_struct, Release<ssh_bind_free>>;

/// One channel: libssh's callbacks only note what came, the loop acts on it.
struct Exec {
    ssh_channel channel = nullptr;
    ssh_channel_callbacks_struct callbacks {};
    std::string command;
    std::string input;
    ExecReply reply;
    std::size_t outSent = 0;
    std::size_t errSent = 0;
    bool requested = false;
    std::optional<bool> wantsInput;
    bool inputEnded = false;
    bool answered = false;
    bool over = false;
};

/// One client from key exchange to good-bye. All of it happens on one thread.
class Service {
public:
    Service(const ExecHost& host, std::mutex& answering) : m_host(host), m_answering(answering) { }

    void serve(Descriptor peer, KeyHandle hostKey);

private:
    bool openSession(Descriptor peer, KeyHandle hostKey);
    void loop();
    bool pump();
    bool pump(Exec& exec);
    bool answer(Exec& exec);
    bool write(Exec& exec, const std::string& text, std::size_t& sent, bool isError);
    void end(Exec& exec);
    int login(bool right);

    static int onNone(ssh_session, const char* user, void* self);
    static int onPassword(ssh_session, const char* user, const char* password, void* self);
    static ssh_channel onChannel(ssh_session, void* self);
    static int onExec(ssh_session, ssh_channel, const char* command, void* exec);
    static int onData(ssh_session, ssh_channel, void* data, std::uint32_t size, int isError, void* exec);
    static void onEof(ssh_session, ssh_channel, void* exec);

    const ExecHost& m_host;
    std::mutex& m_answering;
    std::list<Exec> m_execs; // before the session: its callbacks point here
    ssh_server_callbacks_struct m_callbacks {};
    SessionHandle m_session;
    bool m_loggedIn = false;
    bool m_drop = false;
    int m_refused = 0;
};

bool Service::openSession(Descriptor peer, KeyHandle hostKey)
{
    m_session.reset(ssh_new());
    const BindHandle bind(ssh_bind_new());
    if (!m_session || !bind)
        return false;
    const bool readConfiguration = false;
    ssh_bind_options_set(bind.get(), SSH_BIND_OPTIONS_PROCESS_CONFIG, &readConfiguration);
    if (ssh_bind_options_set(bind.get(), SSH_BIND_OPTIONS_IMPORT_KEY, hostKey.get()) != SSH_OK)
        return false;
    hostKey.release(); // the bind frees it
    const int on = 1;
    setsockopt(peer.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on); // a socket pair just refuses
    if (ssh_bind_accept_fd(bind.get(), m_session.get(), peer.release()) != SSH_OK)
        return false;
    const long seconds = 30;
    ssh_options_set(m_session.get(), SSH_OPTIONS_TIMEOUT, &seconds);
    m_callbacks.userdata = this;
    m_callbacks.auth_none_function = &Service::onNone;
    m_callbacks.auth_password_function = &Service::onPassword;
    m_callbacks.channel_open_request_session_function = &Service::onChannel;
    ssh_callbacks_init(&m_callbacks);
    ssh_set_server_callbacks(m_session.get(), &m_callbacks);
    ssh_set_auth_methods(
        m_session.get(), m_host.password.empty() ? SSH_AUTH_METHOD_NONE : SSH_AUTH_METHOD_PASSWORD);
    return ssh_handle_key_exchange(m_session.get()) == SSH_OK;
}

void Service::serve(Descriptor peer, KeyHandle hostKey)
{
    if (openSession(std::move(peer), std::move(hostKey)))
        loop();
    if (m_session && m_drop)
        ssh_silent_disconnect(m_session.get());
    else if (m_session)
        ssh_disconnect(m_session.get());
}

void Service::loop()
{
    const EventHandle event(ssh_event_new());
    if (!event || ssh_event_add_session(event.get(), m_session.get()) != SSH_OK)
        return;
    while (!m_drop && m_refused < loginAttempts && ssh_is_connected(m_session.get())) {
        const bool moved = pump();
        if (!m_drop && ssh_event_dopoll(event.get(), moved ? 0 : 1000) == SSH_ERROR)
            break;
    }
    ssh_event_remove_session(event.get(), m_session.get());
}

bool Service::pump()
{
    bool moved = false;
    for (auto& exec : m_execs)
        moved |= pump(exec);
    std::erase_if(m_execs, [](const Exec& exec) { return exec.over; });
    return moved;
}

bool Service::pump(Exec& exec)
{
    if (ssh_channel_is_closed(exec.channel)) {
        ssh_channel_free(exec.channel);
        exec.over = true;
        return true;
    }
    if (!exec.requested || (!exec.answered && !answer(exec)))
        return false;
    const bool movedErr = write(exec, exec.reply.err, exec.errSent, true);
    const bool movedOut = write(exec, exec.reply.out, exec.outSent, false);
    if (exec.errSent == exec.reply.err.size() && exec.outSent == exec.reply.out.size())
        end(exec);
    return movedErr || movedOut;
}

bool Service::answer(Exec& exec)
{
    const std::scoped_lock lock(m_answering);
    if (!exec.wantsInput)
        exec.wantsInput = m_host.wantsInput && m_host.wantsInput(exec.command);
    if (*exec.wantsInput && !exec.inputEnded)
        return false;
    exec.reply = m_host.answer(exec.command, exec.input);
    return exec.answered = true;
}

// Never more than the client's window: a blocking write would starve the other channels.
bool Service::write(Exec& exec, const std::string& text, std::size_t& sent, bool isError)
{
    const std::size_t room = ssh_channel_window_size(exec.channel);
    const auto size
        = static_cast<std::uint32_t>(std::min({room, text.size() - sent, std::size_t {256u << 10}}));
    if (size == 0)
        return false;
    const int written = isError ? ssh_channel_write_stderr(exec.channel, text.data() + sent, size)
                                : ssh_channel_write(exec.channel, text.data() + sent, size);
    // A client may close its channel while bytes are on their way: that ends the channel, not the connection.
    if (written < 0) {
        m_drop = !ssh_channel_is_closed(exec.channel) || !ssh_is_connected(m_session.get());
        return !m_drop;
    }
    sent += static_cast<std::size_t>(written);
    return written > 0;
}

void Service::end(Exec& exec)
{
    switch (exec.reply.ending) {
    case Ending::Silence:
        return;
    case Ending::Drop:
        ssh_blocking_flush(m_session.get(), 1000);
        m_drop = true;
        return;
    case Ending::Signal:
        ssh_channel_request_send_exit_signal(exec.channel, "KILL", 0, "", "");
        break;
    case Ending::Exit:
        ssh_channel_request_send_exit_status(exec.channel, exec.reply.exitStatus);
        break;
    }
    ssh_channel_send_eof(exec.channel);
    ssh_channel_close(exec.channel);
    ssh_channel_free(exec.channel);
    exec.over = true;
}

int Service::login(bool right)
{
    m_loggedIn = right;
    m_refused += right ? 0 : 1;
    return right ? SSH_AUTH_SUCCESS : SSH_AUTH_DENIED;
}

int Service::onNone(ssh_session, const char* user, void* self)
{
    auto& service = *static_cast<Service*>(self);
    if (!service.m_host.password.empty())
        return SSH_AUTH_DENIED; // how every client asks for the methods: no attempt
    return service.login(user != nullptr && service.m_host.user == user);
}

int Service::onPassword(ssh_session, const char* user, const char* password, void* self)
{
    auto& service = *static_cast<Service*>(self);
    const bool right = user != nullptr && password != nullptr && !service.m_host.password.empty()
        && service.m_host.user == user && service.m_host.password == password;
    return service.login(right);
}

ssh_channel Service::onChannel(ssh_session session, void* self)
{
    auto& service = *static_cast<Service*>(self);
    if (!service.m_loggedIn || service.m_execs.size() >= channelLimit)
        return nullptr;
    const ssh_channel channel = ssh_channel_new(session);
    if (channel == nullptr)
        return nullptr;
    auto& exec = service.m_execs.emplace_back();
    exec.channel = channel;
    exec.callbacks.userdata = &exec;
    exec.callbacks.channel_exec_request_function = &Service::onExec;
    exec.callbacks.channel_data_function = &Service::onData;
    exec.callbacks.channel_eof_function = &Service::onEof;
    ssh_callbacks_init(&exec.callbacks);
    ssh_set_channel_callbacks(channel, &exec.callbacks);
    return channel;
}

int Service::onExec(ssh_session, ssh_channel, const char* command, void* user)
{
    auto& exec = *static_cast<Exec*>(user);
    if (command == nullptr || exec.requested)
        return SSH_ERROR;
    exec.command = command;
    exec.requested = true;
    return SSH_OK;
}

int Service::onData(ssh_session, ssh_channel, void* data, std::uint32_t size, int, void* user)
{
    auto& exec = *static_cast<Exec*>(user);
    if (!exec.answered && exec.input.size() + size <= inputLimit)
        exec.input.append(static_cast<const char*>(data), size);
    return static_cast<int>(size);
}

void Service::onEof(ssh_session, ssh_channel, void* user)
{
    static_cast<Exec*>(user)->inputEnded = true;
}

} // namespace

LoopConnection::LoopConnection(
    Descriptor peer, KeyHandle hostKey, const ExecHost& host, std::mutex& answering)
    : m_cut(::dup(peer.get()))
    , m_thread([this, peer = std::move(peer), hostKey = std::move(hostKey), &host, &answering]() mutable {
        sigset_t brokenPipe;
        sigemptyset(&brokenPipe);
        sigaddset(&brokenPipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr);
        Service(host, answering).serve(std::move(peer), std::move(hostKey));
        // The second descriptor would keep the connection open.
        ::shutdown(m_cut.get(), SHUT_RDWR);
        m_over = true;
    })
{
}

LoopConnection::~LoopConnection()
{
    ::shutdown(m_cut.get(), SHUT_RDWR);
}

} // namespace sluicegate::ssh
