// SPDX-License-Identifier: GPL-3.0-or-later
// The mail queue as it is now, and the scripts that change it.
#pragma once

#include "models/containment/hand.h"
#include "models/queue/entry.h"

#include <unordered_map>

namespace sluicegate::containment {

namespace scripts {
inline constexpr std::string_view list = "postqueue -j";
inline constexpr std::string_view listPlain = "postqueue -p"; // before Postfix 3.1
inline constexpr std::string_view date = R"(date "+%s %z")";
// Ids stand on standard input, one a line: no command line gets too long, and none can name the whole queue.
inline constexpr std::string_view hold = "postsuper -h -";
inline constexpr std::string_view release = "postsuper -H -";
// From the hold queue only: a message that got the id since is anywhere but there.
inline constexpr std::string_view erase = "postsuper -d - hold";
inline constexpr std::string_view show = R"(postcat -q "$@")";
} // namespace scripts

/// A root command with ids on standard input.
ssh::Command onIds(std::string_view script, const std::vector<base::QueueId>& ids);

/// What the queue holds at one moment.
class QueueNow {
public:
    static base::Result<QueueNow> ask(Hand& hand);

    /// The message itself, not one that has its id by now; null when it has left the queue.
    const queue::Entry* find(const Item& item) const;
    const queue::Entry* byId(const base::QueueId& id) const;
    const std::vector<queue::Entry>& entries() const { return m_listing.entries; }
    /// Lines that were not understood: what is absent from the entries may still be there.
    bool doubtful() const { return !m_listing.unparsedLines.empty(); }

private:
    explicit QueueNow(queue::Listing listing);

    queue::Listing m_listing;
    std::unordered_map<base::QueueId, std::size_t> m_places;
};

} // namespace sluicegate::containment
