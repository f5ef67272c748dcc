// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/deed.h"

#include <algorithm>
#include <ranges>

namespace sluicegate::containment {

namespace {

constexpr std::string_view rememberedKind = "action-remembered";

} // namespace

bool Acted::whole() const
{
    return !interrupted && !deeds.empty() && std::ranges::all_of(deeds, [](const Deed& deed) {
        return deed.outcome == Outcome::Done || deed.outcome == Outcome::AlreadySo;
    });
}

ssh::Command commandOf(const PlannedCommand& planned)
{
    return {.script = planned.script,
        .arguments = planned.arguments,
        .input = {},
        .privilege = planned.asRoot ? ssh::Privilege::Root : ssh::Privilege::Plain,
        .timeout = std::chrono::minutes(2)};
}

Doing::Doing(Hand& hand, std::string_view name, std::string target)
    : m_hand(hand), m_name(name), m_target(std::move(target))
{
    if (auto noted = hand.ledger().note({"action", m_name + ' ' + m_target}); !noted)
        stop(noted.error());
}

// The commands themselves stand in the journal already; this is what came of them.
Acted Doing::finish()
{
    std::string text = m_name + ' ' + m_target;
    for (const Deed& deed : m_acted.deeds)
        text.append(" ").append(containment::name(deed.stage)).append(":").append(name(deed.outcome));
    const auto noted = m_hand.ledger().note({std::string(kinds::actionEnded), text, {},
        {{"action", m_name}, {"target", m_target}, {"ended", m_acted.whole() ? "whole" : "not whole"}}});
    if (!noted && !over())
        stop(noted.error());
    return std::move(m_acted);
}

std::optional<ssh::Output> Doing::run(const PlannedCommand& planned, std::string input)
{
    if (over())
        return {};
    auto command = commandOf(planned);
    command.input = std::move(input);
    return take(planned, m_hand.run(command));
}

std::optional<ssh::Output> Doing::runSecret(const PlannedCommand& planned, std::string secret)
{
    if (over())
        return {};
    auto command = commandOf(planned);
    command.input = std::move(secret);
    auto output = take(planned, m_hand.run(command, Input::Secret));
    std::ranges::fill(command.input, '\0');
    return output;
}

std::optional<ssh::Output> Doing::take(const PlannedCommand& planned, const base::Result<ssh::Output>& output)
{
    if (!output) {
        const bool neverRan = output.error().kind == base::FailureKind::SudoRefused;
        add(planned.stage, neverRan ? Outcome::NotReached : Outcome::MustBeChecked, output.error().detail);
        stop(output.error());
        return {};
    }
    const bool good = output->exitStatus == 0 && output->signal.empty();
    add(planned.stage, good ? Outcome::Done : Outcome::Failed, good ? std::string() : complaint(*output));
    return *output;
}

void Doing::judge(Outcome outcome, std::string said)
{
    m_acted.deeds.back().outcome = outcome;
    m_acted.deeds.back().said = std::move(said);
}

void Doing::add(Stage stage, Outcome outcome, std::string said)
{
    m_acted.deeds.push_back({stage, outcome, std::move(said)});
}

base::Result<void> Doing::remember(std::vector<std::pair<std::string, std::string>> facts)
{
    facts.insert(facts.begin(), {{"action", m_name}, {"target", m_target}});
    return m_hand.ledger().note({std::string(rememberedKind), m_name + ' ' + m_target, {}, std::move(facts)});
}

std::optional<std::string> Doing::recalled(std::string_view action, std::string_view fact) const
{
    const auto value = [](const Note& note, std::string_view name) -> const std::string* {
        const auto at = std::ranges::find(note.facts, name, &std::pair<std::string, std::string>::first);
        return at == note.facts.end() ? nullptr : &at->second;
    };
    const auto notes = m_hand.ledger().notes();
    for (const Note& note : notes | std::views::reverse) {
        const std::string* who = value(note, "action");
        const std::string* target = value(note, "target");
        if (note.kind == rememberedKind && who && *who == action && target && *target == m_target)
            if (const std::string* found = value(note, fact))
                return *found;
    }
    return {};
}

} // namespace sluicegate::containment
