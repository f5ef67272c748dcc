// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline's data: messages over time, one lane for each suspect and one for the rest, with exact counts
// for any range.
#pragma once

#include "models/items/filter.h"

#include <array>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace sluicegate::items {

using Counts = std::array<std::uint32_t, OutcomeCount>;
std::uint32_t total(const Counts& counts);

struct Lane {
    int rank = 0; // of the suspect; 0: all other messages
    std::array<std::vector<base::Instant>, OutcomeCount> at; // sorted

    /// Counts of [from, until) cut into `bins` equal parts.
    std::vector<Counts> bins(base::Instant from, base::Instant until, int bins) const;
    std::uint32_t size() const;
};

/// Twelve hours or more without a single message on a server that else has one every hour: a file of the log
/// is missing, or the server stood still.
struct Silence {
    base::Instant from {};
    base::Instant until {};
    bool operator==(const Silence&) const = default;
};

struct TimeLanes {
    std::vector<Lane> lanes; // suspects by rank, the rest last
    std::vector<Silence> silences; // in order of time
    base::Instant from {};
    base::Instant until {}; // exclusive
    bool empty() const { return lanes.empty(); }

    /// At most six suspects have a lane of their own. Null if stopped.
    static std::shared_ptr<const TimeLanes> of(const Messages& messages, std::stop_token stop = {});
};

} // namespace sluicegate::items
