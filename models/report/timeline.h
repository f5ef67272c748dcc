// SPDX-License-Identifier: GPL-3.0-or-later
// How many messages each suspect sent in each stretch of time, and the picture of it.
#pragma once

#include "models/triage/analysis.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace sluicegate::report {

/// Suspects shown apart; everything else is one lane, the last.
inline constexpr std::size_t suspectLanes = 3;
inline constexpr std::size_t otherLane = suspectLanes;

struct Bin {
    std::array<std::uint64_t, suspectLanes + 1> messages {};
    std::uint64_t total() const;
};

struct Timeline {
    base::Instant start;
    std::chrono::seconds width {};
    std::vector<Bin> bins;
    std::optional<base::Instant> noticed; // the time in the notice, when it lies inside
    bool empty() const { return bins.empty(); }
    base::Instant startOf(std::size_t bin) const { return start + width * std::int64_t(bin); }
    std::uint64_t highest() const;
};

/// At most `most` bins of a round width over the suspects' time, with a margin; over the whole log when there
/// is no suspect.
Timeline timelineOf(const triage::Analysis& analysis, std::size_t most);

/// "14:00", "23 Nov 14:00" or "2026-11-23", as fine as the bins are.
QString stamp(const Timeline& timeline, std::size_t bin);

/// The picture as inline SVG; colours by cause, never alone: lanes differ in pattern, too.
QString svg(const triage::Analysis& analysis, const Timeline& timeline);

/// The colour of a suspect's cause on white paper, "#0072B2".
QString colour(attribution::Cause cause);

} // namespace sluicegate::report
