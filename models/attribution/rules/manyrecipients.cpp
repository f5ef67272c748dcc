// SPDX-License-Identifier: GPL-3.0-or-later
// Many strangers per message save the thief time.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding manyRecipients(const Scene& scene)
{
    const Counts& counts = scene.ofSpam;
    const double average
        = counts.messages ? static_cast<double>(counts.recipients) / static_cast<double>(counts.messages) : 0;
    if (counts.messages < 3 || average < 5)
        return {};
    return Clue {.rule = "many-recipients",
        .weight = rising(average, 4, 20),
        .count = counts.recipients,
        .values = {std::to_string(static_cast<std::uint64_t>(average))},
        .evidence = linesWith(scene, "nrcpt=", [&](const Row& row) {
            return scene.log().journey(row.journey).recipientCount().value_or(0) >= 5;
        })};
}

} // namespace sluicegate::attribution::rules
