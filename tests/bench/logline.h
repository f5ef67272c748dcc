// SPDX-License-Identifier: GPL-3.0-or-later
// A line that the generator will write, and the fact that it tells.
#pragma once

#include "tests/bench/loggenerator.h"

namespace sluicegate::bench {

enum class Fact {
    None,
    Entered,
    MessageId,
    Queued,
    Attempt,
    Removed,
    Notice,
    Rejected,
    LimitRejected,
    AuthFailure,
    Reject,
    Login
};

inline constexpr std::uint32_t nobody = UINT32_MAX;

struct Line {
    std::int64_t at = 0;
    std::uint64_t number = 0;
    std::uint32_t journey = nobody;
    Fact fact = Fact::None;
    std::uint32_t other = nobody; // the child of a notice
    Outcome outcome;
    std::string text;
    bool operator>(const Line& than) const { return at != than.at ? at > than.at : number > than.number; }
};

} // namespace sluicegate::bench
