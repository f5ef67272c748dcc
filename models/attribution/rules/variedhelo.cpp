// SPDX-License-Identifier: GPL-3.0-or-later
// Bots greet with names of their own making; one mail program keeps one.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding variedHelo(const Scene& scene)
{
    if (scene.origin.path != Path::Login || scene.helos.size() < 4)
        return {};
    std::string examples;
    for (std::size_t i = 0; i < 3; ++i)
        examples.append(i ? ", " : "").append(scene.helos[i].name.substr(0, 64));
    return Clue {.rule = "varied-helo",
        .weight = rising(static_cast<double>(scene.helos.size()), 2, 8),
        .count = scene.helos.size(),
        .values = {examples},
        .evidence = linesOf(scene, scene.helos, "helo=")};
}

} // namespace sluicegate::attribution::rules
