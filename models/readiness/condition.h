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
    NotListed, // the server's address on public block lists
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
    OldEvidence, // pulled before something was done about it: pull again
    NotPulled, // this evidence is not there
    StillQueued,
    OtherSource,
    Unexplained,
    ForeignProcess,
    NotTested,
    ToBeJudged, // the watch saw messages that only the whole evidence can tell from spam
    Blocked, // the ports do not answer, as a block makes them
    StillBlocked, // and it should have been lifted by now
    NotTold, // it was asked and could not be found out
    Listed,
};

/// The operator's word to go on regardless of a condition.
struct Waiver {
    std::string reason;
    std::string by; // who gave it
    base::Instant at {};
    Why why {}; // as the condition stood then: it excuses no worse
    std::uint64_t count = 0;
    bool operator==(const Waiver&) const = default;
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
    std::optional<Waiver> waived {};
    bool stands() const { return !needed || state == State::Met || waived; }
};

/// What brings a condition further, as far as this program can.
enum class Remedy { None, ShutDown, ClearQueue, Pull, Watch, TestPorts, AskLists };
Remedy remedyOf(const Condition& condition);

std::string_view name(ConditionId id);
std::string_view name(State state);
std::string_view name(Why why);
std::optional<ConditionId> findCondition(std::string_view name);
std::optional<Why> findWhy(std::string_view name);
std::span<const ConditionId> conditions();

} // namespace sluicegate::readiness
