// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of a notice's unlabelled tokens once there is a log to look them up in.
#pragma once

#include "models/notice/notice.h"

#include <functional>
#include <string_view>

namespace sluicegate::notice {

inline constexpr std::string_view noIdNamed
    = "The notice names no Message-ID: search by time and destination instead";
inline constexpr std::string_view nothingNamed
    = "Nothing in this text names a server, an address, a time or a message";
inline constexpr std::string_view idsByShape
    = "The Message-IDs have no label; they were recognised by their shape";

/// Where no id has a label, the candidates that `isSent` knows count as noticed; the others stay candidates.
void countCandidates(Notice& notice, const std::function<bool(std::string_view id)>& isSent);

} // namespace sluicegate::notice
