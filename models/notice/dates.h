// SPDX-License-Identifier: GPL-3.0-or-later
// Dates in running text, in the many forms of providers, and which of them is the time of the block.
#pragma once

#include "models/base/instant.h"

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace sluicegate::notice {

struct DateHit {
    std::size_t begin = 0;
    std::size_t end = 0;
    base::Instant at;
    bool hasTime = false;
    bool hasZone = false;
    std::optional<base::Instant> otherwise; // day and month the other way round, when both could be meant
};

/// All dates, in order: ISO, RFC 5322, "23 November 2026 at 9:44 PM EST", "23.11.2026, 09:44 Uhr",
/// "11/23/2026 9:44 AM", "le 23 novembre 2026 à 09h44", ctime.
std::vector<DateHit> findDates(std::string_view text);

/// The date that the text calls the time of the block or detection; nothing when no date stands there.
/// `received` (of the notice itself) settles which of day and month is which.
std::optional<DateHit> blockDate(std::string_view text, const std::optional<base::Instant>& received);

} // namespace sluicegate::notice
