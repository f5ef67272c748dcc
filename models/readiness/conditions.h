// SPDX-License-Identifier: GPL-3.0-or-later
// Each condition by itself. Known to evaluate() only.
#pragma once

#include "models/readiness/gate.h"

namespace sluicegate::readiness {

/// The source that is to be shut: the first suspect. Null when the evidence names none.
const attribution::Suspect* sourceOf(const Facts& facts);
/// When it was shut, if it still is.
std::optional<base::Instant> shutAt(const Facts& facts);

/// From when on it must be silent.
std::optional<base::Instant> silentFrom(const Facts& facts);
/// Nothing at all can come from it any more, its owner's mail neither.
bool isClosed(const Facts& facts);

Condition sourceShut(const Facts& facts);
Condition sessionsEnded(const Facts& facts);
Condition mailboxReviewed(const Facts& facts);
Condition sourceSilent(const Facts& facts);
Condition queueClean(const Facts& facts);
Condition nothingElse(const Facts& facts);
Condition nothingPastTheMailServer(const Facts& facts);
Condition portsTested(const Facts& facts);
Condition notListed(const Facts& facts);

} // namespace sluicegate::readiness
