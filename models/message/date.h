// SPDX-License-Identifier: GPL-3.0-or-later
// Dates of mail headers (RFC 5322 3.3), with the obsolete and wrong forms found in the wild.
#pragma once

#include "models/base/instant.h"

#include <optional>
#include <string_view>

namespace sluicegate::message {

/// "Mon, 23 Nov 2026 09:44:08 +0100 (CET)", "23 Nov 26 09:44 EST", "Mon Nov 23 09:44:08 2026" (ctime).
/// Without a zone: UTC, and `hasZone` says so.
std::optional<base::Instant> parseDate(std::string_view text, bool* hasZone = nullptr);

/// Seconds east of UTC for "+0100", "+01:00", "Z", "UTC", "CEST", "PST"; nothing when unknown.
std::optional<std::chrono::seconds> zoneOffset(std::string_view text);

/// 1 to 12 for an English month name or its first three letters.
std::optional<unsigned> monthNamed(std::string_view text);

/// A point in time from its parts; nothing when there is no such day or hour.
std::optional<base::Instant> instantOf(
    int year, unsigned month, unsigned day, unsigned hour, unsigned minute, unsigned second);

} // namespace sluicegate::message
