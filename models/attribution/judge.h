// SPDX-License-Identifier: GPL-3.0-or-later
// Clues become a cause, a score and a confidence.
#pragma once

#include "models/attribution/scene.h"

namespace sluicegate::attribution {

/// Asks every rule and weighs what they find. Causes that the entry path rules out are not considered.
Judgement judge(const Scene& scene);

Confidence confidenceOf(double score);

} // namespace sluicegate::attribution
