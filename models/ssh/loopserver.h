// SPDX-License-Identifier: GPL-3.0-or-later
// The server side of libssh: an SSH server whose commands are answered by a function. For the demo and the
// tests.
#pragma once

#include "models/base/failure.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace sluicegate::ssh {

/// How an answer ends; everything but Exit is for trying a client's nerves.
enum class Ending {
    Exit,
    Signal, // killed by SIGKILL
    Drop, // the connection breaks off behind the last byte
    Silence, // neither an exit status nor the end of the stream ever comes
};

struct ExecReply {
    std::string out;
    std::string err;
    int exitStatus = 0;
    Ending ending = Ending::Exit;
};

/// Both functions are called on the server's threads, never two at a time.
struct ExecHost {
    /// Whether the command reads its standard input to the end before it answers.
    std::function<bool(std::string_view command)> wantsInput;
    std::function<ExecReply(std::string_view command, std::string_view input)> answer;
    std::string user; // the only login
    std::string password; // empty: "none" authentication is enough (socket pair only)
};

/// Serves any number of connections, one thread each, until destroyed. Host key: ed25519, made at the start
/// or read from `keyFile`, where it is created (mode 0600) if the file does not exist.
class LoopServer {
public:
    static base::Result<std::unique_ptr<LoopServer>> start(ExecHost host, const std::string& keyFile = {});
    virtual ~LoopServer() = default;

    /// Listens on 127.0.0.1; port 0 lets the system choose. Gives the port. Refused (Usage) without a
    /// password: another user of this machine could log in.
    virtual base::Result<std::uint16_t> listen(std::uint16_t port) = 0;
    /// Opens no port: the client's end of a socket pair whose other end is served; the caller owns it.
    virtual base::Result<int> connectedPair() = 0;
    /// The host key as a known_hosts entry for `host` ("[127.0.0.1]:2222", "demo"), without a line end.
    virtual std::string knownHostsLine(std::string_view host) const = 0;
    virtual std::string fingerprint() const = 0;
};

} // namespace sluicegate::ssh
