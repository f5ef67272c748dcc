// SPDX-License-Identifier: GPL-3.0-or-later
// One sender that belongs to the login or the site.
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding sameSender(const Scene& scene)
{
    const bool isOwn = scene.origin.path == Path::Login || scene.origin.path == Path::Pickup;
    if (!isOwn || scene.senders.size() != 1 || scene.rows[scene.spam.front()].foreign
        || scene.spam.size() < 10)
        return {};
    return Clue {.rule = "same-sender",
        .weight = 1,
        .count = scene.senders.front().count,
        .values = {std::string(scene.senders.front().name)},
        .evidence = linesOf(scene, scene.senders, "from=<", 1)};
}

} // namespace sluicegate::attribution::rules
