// SPDX-License-Identifier: GPL-3.0-or-later
// Unpacking a log with its rotations: several files at once, and not to the end if somebody loses patience.
#pragma once

#include "models/evidence/bundle.h"

#include <stop_token>
#include <vector>

namespace sluicegate::evidence {

/// As unpack() for each file, in the files' order, two at a time; Cancelled for those that were not done when
/// it was stopped.
std::vector<base::Result<Unpacked>> unpackAll(
    const std::vector<std::filesystem::path>& files, std::stop_token stop);

} // namespace sluicegate::evidence
