// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/handshake.h"

#include "models/ssh/dial.h"
#include "models/ssh/knownhosts.h"

#include <algorithm>
#include <array>
#include <cerrno>

#include <arpa/inet.h>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>

namespace sluicegate::ssh {

using base::fail;
using base::Failure;
using base::FailureKind;
using base::Result;
using std::chrono::milliseconds;

namespace {

// libssh would put chacha20 first, which halves the rate.
constexpr const char* ciphers = "aes128-gcm@openssh.com,aes256-gcm@openssh.com,chacha20-poly1305@openssh.com,"
                                "aes256-ctr,aes128-ctr";
constexpr std::array<std::string_view, 6> keyAlgorithms {"ssh-ed25519", "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", "rsa-sha2-512", "rsa-sha2-256"};

std::vector<std::filesystem::path> knownHostsFiles(const Target& target)
{
    if (!target.knownHosts.empty())
        return target.knownHosts;
    return {homeFolder() / ".ssh/known_hosts", "/etc/ssh/ssh_known_hosts"};
}

// A key of the recorded type must be presented if the server has one, else it would look unknown.
std::string orderedAlgorithms(const std::vector<std::string>& recorded)
{
    std::vector<std::string_view> order;
    const auto add = [&order](std::string_view name) {
        if (std::ranges::contains(keyAlgorithms, name) && !std::ranges::contains(order, name))
            order.push_back(name);
    };
    for (const auto& type : recorded) {
        if (type == "ssh-rsa") {
            add("rsa-sha2-512");
            add("rsa-sha2-256");
        }
        add(type);
    }
    std::ranges::for_each(keyAlgorithms, add);
    std::string list;
    for (const auto name : order)
        list.append(list.empty() ? "" : ",").append(name);
    return list;
}

bool isLocal(int socket)
{
    sockaddr_storage peer {};
    socklen_t size = sizeof peer;
    if (getpeername(socket, reinterpret_cast<sockaddr*>(&peer), &size) != 0)
        return false;
    if (peer.ss_family == AF_UNIX)
        return true;
    if (peer.ss_family == AF_INET)
        return ntohl(reinterpret_cast<const sockaddr_in&>(peer).sin_addr.s_addr) >> 24 == 127;
    return peer.ss_family == AF_INET6
        && IN6_IS_ADDR_LOOPBACK(&reinterpret_cast<const sockaddr_in6&>(peer).sin6_addr);
}

enum class First { Spoke, Silent };

// A web server stays silent until it is spoken to, so silence is left to libssh after a while; what speaks
// first and is no SSH server is recognised here with its own words.
Result<First> lookAtGreeting(int socket, const Making& making, const std::string& subject)
{
    const auto patience = std::min<milliseconds>(making.target.timeout, milliseconds(2000));
    pollfd waits[] = {{socket, POLLIN, 0}, {making.interrupt.descriptor(), POLLIN, 0}};
    const bool cancelled = making.interrupt.requested();
    const int ready = cancelled ? 0 : ::poll(waits, 2, static_cast<int>(patience.count()));
    if (making.interrupt.requested())
        return fail(FailureKind::Cancelled, subject);
    if (ready <= 0 || waits[0].revents == 0)
        return First::Silent;
    std::array<char, 256> head {};
    const auto size = ::recv(socket, head.data(), head.size(), MSG_PEEK | MSG_DONTWAIT);
    if (size <= 0)
        return fail(FailureKind::ConnectionLost, subject, "closed before its SSH greeting");
    const std::string_view text(head.data(), static_cast<std::size_t>(size));
    const std::string line(text.substr(0, text.find_first_of("\r\n")));
    // RFC 4253, 4.2: other lines may come first, so only the well-known strangers are named.
    for (const std::string_view stranger : {"HTTP/", "220 ", "220-", "* OK", "+OK", "\x15\x03"})
        if (text.starts_with(stranger))
            return fail(FailureKind::NotSsh, subject, line);
    if (text.starts_with("SSH-1.") && !text.starts_with("SSH-1.99"))
        return fail(FailureKind::Unsupported, subject, line);
    return First::Spoke;
}

template <typename T> void set(ssh_session session, ssh_options_e option, const T& value)
{
    ssh_options_set(session, option, &value);
}

// A name with a percent sign must not be taken for one of libssh's own escapes.
std::string withoutEscapes(std::string text)
{
    for (auto at = text.find('%'); at != std::string::npos; at = text.find('%', at + 2))
        text.insert(at, 1, '%');
    return text;
}

// Nothing is read from any configuration file: a "Match exec" there would run programs.
Result<SessionHandle> prepare(const Making& making, const Identity& identity)
{
    if (ssh_version(SSH_VERSION_INT(0, 11, 4)) == nullptr)
        return fail(FailureKind::Unsupported, "libssh",
            std::string("0.11.4 or newer is needed, this is ") + ssh_version(0));
    SessionHandle handle(ssh_new());
    const auto session = handle.get();
    const auto timeout = making.target.timeout;
    set(session, SSH_OPTIONS_PROCESS_CONFIG, false);
    ssh_options_set(session, SSH_OPTIONS_USER, identity.user.c_str());
    ssh_options_set(session, SSH_OPTIONS_KNOWNHOSTS, "/dev/null");
    ssh_options_set(session, SSH_OPTIONS_GLOBAL_KNOWNHOSTS, "/dev/null");
    set(session, SSH_OPTIONS_STRICTHOSTKEYCHECK, 1);
    set(session, SSH_OPTIONS_NODELAY, 1);
    set(session, SSH_OPTIONS_TIMEOUT, static_cast<long>(timeout.count() / 1000));
    set(session, SSH_OPTIONS_TIMEOUT_USEC, static_cast<long>(timeout.count() % 1000 * 1000));
    ssh_options_set(session, SSH_OPTIONS_CIPHERS_C_S, ciphers);
    ssh_options_set(session, SSH_OPTIONS_CIPHERS_S_C, ciphers);
    ssh_options_set(session, SSH_OPTIONS_COMPRESSION, "no");
    const auto recorded = recordedKeyTypes(knownHostsFiles(making.target), identity.host, identity.port);
    ssh_options_set(session, SSH_OPTIONS_HOSTKEYS, orderedAlgorithms(recorded).c_str());
    // Which keys of the agent may be offered; libssh reads the list while connecting.
    for (const auto& path : making.target.identities)
        ssh_options_set(session, SSH_OPTIONS_ADD_IDENTITY, withoutEscapes(path.string()).c_str());
    return handle;
}

Failure noGreeting(
    ssh_session session, const Interrupt& interrupt, const std::string& subject, int code, First first)
{
    auto failure = broken(session, interrupt, subject);
    if (failure.kind == FailureKind::Cancelled)
        return failure;
    const bool timedOut = code == SSH_AGAIN || failure.detail.contains("imeout");
    if (timedOut)
        return {FailureKind::Timeout, subject, "no complete SSH greeting in time"};
    const bool greeted = ssh_get_serverbanner(session) != nullptr;
    const bool disagreed = greeted && failure.detail.contains("no match for method");
    if (disagreed)
        return {FailureKind::Unsupported, subject, failure.detail};
    const bool closed = failure.detail.contains("ocket error") || failure.detail.contains("disconnected")
        || failure.detail.contains("closed");
    if (!greeted && closed && first == First::Silent)
        return {FailureKind::NotSsh, subject, "silent until it was spoken to, then closed"};
    if (!greeted && closed)
        failure.detail = "closed before its SSH greeting: " + failure.detail;
    failure.kind = greeted || closed ? FailureKind::ConnectionLost : FailureKind::NotSsh;
    return failure;
}

Failure refusal(FailureKind kind, const Identity& identity, const HostKeyFinding& found)
{
    auto detail = "presented " + identity.keyType + ' ' + identity.fingerprint;
    if (!found.entry.empty())
        detail += ", on file " + found.recorded + " in " + found.entry;
    return {kind, knownHostsName(identity.host, identity.port), detail};
}

HostKeyAnswer askAboutKey(const Making& making, const Identity& identity, const HostKeyFinding& found)
{
    // With a key of another type on file, a "new" key may be somebody else's: never accepted unseen.
    if (making.target.acceptNew == AcceptNew::Yes && found.entry.empty())
        return HostKeyAnswer::AcceptAndSave;
    if (!making.asker.hostKey)
        return HostKeyAnswer::Refuse;
    return making.asker.hostKey({.host = knownHostsName(identity.host, identity.port),
        .keyType = identity.keyType,
        .fingerprint = identity.fingerprint,
        .otherKey = found.entry});
}

Result<void> checkHostKey(ssh_session session, const Making& making, Identity& identity)
{
    ssh_key raw = nullptr;
    ssh_get_server_publickey(session, &raw);
    const KeyHandle owner(raw);
    const auto key = publicKey(raw);
    if (!key)
        return fail(FailureKind::Hostile, identity.host, "the host key cannot be read");
    identity.keyType = key->type;
    identity.fingerprint = fingerprint(*key);
    const auto files = knownHostsFiles(making.target);
    const auto found = findHostKey(files, identity.host, identity.port, *key);
    switch (found.state) {
    case HostKeyState::Trusted:
        return {};
    case HostKeyState::Changed:
        return std::unexpected(refusal(FailureKind::HostKeyChanged, identity, found));
    case HostKeyState::Revoked:
        return std::unexpected(refusal(FailureKind::HostKeyRevoked, identity, found));
    case HostKeyState::Unknown:
        break;
    }
    const auto answer = askAboutKey(making, identity, found);
    if (making.interrupt.requested())
        return fail(FailureKind::Cancelled, identity.host);
    if (answer == HostKeyAnswer::Refuse)
        return std::unexpected(refusal(FailureKind::HostKeyUnknown, identity, found));
    if (answer == HostKeyAnswer::AcceptAndSave)
        return saveHostKey(files.front(), identity.host, identity.port, *key);
    return {};
}

Result<Descriptor> socketFor(const Target& target, const Interrupt& interrupt)
{
    if (target.connectedSocket >= 0)
        return Descriptor(target.connectedSocket);
    return dial(target.host, target.port, target.timeout, interrupt);
}

} // namespace

std::filesystem::path homeFolder()
{
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
        return home;
    const passwd* entry = getpwuid(getuid());
    return entry != nullptr ? entry->pw_dir : "/";
}

std::string localUser()
{
    const passwd* entry = getpwuid(getuid());
    return entry != nullptr ? entry->pw_name : "root";
}

Failure broken(ssh_session session, const Interrupt& interrupt, const std::string& subject)
{
    if (interrupt.requested())
        return {FailureKind::Cancelled, subject, {}};
    return {FailureKind::ConnectionLost, subject, ssh_get_error(session)};
}

Result<Greeted> greet(const Making& making)
{
    const auto& target = making.target;
    Greeted greeted;
    greeted.identity = {.host = target.host,
        .port = target.port,
        .user = target.user.empty() ? localUser() : target.user,
        .keyType = {},
        .fingerprint = {}};
    auto socket = socketFor(target, making.interrupt);
    if (!socket)
        return std::unexpected(socket.error());
    const auto subject = target.host + ':' + std::to_string(target.port);
    making.interrupt.watch(socket->get());
    greeted.local = isLocal(socket->get());
    const auto looked = lookAtGreeting(socket->get(), making, subject);
    if (!looked)
        return std::unexpected(looked.error());
    auto session = prepare(making, greeted.identity);
    if (!session)
        return std::unexpected(session.error());
    greeted.session = std::move(*session);
    set(greeted.session.get(), SSH_OPTIONS_FD, socket->release());
    if (const int code = ssh_connect(greeted.session.get()); code != SSH_OK)
        return std::unexpected(noGreeting(greeted.session.get(), making.interrupt, subject, code, *looked));
    if (auto checked = checkHostKey(greeted.session.get(), making, greeted.identity); !checked)
        return std::unexpected(checked.error());
    return greeted;
}

} // namespace sluicegate::ssh
