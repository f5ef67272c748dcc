// SPDX-License-Identifier: GPL-3.0-or-later
// A connection to a real SSH server: its session lives on a thread of its own and never leaves it.
#pragma once

#include "models/ssh/server.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluicegate::ssh {

enum class AcceptNew { No, Yes };

/// Where and how to connect. Nothing is read from ~/.ssh/config implicitly: see ssh::importConfig().
struct Target {
    std::string host;
    std::uint16_t port = 22;
    std::string user; // empty: the local user name
    std::vector<std::filesystem::path> identities; // key files; empty: the usual ones in ~/.ssh
    std::string agentSocket; // empty: no agent
    std::vector<std::filesystem::path> knownHosts; // the first is the one written to
    AcceptNew acceptNew
        = AcceptNew::No; // an unknown key is accepted and saved without asking; never a changed one
    std::chrono::milliseconds timeout
        = std::chrono::seconds(15); // for connecting, and for each silence in the handshake
    int connectedSocket = -1; // take this connected socket instead of connecting (the demo's socket pair)
};

enum class HostKeyAnswer { Refuse, AcceptOnce, AcceptAndSave };

/// A presented key that is not on file.
struct HostKeyQuestion {
    std::string host; // as it would be written to known_hosts
    std::string keyType;
    std::string fingerprint; // SHA256:...
    std::string otherKey; // "file:line" of a key of another type on file for this host; else empty
};

struct Prompt {
    std::string text; // the server's own words for keyboard-interactive: foreign text
    bool echo = false;
};

/// How the operator is asked while the connection stays open. Called on the connection's thread, may block;
/// nullopt means: cancel.
struct Asker {
    std::function<HostKeyAnswer(const HostKeyQuestion&)> hostKey;
    std::function<std::optional<std::string>(const std::string& userAtHost)> password;
    std::function<std::optional<std::string>(const std::string& keyFile)> passphrase;
    std::function<std::optional<std::vector<std::string>>(
        const std::string& instruction, const std::vector<Prompt>&)>
        interactive;
    std::function<std::optional<std::string>(const std::string& userAtHost)> sudoPassword;
    std::function<void(const std::string& banner)> banner;
};

/// Connects, checks the host key, authenticates (agent, key files, keyboard-interactive, password). Blocking;
/// run it on a worker.
base::Result<std::unique_ptr<Server>> connect(
    const Target& target, const Asker& asker, std::stop_token stop = {});

/// What OpenSSH's client would use for a name from ~/.ssh/config ("ssh -G NAME"): an import shown to the
/// operator. Bounded to 5 s.
base::Result<Target> importConfig(const std::string& name);

/// The Host names without wildcards in ~/.ssh/config (and files it includes), for the connection screen.
std::vector<std::string> configHosts(const std::filesystem::path& config);

} // namespace sluicegate::ssh
