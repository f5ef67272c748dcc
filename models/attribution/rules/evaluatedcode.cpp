// SPDX-License-Identifier: GPL-3.0-or-later
// PHP names eval()'d code in its log and header. Injected code runs so; hardly any honest mail does.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding evaluatedCode(const Scene& scene)
{
    std::uint64_t count = 0;
    std::string script;
    Lines lines;
    for (const std::uint32_t index : scene.spam) {
        const auto call = scene.background.scripts.calls.find(scene.rows[index].journey);
        if (call == scene.background.scripts.calls.end() || !call->second.mail->evaluated)
            continue;
        ++count;
        script = call->second.mail->script;
        if (lines.size() < 5)
            lines.push_back(lineOf(call->second));
    }
    eachQueued(scene, [&](const std::string& id, const QueuedMessage& queued) {
        for (const message::Field& field : queued.inspection.fields)
            if (field.name.starts_with("X-PHP-") && field.value.find("eval()'d code") != std::string::npos) {
                ++count;
                if (script.empty())
                    script = queued.inspection.origin.script;
                if (lines.size() < quoteLimit)
                    lines.push_back(lineOf(id, queued, field.offset));
            }
    });
    if (count == 0)
        return {};
    return Clue {
        .rule = "evaluated-code", .weight = 1, .count = count, .values = {script}, .evidence = lines};
}

} // namespace sluicegate::attribution::rules
