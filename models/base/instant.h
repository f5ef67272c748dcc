// SPDX-License-Identifier: GPL-3.0-or-later
// Points in time: always UTC, microseconds.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace sluicegate::base {

using Instant = std::chrono::sys_time<std::chrono::microseconds>;

/// RFC 3339 in UTC: "2026-11-23T09:44:08Z"; microseconds are written only when there are any.
std::string iso(Instant at);

/// Reads RFC 3339 ("2026-11-23T09:44:08.123456+01:00", blank instead of T, zone optional: then `zone`
/// applies). A leap second (:60) becomes the next minute's first second.
std::optional<Instant> parseIso(std::string_view text, std::chrono::seconds zone = {});

} // namespace sluicegate::base
