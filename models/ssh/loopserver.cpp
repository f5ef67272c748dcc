// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/loopserver.h"

#include "models/ssh/loopconnection.h"
#include "models/ssh/publickey.h"

#include <cerrno>
#include <cstring>
#include <list>
#include <mutex>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr std::size_t connectionLimit = 64;

Result<KeyHandle> makeKey()
{
    ssh_key key = nullptr;
    if (ssh_pki_generate(SSH_KEYTYPE_ED25519, 0, &key) != SSH_OK)
        return fail(FailureKind::Unsupported, "host key", "ssh_pki_generate failed");
    return KeyHandle(key);
}

Result<KeyHandle> readKey(const std::string& file)
{
    ssh_key key = nullptr;
    if (ssh_pki_import_privkey_file(file.c_str(), nullptr, nullptr, nullptr, &key) != SSH_OK)
        return fail(FailureKind::NotUnderstood, file, "not a private key, or not readable");
    return KeyHandle(key);
}

// Created exclusively and private from its first byte on.
Result<KeyHandle> createKey(const std::string& file)
{
    auto key = makeKey();
    char* text = nullptr;
    if (!key || ssh_pki_export_privkey_base64(key->get(), nullptr, nullptr, nullptr, &text) != SSH_OK)
        return fail(FailureKind::Unsupported, file, "the host key cannot be written as text");
    const TextHandle owner(text);
    const Descriptor out(::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    const std::size_t size = std::strlen(text);
    if (!out || ::write(out.get(), text, size) != static_cast<ssize_t>(size))
        return fail(FailureKind::WriteFailed, file, std::strerror(errno));
    return key;
}

Result<KeyHandle> hostKey(const std::string& file)
{
    if (file.empty())
        return makeKey();
    struct stat info {};
    return ::stat(file.c_str(), &info) == 0 ? readKey(file) : createKey(file);
}

class Loop final : public LoopServer {
public:
    Loop(ExecHost host, KeyHandle key, PublicKey identity)
        : m_host(std::move(host))
        , m_key(std::move(key))
        , m_identity(std::move(identity))
        , m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    {
    }
    ~Loop() override;

    Result<std::uint16_t> listen(std::uint16_t port) override;
    Result<int> connectedPair() override;
    std::string knownHostsLine(std::string_view host) const override
    {
        return ssh::knownHostsLine(host, m_identity);
    }
    std::string fingerprint() const override { return ssh::fingerprint(m_identity); }

private:
    bool adopt(Descriptor peer);
    void accept(int listener, const std::stop_token& stop);

    ExecHost m_host;
    KeyHandle m_key;
    PublicKey m_identity;
    Descriptor m_wake;
    std::mutex m_answering;
    std::mutex m_guard;
    std::list<LoopConnection> m_connections; // guarded by m_guard
    Descriptor m_listener;
    std::jthread m_acceptor;
};

Loop::~Loop()
{
    m_acceptor.request_stop();
    eventfd_write(m_wake.get(), 1);
    if (m_acceptor.joinable())
        m_acceptor.join();
}

bool Loop::adopt(Descriptor peer)
{
    const std::scoped_lock lock(m_guard);
    m_connections.remove_if([](const LoopConnection& connection) { return connection.isOver(); });
    KeyHandle key(ssh_key_dup(m_key.get()));
    if (!key || m_connections.size() >= connectionLimit)
        return false;
    m_connections.emplace_back(std::move(peer), std::move(key), m_host, m_answering);
    return true;
}

void Loop::accept(int listener, const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        pollfd waits[] = {{listener, POLLIN, 0}, {m_wake.get(), POLLIN, 0}};
        if (::poll(waits, 2, -1) < 0 && errno != EINTR)
            return;
        if ((waits[0].revents & POLLIN) == 0)
            continue;
        Descriptor peer(::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC));
        if (peer)
            adopt(std::move(peer));
    }
}

Result<std::uint16_t> Loop::listen(std::uint16_t port)
{
    const std::string subject = "127.0.0.1:" + std::to_string(port);
    if (m_host.password.empty())
        return fail(FailureKind::Usage, subject, "a listening server needs a password");
    if (m_listener)
        return fail(FailureKind::Usage, subject, "already listening");
    Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    const int on = 1;
    setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener.get(), generic, size) != 0 || ::listen(listener.get(), 16) != 0
        || ::getsockname(listener.get(), generic, &size) != 0)
        return fail(FailureKind::Unreachable, subject, std::strerror(errno));
    m_listener = std::move(listener);
    m_acceptor
        = std::jthread([this, fd = m_listener.get()](const std::stop_token& stop) { accept(fd, stop); });
    return ntohs(address.sin_port);
}

Result<int> Loop::connectedPair()
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
        return fail(FailureKind::Unreachable, "socket pair", std::strerror(errno));
    Descriptor client(ends[0]);
    if (!adopt(Descriptor(ends[1])))
        return fail(FailureKind::Unreachable, "socket pair", "too many connections");
    return client.release();
}

} // namespace

Result<std::unique_ptr<LoopServer>> LoopServer::start(ExecHost host, const std::string& keyFile)
{
    auto key = hostKey(keyFile);
    if (!key)
        return std::unexpected(key.error());
    auto identity = publicKey(key->get());
    if (!identity)
        return fail(FailureKind::Unsupported, keyFile, "the host key has no public half");
    return std::make_unique<Loop>(std::move(host), std::move(*key), std::move(*identity));
}

} // namespace sluicegate::ssh
