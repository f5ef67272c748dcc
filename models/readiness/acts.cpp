// SPDX-License-Identifier: GPL-3.0-or-later
// What the journal says about actions, the operator's words, watches and tests, and how they get into it.
#include "models/readiness/gate.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <ranges>

namespace sluicegate::readiness {

namespace {

using containment::Note;

constexpr std::string_view unblockedKind = "unblocked";
constexpr std::string_view waivedKind = "waived";
constexpr std::string_view withdrawnKind = "waiver-withdrawn";
constexpr std::string_view watchedKind = "watched";
constexpr std::string_view portKind = "port-tested";
constexpr std::string_view listKind = "list-asked";

const std::string* fact(const Note& note, std::string_view name)
{
    const auto at = std::ranges::find(note.facts, name, &std::pair<std::string, std::string>::first);
    return at == note.facts.end() ? nullptr : &at->second;
}

std::string word(const Note& note, std::string_view name)
{
    const std::string* found = fact(note, name);
    return found ? *found : std::string();
}

std::uint64_t number(const Note& note, std::string_view name)
{
    const std::string text = word(note, name);
    std::uint64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

std::optional<base::Instant> moment(const Note& note, std::string_view name)
{
    const std::string* found = fact(note, name);
    return found ? base::parseIso(*found) : std::nullopt;
}

// A clearing notes what it took away, batch by batch; the queue is another one after each.
std::string_view queueActionOf(const Note& note)
{
    return note.kind == containment::kinds::deleted ? "clear-queue"
        : note.kind == containment::kinds::restored ? "restore-queue"
                                                    : std::string_view();
}

base::Result<void> refused(std::string subject, const char* why)
{
    return base::fail(base::FailureKind::Usage, std::move(subject), why);
}

} // namespace

std::vector<Act> actsIn(std::span<const Note> notes)
{
    std::vector<Act> acts;
    for (const Note& note : notes) {
        if (!note.at)
            continue;
        const std::string_view onQueue = queueActionOf(note);
        if (!onQueue.empty() && !acts.empty() && acts.back().action == onQueue)
            acts.back().at = *note.at;
        else if (!onQueue.empty())
            acts.push_back({std::string(onQueue), {}, *note.at, true});
        const std::string* action = fact(note, "action");
        const std::string* target = fact(note, "target");
        const std::string* ended = fact(note, "ended");
        if (note.kind == containment::kinds::actionEnded && action && target && ended)
            acts.push_back({*action, *target, *note.at, *ended == "whole"});
    }
    return acts;
}

Waivers waiversIn(std::span<const Note> notes)
{
    Waivers waivers;
    for (const Note& note : notes) {
        const auto id = findCondition(word(note, "condition"));
        if (!id || !note.at)
            continue;
        if (note.kind == withdrawnKind)
            waivers.erase(*id);
        const auto why = findWhy(word(note, "why"));
        if (note.kind == waivedKind && why && !word(note, "reason").empty())
            waivers[*id] = {word(note, "reason"), word(note, "by"), *note.at, *why, number(note, "count")};
    }
    return waivers;
}

std::optional<Watched> watchedIn(std::span<const Note> notes)
{
    for (const Note& note : notes | std::views::reverse) {
        const auto from = moment(note, "from");
        const auto since = moment(note, "since");
        const auto until = moment(note, "until");
        if (note.kind == watchedKind && from && since && until)
            return Watched {*from, *since, *until, moment(note, "disturbed"), number(note, "spam"),
                number(note, "refused"), number(note, "unclear"), number(note, "bytes")};
    }
    return {};
}

Probes probesIn(std::span<const Note> notes)
{
    Probes probes;
    const auto anew = [](auto& all, std::optional<base::Instant>& at, const Note& note) {
        if (fact(note, "first"))
            all.clear();
        at = note.at;
    };
    for (const Note& note : notes) {
        const auto answer = findPortAnswer(word(note, "answer"));
        if (note.kind == portKind && answer) {
            anew(probes.ports, probes.portsAt, note);
            probes.ports.push_back(
                {word(note, "host"), word(note, "address"), std::uint16_t(number(note, "port")),
                    int(number(note, "family")), *answer, word(note, "said")});
        }
        const auto listed = findListAnswer(word(note, "answer"));
        if (note.kind == listKind && listed) {
            anew(probes.lists, probes.listsAt, note);
            ListTest test {word(note, "zone"), word(note, "address"), *listed, {}};
            for (const auto& [name, value] : note.facts)
                if (name == "code")
                    test.codes.push_back(value);
            probes.lists.push_back(std::move(test));
        }
    }
    return probes;
}

std::optional<base::Instant> unblockedIn(std::span<const Note> notes)
{
    for (const Note& note : notes | std::views::reverse)
        if (note.kind == unblockedKind)
            return note.at;
    return {};
}

Facts factsOf(const triage::Analysis& analysis, std::span<const Note> notes, base::Instant now)
{
    return {.analysis = analysis,
        .acts = actsIn(notes),
        .now = now,
        .waived = waiversIn(notes),
        .watched = watchedIn(notes),
        .probes = probesIn(notes),
        .unblocked = unblockedIn(notes)};
}

base::Result<void> recordUnblock(const Permit& permit, containment::Ledger& ledger)
{
    Note note {std::string(unblockedKind), "the operator unblocks at the provider", {}, {}};
    for (const Condition& condition : permit.grounds())
        note.facts.emplace_back(name(condition.id),
            !condition.waived ? std::string(name(condition.state)) : "waived: " + condition.waived->reason);
    return ledger.note(note);
}

base::Result<void> recordWaiver(
    const Condition& condition, const std::string& reason, const std::string& by, containment::Ledger& ledger)
{
    const std::string id(name(condition.id));
    if (reason.find_first_not_of(" \t\r\n") == reason.npos)
        return refused(id, "needs a reason, which the report will show");
    if (condition.state == State::Met)
        return refused(id, "stands by itself: there is nothing to pass over");
    return ledger.note({std::string(waivedKind), id + ": " + reason, {},
        {{"condition", id}, {"reason", reason}, {"by", by}, {"state", std::string(name(condition.state))},
            {"why", std::string(name(condition.why))}, {"count", std::to_string(condition.count)}}});
}

base::Result<void> withdrawWaiver(ConditionId id, const std::string& by, containment::Ledger& ledger)
{
    return ledger.note({std::string(withdrawnKind), std::string(name(id)), {},
        {{"condition", std::string(name(id))}, {"by", by}}});
}

base::Result<void> recordWatched(const Watched& watched, containment::Ledger& ledger)
{
    Note note {std::string(watchedKind),
        std::to_string(watched.spam) + " messages of the spam, " + std::to_string(watched.refused)
            + " refused attempts",
        {},
        {{"from", base::iso(watched.from)}, {"since", base::iso(watched.since)},
            {"until", base::iso(watched.until)}, {"spam", std::to_string(watched.spam)},
            {"refused", std::to_string(watched.refused)}, {"unclear", std::to_string(watched.unclear)},
            {"bytes", std::to_string(watched.bytes)}}};
    if (watched.disturbed)
        note.facts.emplace_back("disturbed", base::iso(*watched.disturbed));
    return ledger.note(note);
}

base::Result<void> recordPorts(std::span<const PortTest> tests, containment::Ledger& ledger)
{
    for (const PortTest& test : tests) {
        Note note {std::string(portKind),
            test.host + " port " + std::to_string(test.port) + " IPv" + std::to_string(test.family) + ": "
                + std::string(name(test.answer)),
            {},
            {{"host", test.host}, {"address", test.address}, {"port", std::to_string(test.port)},
                {"family", std::to_string(test.family)}, {"answer", std::string(name(test.answer))},
                {"said", test.said}}};
        if (&test == &tests.front())
            note.facts.emplace_back("first", "yes");
        if (auto noted = ledger.note(note); !noted)
            return noted;
    }
    return {};
}

base::Result<void> recordLists(std::span<const ListTest> tests, containment::Ledger& ledger)
{
    for (const ListTest& test : tests) {
        Note note {std::string(listKind),
            test.address + " on " + test.zone + ": " + std::string(name(test.answer)), {},
            {{"zone", test.zone}, {"address", test.address}, {"answer", std::string(name(test.answer))}}};
        for (const std::string& code : test.codes)
            note.facts.emplace_back("code", code);
        if (&test == &tests.front())
            note.facts.emplace_back("first", "yes");
        if (auto noted = ledger.note(note); !noted)
            return noted;
    }
    return {};
}

} // namespace sluicegate::readiness
