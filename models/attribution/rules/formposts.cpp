// SPDX-License-Identifier: GPL-3.0-or-later
// One POST, one message, within the same second or two: the site did what it was built to do.
#include "models/attribution/requests.h"
#include "models/attribution/rules/quote.h"
#include "models/attribution/rules/rules.h"

namespace sluicegate::attribution::rules {

Finding formPosts(const Scene& scene)
{
    const EndpointMatch* best = formOf(scene);
    if (!best)
        return {};
    const double explained = static_cast<double>(best->paired) / static_cast<double>(scene.spam.size());
    Clue clue {.rule = "form-posts",
        .weight = rising(explained, 0.3, 0.8) * (isKnownForm(best->endpoint) ? 1.0 : 0.75),
        .count = best->paired,
        .values = {best->endpoint, percent(best->paired, scene.spam.size()), std::to_string(best->requests)},
        .evidence = {}};
    for (std::size_t i = 0; i < best->pairs.size() && i < 5; ++i) {
        clue.evidence.push_back(lineOf(*best->pairs[i].log, *best->pairs[i].request));
        clue.evidence.push_back(lineWith(scene, scene.rows[best->pairs[i].row].journey, entryText(scene)));
    }
    return clue;
}

} // namespace sluicegate::attribution::rules
