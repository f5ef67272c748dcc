// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/readiness/conditions.h"

#include "models/containment/ground.h"
#include "models/hosting/sockets.h"
#include "models/message/ascii.h"

#include <algorithm>
#include <ranges>

namespace sluicegate::readiness {

namespace {

using attribution::Cause;
using attribution::Confidence;
using attribution::Suspect;

constexpr std::size_t examples = 10;
constexpr auto slack = std::chrono::seconds(5); // a message under way while the source was shut

Condition about(ConditionId id, State state, Why why)
{
    return {.id = id, .state = state, .why = why};
}

// The server's clock may differ from ours, by which the acts are dated.
base::Instant onServer(const Facts& facts, base::Instant here)
{
    const auto& clock = facts.analysis.bundle.clock;
    return clock.server && clock.here ? here + (*clock.server - *clock.here) : here;
}

std::optional<base::Instant> pulledAt(const Facts& facts)
{
    return facts.analysis.bundle.clock.here;
}

bool isOlderThan(const Facts& facts, std::optional<base::Instant> moment)
{
    const auto pulled = pulledAt(facts);
    return !pulled || (moment && *pulled < *moment);
}

// The last word about it counts: shut, or opened again.
const Act* lastOf(
    const Facts& facts, std::initializer_list<std::string_view> actions, const std::string& target)
{
    for (const Act& act : facts.acts | std::views::reverse)
        if (std::ranges::contains(actions, act.action) && act.target == target)
            return &act;
    return nullptr;
}

struct Closing {
    std::string_view act;
    std::string_view undoing; // empty: nothing takes it back
    std::string target;
};

// Any one of them closes the source.
std::vector<Closing> closings(const Suspect& suspect)
{
    const containment::Target target = containment::targetOf(suspect);
    std::vector<Closing> all;
    if (suspect.cause == Cause::MailboxPassword)
        all = {{"change-password", {}, target.mailbox}, {"limit-mailbox", "unlimit-mailbox", target.mailbox}};
    if (suspect.cause == Cause::WebsiteHacked && !target.script.empty())
        all.push_back({"quarantine-script", "restore-script", target.script});
    if (!target.user.empty())
        all.push_back({"stop-user-mail", "allow-user-mail", target.user});
    return all;
}

const Act* closedBy(const Facts& facts, const Closing& closing)
{
    const Act* last = closing.undoing.empty() ? lastOf(facts, {closing.act}, closing.target)
                                              : lastOf(facts, {closing.act, closing.undoing}, closing.target);
    return last && last->action == closing.act && last->whole ? last : nullptr;
}

/// A condition that one action of a mailbox's fulfils, after the source was shut.
Condition done(const Facts& facts, ConditionId id, std::string_view action)
{
    const Suspect* source = sourceOf(facts);
    if (!source || source->cause != Cause::MailboxPassword) {
        Condition condition = about(id, State::Met, Why::Fine);
        condition.needed = false; // nothing of the kind to do against this cause
        return condition;
    }
    const Act* act = lastOf(facts, {action}, containment::targetOf(*source).mailbox);
    Condition condition = about(id, act && act->whole ? State::Met : State::NotMet, Why::NotDone);
    if (act && act->whole) {
        condition.why = Why::Fine;
        condition.asOf = act->at;
    }
    return condition;
}

bool isOfSource(const maillog::Journey& journey, const Suspect& suspect)
{
    const auto& source = suspect.source;
    if (source.kind == attribution::SourceKind::Mailbox)
        return message::sameText(journey.saslUsername(), source.account);
    return source.uid && journey.uid() == source.uid;
}

// The thief's, not the owner's who writes on with the new password: judged spam, or from where the spam came.
bool isSpam(const maillog::Journey& journey, const Suspect& suspect)
{
    return std::ranges::contains(suspect.journeys, journey.index())
        || (isOfSource(journey, suspect) && !journey.clientIp().empty()
            && std::ranges::contains(suspect.clients, journey.clientIp()));
}

void countSince(const Facts& facts, const Suspect& suspect, base::Instant since, Condition& condition)
{
    const maillog::History& log = *facts.analysis.log;
    for (std::uint32_t i = 0; i < log.size(); ++i) {
        const maillog::Journey journey = log.journey(i);
        if (journey.last() <= since || journey.arrived().value_or(journey.first()) <= since
            || !isSpam(journey, suspect))
            continue;
        if (journey.rejectedByMilter()) {
            ++condition.refused;
            continue;
        }
        ++condition.count;
        if (const auto lines = journey.lines(); !lines.empty() && condition.evidence.size() < examples)
            condition.evidence.push_back(log.evidence(lines.front()));
    }
    for (const maillog::Event& event : log.events()) {
        const bool refusal
            = event.kind == maillog::EventKind::AuthFailure || event.kind == maillog::EventKind::LimitReject;
        if (refusal && event.at > since && message::sameText(event.user, suspect.source.account))
            condition.refused += event.count;
    }
}

bool mustBeShut(const Suspect& suspect)
{
    const bool sure
        = suspect.confidence == Confidence::VeryLikely || suspect.confidence == Confidence::Likely;
    return sure && suspect.cause != Cause::LegitimateBulk && suspect.cause != Cause::SystemMail;
}

} // namespace

const Suspect* sourceOf(const Facts& facts)
{
    const auto& suspects = facts.analysis.verdict.suspects;
    return suspects.empty() ? nullptr : &suspects.front();
}

std::optional<base::Instant> shutAt(const Facts& facts)
{
    std::optional<base::Instant> at;
    if (const Suspect* source = sourceOf(facts))
        for (const Closing& closing : closings(*source))
            if (const Act* act = closedBy(facts, closing); act && (!at || act->at > *at))
                at = act->at; // had the first been enough, nobody would have done the second
    return at;
}

Condition sourceShut(const Facts& facts)
{
    const Suspect* source = sourceOf(facts);
    if (!source)
        return about(ConditionId::SourceShut, State::Unknown, Why::NoSource);
    const auto ways = closings(*source);
    if (ways.empty())
        return about(ConditionId::SourceShut, State::Unknown, Why::OnlyThePerson);
    Condition condition = about(ConditionId::SourceShut, State::NotMet, Why::NotDone);
    for (const Closing& way : ways) {
        condition.values.emplace_back(way.act);
        if (const Act* act = closedBy(facts, way)) {
            condition = about(ConditionId::SourceShut, State::Met, Why::Fine);
            condition.values = {act->action, act->target};
            condition.asOf = act->at;
            return condition;
        }
        if (!way.undoing.empty() && lastOf(facts, {way.undoing}, way.target))
            condition.why = Why::Undone;
    }
    return condition;
}

// A session that was ended before the password changed may have come back.
Condition sessionsEnded(const Facts& facts)
{
    Condition condition = done(facts, ConditionId::SessionsEnded, "end-sessions");
    if (!condition.needed || condition.state != State::Met)
        return condition;
    const Act* password = lastOf(facts, {"change-password"}, containment::targetOf(*sourceOf(facts)).mailbox);
    const auto shut = password ? std::optional(password->at) : shutAt(facts);
    if (!shut || *condition.asOf < *shut) {
        condition.state = State::NotMet;
        condition.why = Why::NotDone;
    }
    return condition;
}

Condition mailboxReviewed(const Facts& facts)
{
    return done(facts, ConditionId::MailboxReviewed, "review-mailbox");
}

Condition sourceSilent(const Facts& facts)
{
    const Suspect* source = sourceOf(facts);
    Condition condition = about(ConditionId::SourceSilent, State::Unknown, Why::NotPulled);
    condition.asOf = pulledAt(facts);
    if (!facts.analysis.log)
        return condition;
    condition.why = Why::NoSource;
    const auto shut = shutAt(facts);
    if (!source)
        return condition;
    if (!shut) {
        condition.state = State::NotMet;
        condition.why = Why::NotDone;
        return condition;
    }
    if (isOlderThan(facts, shut)) {
        condition.why = Why::OldEvidence;
        return condition;
    }
    countSince(facts, *source, onServer(facts, *shut) + slack, condition);
    const bool watched = *pulledAt(facts) >= *shut + facts.watch;
    condition.state = condition.count > 0 ? State::NotMet : watched ? State::Met : State::Unknown;
    condition.why = condition.count > 0 ? Why::SpamSince : watched ? Why::Fine : Why::WatchNotOver;
    if (condition.why == Why::WatchNotOver)
        condition.count = std::uint64_t(
            std::chrono::ceil<std::chrono::minutes>(*shut + facts.watch - *pulledAt(facts)).count());
    return condition;
}

Condition queueClean(const Facts& facts)
{
    Condition condition = about(ConditionId::QueueClean, State::Unknown, Why::NotPulled);
    condition.asOf = pulledAt(facts);
    if (!facts.analysis.queueKnown)
        return condition;
    const auto& waiting = facts.analysis.verdict.suspectQueue;
    condition.count = waiting.size();
    for (const base::QueueId& id : waiting | std::views::take(examples))
        condition.values.push_back(id.value);
    const bool old = isOlderThan(facts, shutAt(facts));
    condition.state = !waiting.empty() ? State::NotMet : old ? State::Unknown : State::Met;
    condition.why = !waiting.empty() ? Why::StillQueued : old ? Why::OldEvidence : Why::Fine;
    return condition;
}

Condition nothingElse(const Facts& facts)
{
    Condition condition = about(ConditionId::NothingElse, State::Met, Why::Fine);
    condition.asOf = pulledAt(facts);
    const auto& verdict = facts.analysis.verdict;
    for (const Suspect& other : verdict.suspects | std::views::drop(1)) {
        const auto ways = closings(other);
        const bool shut = std::ranges::any_of(ways, [&](const Closing& way) { return closedBy(facts, way); });
        if (!mustBeShut(other) || shut)
            continue;
        condition.state = State::NotMet;
        condition.why = Why::OtherSource;
        const auto& source = other.source;
        condition.values.push_back(!source.account.empty() ? source.account
                : !source.script.empty()                   ? source.script
                : !source.domain.empty()                   ? source.domain
                                                           : source.client);
    }
    if (condition.state == State::Met && !verdict.unexplained.empty()) {
        condition.state = State::NotMet;
        condition.why = Why::Unexplained;
        for (const base::MessageId& id : verdict.unexplained | std::views::take(examples))
            condition.values.push_back(id.value);
    }
    condition.count
        = condition.why == Why::Unexplained ? verdict.unexplained.size() : condition.values.size();
    if (condition.state == State::Met && !facts.analysis.log) {
        condition.state = State::Unknown;
        condition.why = Why::NotPulled;
    }
    return condition;
}

Condition nothingPastTheMailServer(const Facts& facts)
{
    Condition condition = about(ConditionId::NothingPastTheMailServer, State::Unknown, Why::NotPulled);
    condition.asOf = pulledAt(facts);
    if (!facts.analysis.bundle.command("ss"))
        return condition;
    for (const hosting::MailSocket& socket : facts.analysis.facts.sockets) {
        if (socket.process.empty() || hosting::isMailServer(socket.process))
            continue;
        ++condition.count;
        condition.values.push_back(socket.process);
        if (condition.evidence.size() < examples)
            condition.evidence.push_back({facts.analysis.facts.socketsFile, socket.line, socket.text});
    }
    condition.state = condition.count > 0 ? State::NotMet : State::Met;
    condition.why = condition.count > 0 ? Why::ForeignProcess : Why::Fine;
    return condition;
}

// It asks other people's servers, so it is done at the operator's wish only.
Condition portsTested(const Facts&)
{
    Condition condition = about(ConditionId::PortsTested, State::Unknown, Why::NotTested);
    condition.needed = false;
    return condition;
}

} // namespace sluicegate::readiness
