// SPDX-License-Identifier: GPL-3.0-or-later
// The way back: what we hold is released, what we deleted is sent once more from the case.
#pragma once

#include "models/containment/hand.h"
#include "models/containment/mailserver.h"
#include "models/containment/outcome.h"
#include "models/containment/plan.h"
#include "models/containment/progress.h"

#include <set>
#include <string>

namespace sluicegate::containment {

/// Which of the case's messages come back; empty: all of them.
struct Wanted {
    std::set<std::string> ids {}; // the queue ids they had
    /// Those whose restore was cut may be back already: only named ones are sent again.
    std::set<std::string> again {};
};

/// From the case alone.
Plan planRestore(const Ledger& ledger, const Wanted& wanted);

/// What a restore on this server does not bring back, or does besides.
std::vector<Remark> limitsOfRestore(MailServer server);

Ending restoreQueue(Hand& hand, const Wanted& wanted, const Report& report = {});

} // namespace sluicegate::containment
