// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages of the queue an action is about, and how one is told from another under the same queue id.
#pragma once

#include "models/attribution/verdict.h"
#include "models/queue/entry.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::containment {

/// One message of the queue. Short queue ids come again, so the id alone names nobody.
struct Item {
    base::QueueId id;
    base::Instant arrival; // whole seconds
    std::uint64_t size = 0;
    std::string sender;
    auto operator<=>(const Item&) const = default;
};

Item itemOf(const queue::Entry& entry);
/// The same message, not another one that got the id later.
bool isSame(const Item& item, const queue::Entry& entry);

/// Letters and digits, long enough: never "ALL", which means the whole queue to postsuper; or as Exim makes
/// them.
bool isQueueId(std::string_view text);

/// What the operator takes out of the selection; compared without regard to case.
struct Exclusions {
    std::set<std::string> ids;
    std::set<std::string> senders; // "anna@shop.example", or "@shop.example" for a whole domain
    std::set<std::string> recipients; // likewise; one is enough
};

struct Selection {
    std::vector<Item> items;
    std::uint64_t bytes = 0;
    std::map<queue::Place, std::uint64_t> places; // of the items
    std::uint64_t excluded = 0; // by the operator
    std::uint64_t absent = 0; // suspect, and not in the listing
    std::uint64_t refused = 0; // ids that are none
    std::uint64_t kept = 0; // other messages in the listing: good mail
    std::vector<Item> keptExamples;
};

Selection select(const std::vector<queue::Entry>& listing, const std::vector<base::QueueId>& suspects,
    const Exclusions& exclusions);

} // namespace sluicegate::containment
