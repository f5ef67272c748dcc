// SPDX-License-Identifier: GPL-3.0-or-later
// The queue divided: what belongs to the spam, and the good mail beside it.
#pragma once

#include "models/attribution/suspects.h"

namespace sluicegate::attribution {

/// The journey of a message in the queue. Short ids come again: it is the life that is not yet over, or none.
std::optional<std::uint32_t> lifeOf(const maillog::History& log, const queue::Entry& entry);

/// Fills the verdict's queues and each suspect's queueIds. In doubt an entry is kept.
void splitQueue(const Background& background, std::vector<Accused>& accused, Verdict& verdict);

} // namespace sluicegate::attribution
