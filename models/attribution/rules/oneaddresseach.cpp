// SPDX-License-Identifier: GPL-3.0-or-later
// A form writes to the one address a visitor typed.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding oneAddressEach(const Scene& scene)
{
    if (scene.origin.path != Path::Pickup || scene.ofSpam.messages < 5
        || scene.ofSpam.strangers != scene.ofSpam.messages)
        return {};
    return Clue {.rule = "one-address-each",
        .weight = 1,
        .count = scene.ofSpam.messages,
        .values = {},
        .evidence = linesWith(scene, "nrcpt=1", 2)};
}

} // namespace sluicegate::attribution::rules
