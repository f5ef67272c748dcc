// SPDX-License-Identifier: GPL-3.0-or-later
// known_hosts as OpenSSH reads it: hashed and wildcard names, negation, ports, @revoked. libssh's own reader
// accepts keys that OpenSSH refuses, so it is not asked.
#pragma once

#include "models/base/failure.h"
#include "models/ssh/publickey.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace sluicegate::ssh {

enum class HostKeyState {
    Trusted,
    Unknown,
    Changed, // another key of the same type is on file
    Revoked,
};

struct HostKeyFinding {
    HostKeyState state = HostKeyState::Unknown;
    std::string entry; // "file:line" of the line that decided; for Unknown: of a key of another type
    std::string recorded; // fingerprint on that line
};

HostKeyFinding findHostKey(const std::vector<std::filesystem::path>& files, const std::string& host,
    std::uint16_t port, const PublicKey& presented);

/// The key types on file for a host, in order of their lines: the server is asked for these first, or a
/// server with several keys would look unknown.
std::vector<std::string> recordedKeyTypes(
    const std::vector<std::filesystem::path>& files, const std::string& host, std::uint16_t port);

/// Adds a line at the end: one write under a lock, on a line of its own even when the file does not end in a
/// newline; a new file is private (0600).
base::Result<void> saveHostKey(
    const std::filesystem::path& file, const std::string& host, std::uint16_t port, const PublicKey& key);

} // namespace sluicegate::ssh
