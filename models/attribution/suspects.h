// SPDX-License-Identifier: GPL-3.0-or-later
// Which sources are suspects, and what is said about each.
#pragma once

#include "models/attribution/scene.h"

#include <memory>
#include <stop_token>

namespace sluicegate::attribution {

/// A suspect with what it was judged from.
struct Accused {
    Suspect suspect;
    std::unique_ptr<Scene> scene;
};

/// Sources that hold noticed messages, then those whose behaviour honest ones do not have; best first.
std::vector<Accused> findSuspects(const Background& background, std::stop_token stop);

/// Journeys of the noticed Message-IDs, and the ids that no journey has.
struct NoticedJourneys {
    std::vector<bool> of; // by journey
    std::vector<base::MessageId> missing;
};
NoticedJourneys findNoticed(const Facts& facts, const Sources& sources);

} // namespace sluicegate::attribution
