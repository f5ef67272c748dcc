// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/readiness/conditions.h"

#include <algorithm>
#include <array>

namespace sluicegate::readiness {

namespace {

constexpr std::array<std::pair<ConditionId, std::string_view>, 8> names {
    {{ConditionId::SourceShut, "source-shut"}, {ConditionId::SessionsEnded, "sessions-ended"},
        {ConditionId::MailboxReviewed, "mailbox-reviewed"}, {ConditionId::SourceSilent, "source-silent"},
        {ConditionId::QueueClean, "queue-clean"}, {ConditionId::NothingElse, "nothing-else"},
        {ConditionId::NothingPastTheMailServer, "nothing-past-the-mail-server"},
        {ConditionId::PortsTested, "ports-tested"}}};

} // namespace

Gate evaluate(const Facts& facts)
{
    Gate gate {
        .conditions = {sourceShut(facts), sessionsEnded(facts), mailboxReviewed(facts), sourceSilent(facts),
            queueClean(facts), nothingElse(facts), nothingPastTheMailServer(facts), portsTested(facts)},
        .permit = {},
        .shutAt = shutAt(facts)};
    for (Condition& condition : gate.conditions) {
        const auto waived = facts.waived.find(condition.id);
        if (waived != facts.waived.end() && condition.state != State::Met)
            condition.waived = waived->second;
    }
    if (std::ranges::all_of(gate.conditions, &Condition::stands))
        gate.permit = Permit(gate.conditions);
    return gate;
}

base::Result<void> recordUnblock(const Permit& permit, containment::Ledger& ledger)
{
    containment::Note note {"unblocked", "the operator unblocks at the provider", {}, {}};
    for (const Condition& condition : permit.grounds())
        note.facts.emplace_back(name(condition.id),
            condition.waived.empty() ? std::string(name(condition.state)) : "waived: " + condition.waived);
    return ledger.note(note);
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
    constexpr std::array<std::string_view, 14> words {"fine", "no-source", "not-done", "undone",
        "only-the-person", "spam-since", "watch-not-over", "old-evidence", "not-pulled", "still-queued",
        "other-source", "unexplained", "foreign-process", "not-tested"};
    return words[std::size_t(why)];
}

} // namespace sluicegate::readiness
