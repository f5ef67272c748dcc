// SPDX-License-Identifier: GPL-3.0-or-later
// A named condition for unblocking: met, not met or unknown, why, as of when, and the lines that show it.
#pragma once

#include "models/base/evidenceline.h"
#include "models/base/instant.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::readiness {

enum class ConditionId {
    SourceShut, // what closes this cause was done, and holds
    SessionsEnded, // nobody is logged in with the old password
    MailboxReviewed, // forwards and filters were looked at
    SourceSilent, // no spam since, for the agreed watch
    QueueClean, // none of it waits
    NothingElse, // no second source, no noticed message unexplained
    NothingPastTheMailServer, // no foreign process talks to mail ports
    PortsTested, // the provider's block, as the server sees it
};

enum class State { Met, NotMet, Unknown };

enum class Why {
    Fine,
    NoSource, // the evidence names none
    NotDone, // the action was not done, or not to its end
    Undone, // and it was taken back
    OnlyThePerson, // no action of this program shows it: the operator's word is needed
    SpamSince,
    WatchNotOver,
    OldEvidence, // pulled before the source was shut: pull again
    NotPulled, // this evidence is not there
    StillQueued,
    OtherSource,
    Unexplained,
    ForeignProcess,
    NotTested,
};

struct Condition {
    ConditionId id {};
    State state = State::Unknown;
    Why why = Why::Fine;
    bool needed = true; // false: worth knowing, and no obstacle
    std::uint64_t count = 0;
    std::uint64_t refused
        = 0; // of SourceSilent: attempts that were turned away, the proof that the lock works
    std::vector<std::string> values {}; // names and ids; foreign bytes
    std::optional<base::Instant> asOf {}; // when the evidence behind it was taken
    std::vector<base::EvidenceLine> evidence {}; // at most ten
    std::string waived {}; // the operator's reason to go on regardless
    bool stands() const { return !needed || state == State::Met || !waived.empty(); }
};

std::string_view name(ConditionId id);
std::string_view name(State state);
std::string_view name(Why why);
std::optional<ConditionId> findCondition(std::string_view name);
std::span<const ConditionId> conditions();

} // namespace sluicegate::readiness
