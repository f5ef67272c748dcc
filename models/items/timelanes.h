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

struct TimeLanes {
    std::vector<Lane> lanes; // suspects by rank, the rest last
    base::Instant from {};
    base::Instant until {}; // exclusive
    bool empty() const { return lanes.empty(); }

    /// At most six suspects have a lane of their own. Null if stopped.
    static std::shared_ptr<const TimeLanes> of(const Messages& messages, std::stop_token stop = {});
};

} // namespace sluicegate::items
