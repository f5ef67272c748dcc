// SPDX-License-Identifier: GPL-3.0-or-later
// Who offers a way out in every message keeps a list. Spammers copy the field, too: it weighs, it does not
// decide.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding listHeaders(const Scene& scene)
{
    std::uint64_t known = 0;
    std::uint64_t listed = 0;
    std::string example;
    Lines lines;
    // PHP's mail log has the headers a script gave, with blanks for line ends.
    for (const std::uint32_t index : scene.spam) {
        const auto call = scene.background.scripts.calls.find(scene.rows[index].journey);
        if (call == scene.background.scripts.calls.end())
            continue;
        ++known;
        const std::string& field = call->second.mail->listField;
        if (field.empty())
            continue;
        ++listed;
        if (example.empty())
            example = field.substr(0, 200);
        if (lines.size() < 3)
            lines.push_back(lineOf(call->second));
    }
    eachQueued(scene, [&](const std::string& id, const QueuedMessage& queued) {
        ++known;
        for (const message::Field& field : queued.inspection.fields)
            if (field.name == "List-Unsubscribe" || field.name == "List-Id") {
                ++listed;
                if (example.empty())
                    example = field.value.substr(0, 200);
                if (lines.size() < 3)
                    lines.push_back(lineOf(id, queued, field.offset));
                return;
            }
    });
    if (listed == 0 || listed * 2 < known)
        return {};
    return Clue {
        .rule = "list-headers", .weight = 1, .count = listed, .values = {example}, .evidence = lines};
}

} // namespace sluicegate::attribution::rules
