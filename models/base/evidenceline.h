// SPDX-License-Identifier: GPL-3.0-or-later
// A line of evidence: where a fact was read, and the line itself.
#pragma once

#include <cstdint>
#include <string>

namespace sluicegate::base {

/// `file` is the path on the server (or "commands/NAME" for a command's output); `line` counts from 1; `text`
/// holds the raw bytes of the line without its line end, not promised to be UTF-8.
struct EvidenceLine {
    std::string file;
    std::uint64_t line = 0;
    std::string text;
    bool operator==(const EvidenceLine&) const = default;
};

} // namespace sluicegate::base
