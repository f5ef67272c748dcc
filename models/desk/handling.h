// SPDX-License-Identifier: GPL-3.0-or-later
// An action as the desk handles it: planned from what is known, then run over a connection of its own.
#pragma once

#include "models/containment/clearqueue.h"
#include "models/containment/deed.h"
#include "models/containment/restorequeue.h"
#include "models/triage/analysis.h"

#include <optional>
#include <string>
#include <vector>

namespace sluicegate::desk {

/// What the operator looks at before running it, and what came of it. Never changed once it is shown.
struct Handling {
    containment::Plan plan;
    containment::Target target; // for actions outside the queue
    int rank = 0; // of the suspect it is against; 0: of none
    std::optional<containment::Ending> ending {}; // of an action on the queue that ran
    std::optional<containment::Acted> acted {}; // of any other that ran
    bool ran() const { return ending || acted; }
    bool whole() const { return ending ? ending->whole() : acted && acted->whole(); }
};

/// An action that ran in this session.
struct Handled {
    containment::ActionId action {};
    int rank = 0;
    bool whole = false;
};

/// The suspect of this rank, or all if it is 0.
std::vector<const attribution::Suspect*> suspects(const triage::Analysis& analysis, int rank);

/// What the action works on: the suspect of this rank, or of every rank if it is 0.
containment::Target targetFor(const triage::Analysis& analysis, int rank, std::uint64_t saved);

/// Why this server cannot do it, or the plan. The ledger knows what could be brought back.
base::Result<Handling> plan(const triage::Analysis& analysis, const containment::Ledger& ledger,
    containment::ActionId action, int rank, const containment::Exclusions& exclusions);

/// How many messages the case could bring back.
std::uint64_t savedIn(const containment::Ledger& ledger);

/// Runs it; whatever happens, the answer says what was done and what was not.
Handling perform(containment::Hand& hand, Handling planned, const containment::Report& report);

} // namespace sluicegate::desk
