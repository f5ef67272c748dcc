// SPDX-License-Identifier: GPL-3.0-or-later
// Where a time axis has its ticks, and what stands there.
#pragma once

#include "models/base/instant.h"

#include <QString>

#include <vector>

namespace sluicegate::timeline {

struct Tick {
    base::Instant at;
    QString text;
};

/// Round times, at most `most` of them; the first one of a day names the day.
std::vector<Tick> ticks(base::Instant from, base::Instant until, int most);

} // namespace sluicegate::timeline
