// SPDX-License-Identifier: GPL-3.0-or-later
// The header of a message as fields with offsets; no recursion, and limits on what it takes in.
#pragma once

#include "models/message/inspection.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace sluicegate::message {

inline constexpr std::size_t headLimit = 8 * 1024 * 1024; // bytes
inline constexpr std::size_t fieldLimit = 20'000;

struct Head {
    std::vector<Field> fields;
    std::vector<Anomaly> anomalies;
    std::size_t bodyOffset = 0; // relative to the bytes' begin, plus `base`
    bool truncated = false;
    bool closed = false; // an empty line ended it
    std::string mboxSender; // of a leading "From x@y ..." line
};

/// Reads fields up to the first empty line. As Postfix does, a line that cannot be a field ends the head.
/// `base` is added to all offsets.
Head readHead(std::string_view bytes, std::size_t base = 0);

/// Length of a field's name at the front of `line` (up to, not with, the colon), or 0 when it is no field.
std::size_t fieldName(std::string_view line);

/// Without line ends of folds; blanks stay.
std::string unfolded(std::string_view raw);

} // namespace sluicegate::message
