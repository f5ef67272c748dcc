// SPDX-License-Identifier: GPL-3.0-or-later
// The queue divided: what belongs to the spam, and the good mail beside it.
#pragma once

#include "models/attribution/suspects.h"

namespace sluicegate::attribution {

/// Fills the verdict's queues and each suspect's queueIds. In doubt an entry is kept.
void splitQueue(const Background& background, std::vector<Accused>& accused, Verdict& verdict);

} // namespace sluicegate::attribution
