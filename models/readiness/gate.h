// SPDX-License-Identifier: GPL-3.0-or-later
// The gate: what is known about source, log and queue goes in, conditions come out, and a Permit when all of
// them stand.
#pragma once

#include "models/readiness/condition.h"
#include "models/readiness/probes.h"
#include "models/readiness/silence.h"

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
/// Of actions on the queue, the last change each made: their target is empty.
std::vector<Act> actsIn(std::span<const containment::Note> notes);

using Waivers = std::map<ConditionId, Waiver>;
/// The operator's words that were not taken back.
Waivers waiversIn(std::span<const containment::Note> notes);
/// The newest watch.
std::optional<Watched> watchedIn(std::span<const containment::Note> notes);
/// The newest answers about ports, and those about lists.
Probes probesIn(std::span<const containment::Note> notes);
/// When the operator unblocked, if it was recorded.
std::optional<base::Instant> unblockedIn(std::span<const containment::Note> notes);

inline constexpr std::chrono::minutes usualWatch {30};

struct Facts {
    const triage::Analysis& analysis; // of the newest evidence
    std::vector<Act> acts;
    base::Instant now; // by this machine's clock, as are the acts
    std::chrono::minutes watch = usualWatch;
    Waivers waived {};
    std::optional<Watched> watched {};
    Probes probes {};
    std::optional<base::Instant> unblocked {};
};

/// Facts from an analysis and the journal.
Facts factsOf(const triage::Analysis& analysis, std::span<const containment::Note> notes, base::Instant now);

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
    std::optional<base::Instant> silentFrom; // from when on its messages count
    bool isClosed = false; // its owner cannot send any more either
    std::chrono::minutes watch = usualWatch; // that was asked for
    Probes probes {};
    const Condition* find(ConditionId id) const;
};

Gate evaluate(const Facts& facts);

/// The operator unblocks at the provider; this puts it on record, and takes a permit.
base::Result<void> recordUnblock(const Permit& permit, containment::Ledger& ledger);
/// Usage without a reason, or where the condition stands by itself.
base::Result<void> recordWaiver(const Condition& condition, const std::string& reason, const std::string& by,
    containment::Ledger& ledger);
base::Result<void> withdrawWaiver(ConditionId id, const std::string& by, containment::Ledger& ledger);
base::Result<void> recordWatched(const Watched& watched, containment::Ledger& ledger);
base::Result<void> recordPorts(std::span<const PortTest> tests, containment::Ledger& ledger);
base::Result<void> recordLists(std::span<const ListTest> tests, containment::Ledger& ledger);

} // namespace sluicegate::readiness
