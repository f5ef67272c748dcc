// SPDX-License-Identifier: GPL-3.0-or-later
// How far a log was read: enough to find the place again after it grew, was rotated or cut.
#pragma once

#include "models/ssh/server.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluicegate::evidence {

struct LogPosition {
    std::string path; // of the log that is written to, wherever the place itself is by now
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    std::uint64_t offset = 0; // in the plain content
    // Inodes are used again, and copytruncate keeps one: the place is the right one if the last line before
    // it is.
    std::uint64_t lastLineLength = 0;
    std::string lastLineSha256;
    bool operator==(const LogPosition&) const = default;
};

/// The last whole line, and what follows it, at most this much.
inline constexpr std::size_t mostOfLastLine = 4096;
std::string_view lastLineOf(std::string_view bytes);

/// Behind all of a file's plain bytes.
LogPosition positionBehind(std::string path, const ssh::FileStat& file, std::string_view bytes);

} // namespace sluicegate::evidence
