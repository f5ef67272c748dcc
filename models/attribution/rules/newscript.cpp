// SPDX-License-Identifier: GPL-3.0-or-later
// The script that sent was put there, or changed, shortly before, while nothing much else was: an update
// changes many programs at once. By ctime, which touch(1) cannot set back.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

namespace {

constexpr std::chrono::days shortly {30};
constexpr std::chrono::hours together {1};
constexpr std::ptrdiff_t few = 20; // programs that one hand changes within an hour

} // namespace

Finding newScript(const Scene& scene)
{
    const std::string script = scriptOf(scene);
    const auto& programs = scene.facts().programs;
    const auto own = std::ranges::find(programs, script, &hosting::Program::path);
    if (script.empty() || own == programs.end() || own->changed > scene.last().at
        || own->changed < scene.first().at - shortly)
        return {};
    const auto beside = std::ranges::count_if(programs, [&](const hosting::Program& other) {
        return other.changed >= own->changed - together && other.changed <= own->changed + together;
    });
    if (beside > few)
        return {};
    return Clue {.rule = "new-script",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {script, base::iso(own->changed)},
        .evidence = {{scene.facts().programsFile, own->line, own->text}}};
}

} // namespace sluicegate::attribution::rules
