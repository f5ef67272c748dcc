// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/weights.h"

#include <algorithm>

namespace sluicegate::attribution {

namespace {

// In the order of enum class Cause.
constexpr Weight table[] = {
#include "weights.inc"
};

} // namespace

std::span<const Weight> weights()
{
    return table;
}

const Weight& weightOf(std::string_view rule)
{
    static constexpr Weight none {};
    const auto found = std::ranges::find(table, rule, &Weight::rule);
    return found == std::end(table) ? none : *found;
}

} // namespace sluicegate::attribution
