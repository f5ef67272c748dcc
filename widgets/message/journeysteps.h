// SPDX-License-Identifier: GPL-3.0-or-later
// One message's story in a few sentences: came in, from whom, to whom, how it ended.
#pragma once

#include "models/items/messages.h"

#include <QString>

#include <vector>

namespace sluicegate::messagescreen {

struct StoryStep {
    QString heading;
    QString text;
    std::optional<items::Outcome> outcome;
};

std::vector<StoryStep> story(const items::Messages& messages, std::uint32_t journey);

} // namespace sluicegate::messagescreen
