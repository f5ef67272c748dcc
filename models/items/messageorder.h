// SPDX-License-Identifier: GPL-3.0-or-later
// Which messages the table shows, in which order: the worker's half of the message table.
#pragma once

#include "models/items/messagetable.h"

#include <functional>

namespace sluicegate::items {

struct Order {
    MessageTable::Column column = MessageTable::Time;
    Qt::SortOrder direction = Qt::AscendingOrder;
};

using TakeChunk = std::function<void(MessageTable::Chunk chunk, bool first, bool last)>;

/// Calls `take` with the matching journeys in order: by ascending time in batches (the first one at once,
/// then about ten a second), otherwise sorted, in one piece. Always ends with `last` unless stopped.
void eachChunk(
    const Messages& messages, const Filter& filter, Order order, std::stop_token stop, const TakeChunk& take);

} // namespace sluicegate::items
