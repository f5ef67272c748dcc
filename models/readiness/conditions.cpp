// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/readiness/conditions.h"

#include "models/containment/ground.h"
#include "models/containment/plan.h"
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

Condition about(ConditionId id, State state, Why why)
{
    return {.id = id, .state = state, .why = why};
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

// What the queue was when it was listed is not what it is after an action on it; likewise the processes.
bool isOvertaken(const Facts& facts, std::initializer_list<std::string_view> actions = {})
{
    return std::ranges::any_of(facts.acts, [&](const Act& act) {
        return (actions.size() == 0 || std::ranges::contains(actions, act.action))
            && isOlderThan(facts, act.at);
    });
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
    const containment::Action* act;
    std::string_view undoing; // empty: nothing takes it back
    std::string target;
};

Closing closing(const containment::Action& action, const containment::Target& target)
{
    const containment::Plan plan = action.plan(target);
    return {&action, plan.undo ? containment::action(*plan.undo).name : std::string_view(), plan.target};
}

// Any one of them closes the source.
std::vector<Closing> closings(const Suspect& suspect)
{
    const containment::Target target = containment::targetOf(suspect);
    std::vector<Closing> all;
    for (const containment::Action& action : containment::actions())
        if (action.shuts && containment::helpsAgainst(action, suspect)
            && !containment::obstacle(action, target))
            all.push_back(closing(action, target));
    return all;
}

// What this server can do of them; all of them where that is not known.
std::vector<std::string> offered(const Facts& facts, const std::vector<Closing>& ways)
{
    const containment::Target target = containment::targetOf(*sourceOf(facts));
    const containment::Ground ground = containment::groundOf(facts.analysis.bundle);
    std::vector<std::string> possible, all;
    for (const Closing& way : ways) {
        all.emplace_back(way.act->name);
        if (!containment::obstacle(*way.act, target, ground))
            possible.emplace_back(way.act->name);
    }
    return possible.empty() ? all : possible;
}

const Act* closedBy(const Facts& facts, const Closing& closing)
{
    const std::string_view act = closing.act->name;
    const Act* last = closing.undoing.empty() ? lastOf(facts, {act}, closing.target)
                                              : lastOf(facts, {act, closing.undoing}, closing.target);
    return last && last->action == act && last->whole ? last : nullptr;
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

// Where the operator says that it was shut without this program, his word dates it.
std::optional<base::Instant> shutAt(const Facts& facts)
{
    std::optional<base::Instant> at;
    if (const Suspect* source = sourceOf(facts))
        for (const Closing& closing : closings(*source))
            if (const Act* act = closedBy(facts, closing); act && (!at || act->at > *at))
                at = act->at; // had the first been enough, nobody would have done the second
    const auto word = facts.waived.find(ConditionId::SourceShut);
    if (!at && word != facts.waived.end())
        at = word->second.at;
    return at;
}

bool isClosed(const Facts& facts)
{
    const Suspect* source = sourceOf(facts);
    if (!source || source->cause == Cause::MailboxPassword)
        return false;
    const containment::Target target = containment::targetOf(*source);
    const containment::Action& whole = containment::action(containment::ActionId::StopUserMail);
    return !target.user.empty() && closedBy(facts, closing(whole, target));
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
    condition.values = offered(facts, ways);
    for (const Closing& way : ways) {
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
    const Act* password = lastOf(
        facts, {"change-password", "change-password-file"}, containment::targetOf(*sourceOf(facts)).mailbox);
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

// A session that was open when the password changed sends on until it is ended: the lock holds from then.
std::optional<base::Instant> silentFrom(const Facts& facts)
{
    const auto shut = shutAt(facts);
    const Suspect* source = sourceOf(facts);
    if (!shut || !source || source->cause != Cause::MailboxPassword)
        return shut;
    const Act* ended = lastOf(facts, {"end-sessions"}, containment::targetOf(*source).mailbox);
    return ended && ended->whole ? std::max(*shut, ended->at) : shut;
}

Condition sourceSilent(const Facts& facts)
{
    const Suspect* source = sourceOf(facts);
    Condition condition = about(ConditionId::SourceSilent, State::Unknown, Why::NotPulled);
    condition.asOf = pulledAt(facts);
    if (!facts.analysis.log)
        return condition;
    condition.why = Why::NoSource;
    const auto from = silentFrom(facts);
    if (!source)
        return condition;
    if (!from) {
        condition.state = State::NotMet;
        condition.why = Why::NotDone;
        return condition;
    }
    const bool old = isOlderThan(facts, from);
    // A watch goes on from one evidence, and counts from one moment.
    const auto& watched = facts.watched;
    const bool goesOn = watched && watched->from == pulledAt(facts) && watched->since == *from;
    if (old && !goesOn) {
        condition.why = Why::OldEvidence;
        return condition;
    }
    Tally seen;
    if (!old)
        seen = tallyOf(facts.analysis, *source, onServer(facts.analysis, *from) + slack);
    auto quietFrom = *from;
    if (goesOn) {
        seen.spam += watched->spam;
        seen.refused += watched->refused;
        seen.unclear = watched->unclear;
        condition.asOf = std::max(*condition.asOf, watched->until);
        quietFrom = std::max(quietFrom, watched->disturbed.value_or(quietFrom));
    }
    condition.refused = seen.refused;
    condition.evidence = seen.evidence;
    const bool over = *condition.asOf >= quietFrom + facts.watch;
    condition.state = seen.spam > 0 ? State::NotMet : over && seen.unclear == 0 ? State::Met : State::Unknown;
    condition.why = seen.spam > 0 ? Why::SpamSince
        : seen.unclear > 0        ? Why::ToBeJudged
        : over                    ? Why::Fine
                                  : Why::WatchNotOver;
    condition.count = seen.spam > 0 ? seen.spam : seen.unclear;
    if (condition.why == Why::WatchNotOver)
        condition.count = std::uint64_t(
            std::chrono::ceil<std::chrono::minutes>(quietFrom + facts.watch - *condition.asOf).count());
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
    const bool old = isOvertaken(facts, {"clear-queue", "restore-queue"})
        || (waiting.empty() && isOlderThan(facts, shutAt(facts)));
    condition.state = old ? State::Unknown : waiting.empty() ? State::Met : State::NotMet;
    condition.why = old ? Why::OldEvidence : waiting.empty() ? Why::Fine : Why::StillQueued;
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
    const bool old = condition.count > 0 && isOvertaken(facts);
    condition.state = old ? State::Unknown : condition.count > 0 ? State::NotMet : State::Met;
    condition.why = old ? Why::OldEvidence : condition.count > 0 ? Why::ForeignProcess : Why::Fine;
    return condition;
}

// They ask other people's servers, so they are done at the operator's wish only, and tell without deciding.
Condition portsTested(const Facts& facts)
{
    Condition condition = about(ConditionId::PortsTested, State::Unknown, Why::NotTested);
    condition.needed = false;
    condition.asOf = facts.probes.portsAt;
    if (facts.probes.ports.empty())
        return condition;
    bool open = false;
    for (const PortTest& test : facts.probes.ports) {
        open = open || test.answer == PortAnswer::Banner;
        if (!isBlocked(test.answer))
            continue;
        ++condition.count;
        condition.values.push_back(test.address + (test.family == 6 ? " port " : ":")
            + std::to_string(test.port) + ' ' + std::string(name(test.answer)));
    }
    if (condition.count == 0 && !open) {
        condition.why = Why::NotTold;
        return condition;
    }
    const bool after = facts.unblocked && *facts.probes.portsAt > *facts.unblocked;
    condition.state = condition.count > 0 && after ? State::NotMet : State::Met;
    condition.why = condition.count == 0 ? Why::Fine : after ? Why::StillBlocked : Why::Blocked;
    condition.values.resize(std::min(condition.values.size(), examples));
    return condition;
}

Condition notListed(const Facts& facts)
{
    Condition condition = about(ConditionId::NotListed, State::Unknown, Why::NotTested);
    condition.needed = false;
    condition.asOf = facts.probes.listsAt;
    if (facts.probes.lists.empty())
        return condition;
    bool told = false;
    for (const ListTest& test : facts.probes.lists) {
        told = told || test.answer != ListAnswer::NotTold;
        if (test.answer != ListAnswer::Listed)
            continue;
        ++condition.count;
        condition.values.push_back(test.address + ' ' + test.zone);
    }
    condition.state = !told ? State::Unknown : condition.count > 0 ? State::NotMet : State::Met;
    condition.why = !told ? Why::NotTold : condition.count > 0 ? Why::Listed : Why::Fine;
    return condition;
}

} // namespace sluicegate::readiness
