// SPDX-License-Identifier: GPL-3.0-or-later
// What was pulled from a server, or found in a folder that mirrors one. Read-only by nature.
#pragma once

#include "models/base/bytes.h"
#include "models/base/failure.h"
#include "models/base/instant.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::evidence {

enum class Provenance { ByteExact, Journal, CommandOutput, Operator };

struct Item {
    std::string path; // absolute on the server, or "commands/NAME"
    std::string command; // what produced it; empty for files
    std::filesystem::path local; // where its bytes are on this machine
    std::uint64_t bytes = 0; // as stored
    std::string sha256; // hex, of the stored bytes; empty until known
    bool complete = true;
    Provenance provenance = Provenance::ByteExact;
    std::optional<base::Instant> pulled;
    std::optional<int> exitStatus; // of a command
    std::string note; // why it is partial; untranslated
};

struct Clock {
    std::optional<base::Instant> server; // the server's clock when it was asked
    std::optional<base::Instant> here; // ours at that moment
    std::optional<std::chrono::seconds> zone; // its offset east of UTC
};

struct Bundle {
    std::string host; // as given by the operator, or empty
    std::string hostKey; // fingerprint
    std::vector<Item> items;
    Clock clock;
    std::vector<std::string> warnings; // untranslated English
    std::vector<std::string> altered; // of a case: items left out, no longer what was recorded

    const Item* find(std::string_view path) const;
    /// Output of a command, with or without an ending: "commands/postqueue-j", "commands/postqueue-j.txt".
    const Item* command(std::string_view name) const;
    std::vector<const Item*> below(std::string_view prefix) const;
    /// The mail log's files, oldest first; a live file after its .processed twin, rotations before both.
    std::vector<const Item*> mailLogs() const;
    /// PHP's logs of mail() calls: by their usual names, and wherever a php.ini of commands/php-settings
    /// says.
    std::vector<const Item*> phpMailLogs() const;
    /// Who owns which uid: the output of getent passwd, else /etc/passwd; null without either.
    const Item* accounts() const;
    /// Web access logs, with the domain they belong to.
    struct WebLog {
        const Item* item;
        std::string domain;
    };
    std::vector<WebLog> webLogs() const;
};

/// Reads a folder that mirrors a server (see --evidence DIR). NotFound, Unreadable, or Empty when it holds
/// nothing of use.
base::Result<Bundle> fromFolder(const std::filesystem::path& folder);

/// The bytes of an item or of any file, decompressed by its magic number (gzip, bzip2, xz, zstd; plain
/// otherwise). Compressed content is unpacked to an unlinked temporary file and mapped. Damaged input gives
/// what could be read, with Truncated in `damage`. Cancelled if it was stopped.
struct Unpacked {
    base::Bytes bytes;
    std::optional<base::Failure> damage;
};
base::Result<Unpacked> unpack(const std::filesystem::path& file, std::stop_token stop = {});

} // namespace sluicegate::evidence
