// SPDX-License-Identifier: GPL-3.0-or-later
// Counts for plural forms.
#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace sluicegate::words {

/// tr() takes an int for %n.
inline int number(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, std::numeric_limits<int>::max()));
}

} // namespace sluicegate::words
