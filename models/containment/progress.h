// SPDX-License-Identifier: GPL-3.0-or-later
// How far an action has come, for whoever watches it.
#pragma once

#include "models/containment/plan.h"

#include <cstdint>
#include <functional>

namespace sluicegate::containment {

struct Progress {
    Stage stage {};
    std::uint64_t done = 0;
    std::uint64_t of = 0;
};
using Report = std::function<void(const Progress&)>;

} // namespace sluicegate::containment
