// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/readiness/gate.h"

#include <algorithm>

namespace sluicegate::readiness {

namespace {

const std::string* fact(const containment::Note& note, std::string_view name)
{
    const auto at = std::ranges::find(note.facts, name, &std::pair<std::string, std::string>::first);
    return at == note.facts.end() ? nullptr : &at->second;
}

} // namespace

std::vector<Act> actsIn(std::span<const containment::Note> notes)
{
    std::vector<Act> acts;
    for (const containment::Note& note : notes) {
        const std::string* action = fact(note, "action");
        const std::string* target = fact(note, "target");
        const std::string* ended = fact(note, "ended");
        if (note.kind == containment::kinds::actionEnded && action && target && ended && note.at)
            acts.push_back({*action, *target, *note.at, *ended == "whole"});
    }
    return acts;
}

} // namespace sluicegate::readiness
