// SPDX-License-Identifier: GPL-3.0-or-later
// Stamps that are rarer than syslog's two, and what stands behind each.
#pragma once

#include "models/maillog/line.h"
#include "models/maillog/stamp.h"

namespace sluicegate::maillog {

/// "<22>1 2026-11-23T09:44:08Z" (RFC 5424, or "<22>" before an older stamp), Exim's "2026-11-23 09:44:08"
/// with milliseconds and zone or without, multilog's "@400000004a...".
Stamp readRareStamp(std::string_view line);
/// Any stamp, the common ones first.
Stamp readAnyStamp(std::string_view line);

/// The parts of what stands behind such a stamp; false if they are not there.
bool splitBody(std::string_view behindStamp, Stamp::Body body, Line& line);

} // namespace sluicegate::maillog
