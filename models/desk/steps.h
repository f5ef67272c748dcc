// SPDX-License-Identifier: GPL-3.0-or-later
// Pull progress for a screen: at most twenty times a second, with the bytes of the whole pull and their rate.
#pragma once

#include "models/desk/snapshot.h"

#include <functional>

namespace sluicegate::desk {

/// Gives a report function for evidence::pull(); `post` gets an edit of the running job.
std::function<void(const evidence::Step&)> stepTeller(
    std::function<void(std::function<void(Running&)>)> post);
/// The same for actions; the last word of each stage is always told.
containment::Report actionTeller(std::function<void(std::function<void(Running&)>)> post);

} // namespace sluicegate::desk
