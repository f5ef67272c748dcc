// SPDX-License-Identifier: GPL-3.0-or-later
// A web application writes in the name of its site.
#include "models/attribution/network.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

#include <algorithm>

namespace sluicegate::attribution::rules {

Finding siteSender(const Scene& scene)
{
    if (scene.origin.path != Path::Pickup || scene.senders.size() != 1
        || scene.rows[scene.spam.front()].foreign || scene.sites.empty())
        return {};
    // user@myhostname is what sendmail writes when nobody names a sender.
    const std::string_view domain = domainOf(scene.senders.front().name);
    if (std::ranges::none_of(
            scene.sites, [&](const hosting::Site* site) { return related(domain, site->domain); }))
        return {};
    return Clue {.rule = "site-sender",
        .weight = 1,
        .count = scene.senders.front().count,
        .values = {std::string(scene.senders.front().name)},
        .evidence = linesOf(scene, scene.senders, "from=<", 1)};
}

} // namespace sluicegate::attribution::rules
