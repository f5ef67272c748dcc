// SPDX-License-Identifier: GPL-3.0-or-later
// The gate: what is known about source, log and queue goes in, conditions come out, and a Permit when all of
// them stand.
#pragma once

#include "models/readiness/condition.h"

#include "models/containment/ledger.h"
#include "models/triage/analysis.h"

#include <chrono>
#include <map>

namespace sluicegate::readiness {

/// An action that came to its end, as the journal has it.
struct Act {
    std::string action; // "change-password"
    std::string target;
    base::Instant at;
    bool whole = false;
    bool operator==(const Act&) const = default;
};
std::vector<Act> actsIn(std::span<const containment::Note> notes);

struct Facts {
    const triage::Analysis& analysis; // of the newest evidence
    std::vector<Act> acts;
    base::Instant now; // by this machine's clock, as are the acts
    std::chrono::minutes watch {30};
    std::map<ConditionId, std::string> waived {}; // by the operator, with a reason
};

/// Leave to open the gate. Only evaluate() can make one.
class Permit {
public:
    const std::vector<Condition>& grounds() const { return m_grounds; }

private:
    friend struct Gate evaluate(const Facts& facts);
    explicit Permit(std::vector<Condition> grounds) : m_grounds(std::move(grounds)) { }
    std::vector<Condition> m_grounds;
};

struct Gate {
    std::vector<Condition> conditions;
    std::optional<Permit> permit;
    std::optional<base::Instant> shutAt; // when the source was contained, by this machine's clock
};

Gate evaluate(const Facts& facts);

/// The operator unblocks at the provider; this puts it on record, and takes a permit.
base::Result<void> recordUnblock(const Permit& permit, containment::Ledger& ledger);

} // namespace sluicegate::readiness
