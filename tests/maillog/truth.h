// SPDX-License-Identifier: GPL-3.0-or-later
// Compares what the history read with what the generator knows it wrote.
#pragma once

#include "models/maillog/history.h"
#include "tests/bench/loggenerator.h"

#include <QString>

namespace sluicegate::maillog {

/// The first difference in words; empty if there is none.
QString differenceFromTruth(const History& history, const bench::Truth& truth);
QString differenceFromTruth(const bench::TrueJourney& wanted, const bench::TrueJourney& got);
/// Only of the counts: lines, journeys, events, and the sums of each login and uid.
QString differenceInCounts(const History& history, const bench::Truth& truth);

} // namespace sluicegate::maillog
