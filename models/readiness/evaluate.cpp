// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/readiness/conditions.h"

#include <algorithm>
#include <array>

namespace sluicegate::readiness {

namespace {

constexpr std::array<std::pair<ConditionId, std::string_view>, 9> names {
    {{ConditionId::SourceShut, "source-shut"}, {ConditionId::SessionsEnded, "sessions-ended"},
        {ConditionId::MailboxReviewed, "mailbox-reviewed"}, {ConditionId::SourceSilent, "source-silent"},
        {ConditionId::QueueClean, "queue-clean"}, {ConditionId::NothingElse, "nothing-else"},
        {ConditionId::NothingPastTheMailServer, "nothing-past-the-mail-server"},
        {ConditionId::PortsTested, "ports-tested"}, {ConditionId::NotListed, "not-listed"}}};

constexpr std::array<std::string_view, 19> reasons {"fine", "no-source", "not-done", "undone",
    "only-the-person", "spam-since", "watch-not-over", "old-evidence", "not-pulled", "still-queued",
    "other-source", "unexplained", "foreign-process", "not-tested", "to-be-judged", "blocked",
    "still-blocked", "not-told", "listed"};
static_assert(reasons.size() == std::size_t(Why::Listed) + 1);

// Whoever passed over ten messages did not pass over a thousand.
bool covers(const Waiver& waiver, const Condition& condition)
{
    return condition.state != State::Met && waiver.why == condition.why && condition.count <= waiver.count;
}

} // namespace

const Condition* Gate::find(ConditionId id) const
{
    const auto at = std::ranges::find(conditions, id, &Condition::id);
    return at == conditions.end() ? nullptr : &*at;
}

Gate evaluate(const Facts& facts)
{
    Gate gate {.conditions = {sourceShut(facts), sessionsEnded(facts), mailboxReviewed(facts),
                   sourceSilent(facts), queueClean(facts), nothingElse(facts),
                   nothingPastTheMailServer(facts), portsTested(facts), notListed(facts)},
        .permit = {},
        .shutAt = shutAt(facts),
        .silentFrom = silentFrom(facts),
        .isClosed = isClosed(facts),
        .watch = facts.watch,
        .probes = facts.probes};
    for (Condition& condition : gate.conditions) {
        const auto waived = facts.waived.find(condition.id);
        if (waived != facts.waived.end() && covers(waived->second, condition))
            condition.waived = waived->second;
    }
    if (std::ranges::all_of(gate.conditions, &Condition::stands))
        gate.permit = Permit(gate.conditions);
    return gate;
}

Remedy remedyOf(const Condition& condition)
{
    if (condition.id == ConditionId::PortsTested)
        return Remedy::TestPorts;
    if (condition.id == ConditionId::NotListed)
        return Remedy::AskLists;
    if (condition.state == State::Met)
        return Remedy::None;
    switch (condition.why) {
    case Why::OldEvidence:
    case Why::NotPulled:
    case Why::ToBeJudged:
        return Remedy::Pull;
    case Why::WatchNotOver:
        return Remedy::Watch;
    case Why::StillQueued:
        return Remedy::ClearQueue;
    case Why::NotDone:
    case Why::Undone:
    case Why::SpamSince:
    case Why::OtherSource:
    case Why::ForeignProcess:
        return Remedy::ShutDown;
    default:
        return Remedy::None;
    }
}

std::span<const ConditionId> conditions()
{
    static const auto ids = [] {
        std::array<ConditionId, names.size()> all {};
        std::ranges::transform(names, all.begin(), &std::pair<ConditionId, std::string_view>::first);
        return all;
    }();
    return ids;
}

std::string_view name(ConditionId id)
{
    return std::ranges::find(names, id, &std::pair<ConditionId, std::string_view>::first)->second;
}

std::optional<ConditionId> findCondition(std::string_view name)
{
    const auto at = std::ranges::find(names, name, &std::pair<ConditionId, std::string_view>::second);
    return at == names.end() ? std::nullopt : std::optional(at->first);
}

std::string_view name(State state)
{
    return state == State::Met ? "met" : state == State::NotMet ? "not-met" : "unknown";
}

std::string_view name(Why why)
{
    return reasons[std::size_t(why)];
}

std::optional<Why> findWhy(std::string_view name)
{
    const auto at = std::ranges::find(reasons, name);
    return at == reasons.end() ? std::nullopt : std::optional(Why(at - reasons.begin()));
}

} // namespace sluicegate::readiness
