// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers the entries of a listing, each queue id once.
#pragma once

#include "models/queue/entry.h"

#include <unordered_map>

namespace sluicegate::queue {

/// Takes the first line off, without its line end.
std::string_view takeLine(std::string_view& bytes);
/// Takes the first word off, with the blanks before it.
std::string_view takeWord(std::string_view& text);

class Collector {
public:
    /// A message that moved while the queue was listed is shown twice: the later line knows where it is now.
    void add(Entry entry);
    void unparsed(std::uint64_t line) { m_listing.unparsedLines.push_back(line); }
    void unreadable(base::QueueId id) { m_listing.unreadable.push_back(std::move(id)); }
    Listing finish() { return std::move(m_listing); }

private:
    Listing m_listing;
    std::unordered_map<base::QueueId, std::size_t> m_places;
};

} // namespace sluicegate::queue
