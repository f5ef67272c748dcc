// SPDX-License-Identifier: GPL-3.0-or-later
// Things of the views as pins for the report, and what a pin leads back to.
#pragma once

#include "models/casefile/remark.h"
#include "models/items/letter.h"
#include "models/items/messages.h"

namespace sluicegate::items {

/// With an id of its own; written when the desk keeps it.
casefile::Remark noteOf(const QString& words);
casefile::Remark pinOf(const Messages& messages, std::uint32_t journey);
casefile::Remark pinOf(const queue::Entry& entry);
casefile::Remark pinOf(const attribution::Suspect& suspect);
/// `target` leads back to where the line was looked at; `at` is its time, where that is known.
casefile::Remark pinOf(const base::EvidenceLine& line, std::string target, std::optional<base::Instant> at);
/// When a line of a message was written, as near as its story tells.
base::Instant timeOfLine(const Messages& messages, std::uint32_t journey, const base::EvidenceLine& line);
/// The field, hop or body that begins at this byte of a message.
casefile::Remark pinOf(const Letter& letter, std::size_t offset, const QString& title);

/// Names a suspect's source whatever rank it has and whatever language is spoken.
std::string keyOf(const attribution::SuspectSource& source);

QString kindName(casefile::RemarkKind kind);

} // namespace sluicegate::items
