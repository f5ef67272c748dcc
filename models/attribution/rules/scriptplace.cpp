// SPDX-License-Identifier: GPL-3.0-or-later
// Uploads, caches and hidden folders hold data. A program that runs there was put there.
#include "models/attribution/requests.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

namespace {

Lines linesOfScript(const Scene& scene)
{
    Lines lines;
    for (const std::uint32_t index : scene.spam) {
        const auto call = scene.background.scripts.calls.find(scene.rows[index].journey);
        if (call != scene.background.scripts.calls.end() && lines.size() < 3)
            lines.push_back(lineOf(call->second));
    }
    if (const EndpointMatch* match = droppedOf(scene))
        for (const auto& [log, request] : match->examples)
            if (lines.size() < 6)
                lines.push_back(lineOf(*log, *request));
    return lines;
}

} // namespace

Finding scriptPlace(const Scene& scene)
{
    std::string script = scene.origin.script;
    if (script.empty())
        if (const EndpointMatch* match = droppedOf(scene))
            script = match->script.empty() ? match->domain + match->endpoint : match->script;
    const std::string_view folder = dataFolder(script);
    if (folder.empty() || !isProgram(script))
        return {};
    return Clue {.rule = "script-place",
        .weight = 1,
        .count = scene.spam.size(),
        .values = {script, std::string(folder)},
        .evidence = linesOfScript(scene)};
}

} // namespace sluicegate::attribution::rules
