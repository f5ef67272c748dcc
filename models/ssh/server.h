// SPDX-License-Identifier: GPL-3.0-or-later
// The one port to a server: run a command, stream one. Real connections, the demo and the tests' fakes stand
// behind it.
#pragma once

#include "models/base/failure.h"
#include "models/base/instant.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::ssh {

enum class Privilege { Plain, Root }; // Root: as root directly, or by sudo when the login is not root

/// A fixed script with arguments. The arguments are quoted by ssh::wrap() so that no byte of them reaches a
/// shell as code, whatever the login shell is; they arrive as $1, $2, ... in `script`, which runs under sh
/// with LC_ALL=C.
struct Command {
    std::string script;
    std::vector<std::string> arguments;
    std::string input; // standard input
    Privilege privilege = Privilege::Plain;
    std::chrono::milliseconds timeout = std::chrono::seconds(30);
};

/// A command that ran to its end. A non-zero exit status is data here, not a Failure.
struct Output {
    std::string out;
    std::string err;
    int exitStatus = 0;
    std::string signal; // name of the signal that ended it, if one did
};

/// The log puller's header: one open file, announced before its bytes come.
struct FileStat {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified = 0; // seconds since the epoch
    bool operator==(const FileStat&) const = default;
};

struct PullProgress {
    std::uint64_t received = 0; // bytes of the file so far (decompressed)
    std::uint64_t expected = 0;
    std::uint64_t wire = 0; // bytes that crossed the network
};

/// Where pulled bytes go; returns false to abort (disk full). Sink and Progress run on the connection's
/// thread while the caller of pull() waits.
using Sink = std::function<bool(std::string_view)>;
using Progress = std::function<void(const PullProgress&)>;

/// Who the other side proved to be.
struct Identity {
    std::string host;
    std::uint16_t port = 22;
    std::string user;
    std::string keyType; // "ssh-ed25519"
    std::string fingerprint; // "SHA256:..."
};

/// Blocking calls; safe from any one thread at a time, cancelled by the token within 100 ms.
class Server {
public:
    virtual ~Server() = default;

    virtual base::Result<Output> run(const Command& command, std::stop_token stop = {}) = 0;

    /// Streams a regular file from one open descriptor into `sink`. Truncated when fewer bytes come than were
    /// announced, NotFound, CommandFailed.
    virtual base::Result<FileStat> pull(const std::string& path, Privilege privilege, const Sink& sink,
        const Progress& progress = {}, std::stop_token stop = {})
        = 0;

    virtual const Identity& identity() const = 0;
};

} // namespace sluicegate::ssh
