// SPDX-License-Identifier: GPL-3.0-or-later
// The mail queue as it is now.
#pragma once

#include "models/containment/hand.h"
#include "models/containment/mailserver.h"
#include "models/queue/entry.h"

#include <algorithm>
#include <unordered_map>

namespace sluicegate::containment {

/// A root command with ids on standard input.
ssh::Command onIds(std::string_view script, const std::vector<base::QueueId>& ids);

/// What the queue holds at one moment.
class QueueNow {
public:
    static base::Result<QueueNow> ask(Hand& hand, MailServer server);

    /// The message itself, not one that has its id by now; null when it has left the queue.
    const queue::Entry* find(const Item& item) const;
    const queue::Entry* byId(const base::QueueId& id) const;
    const std::vector<queue::Entry>& entries() const { return m_listing.entries; }
    /// Lines that were not understood: what is absent from the entries may still be there.
    bool doubtful(const base::QueueId& id) const
    {
        return !m_listing.unparsedLines.empty() || std::ranges::contains(m_listing.unreadable, id);
    }

private:
    explicit QueueNow(queue::Listing listing);

    queue::Listing m_listing;
    std::unordered_map<base::QueueId, std::size_t> m_places;
};

} // namespace sluicegate::containment
