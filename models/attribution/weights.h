// SPDX-License-Identifier: GPL-3.0-or-later
// What each clue is worth, from resources/rules/weights.txt (turned into a table when the program is built).
#pragma once

#include "models/attribution/verdict.h"

#include <array>
#include <span>
#include <string_view>

namespace sluicegate::attribution {

inline constexpr std::size_t causeCount = 10;

/// Log-odds per cause of a clue at full strength.
struct Weight {
    std::string_view rule;
    bool hard = false;
    std::array<double, causeCount> forCause {};

    double of(Cause cause) const { return forCause[static_cast<std::size_t>(cause)]; }
};

std::span<const Weight> weights();

/// The rule's weights; all zero for a name the table does not have.
const Weight& weightOf(std::string_view rule);

} // namespace sluicegate::attribution
