// SPDX-License-Identifier: GPL-3.0-or-later
// Where a message read, or one in the queue, leads to in the log: terms that find its like.
#pragma once

#include "models/items/filter.h"
#include "models/message/inspection.h"

namespace sluicegate::items {

/// Of the hop or the Message-ID that begins at this byte, else of who handed the message in.
std::vector<Term> leadsOf(const message::Inspection& read, std::optional<std::size_t> offset);
/// What the log knows of a queued message: its sender, login, client and time.
std::vector<Term> leadsOf(const triage::Analysis& analysis, const queue::Entry& entry);

} // namespace sluicegate::items
