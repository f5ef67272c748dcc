// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/messageorder.h"

#include <QElapsedTimer>

#include <algorithm>
#include <numeric>

namespace sluicegate::items {

namespace {

using Indices = std::vector<std::uint32_t>;
using Column = MessageTable::Column;
constexpr std::size_t FirstBatch = 256;
constexpr qint64 BatchMilliseconds = 100;

/// Sorts by a key that is taken once per message.
template <typename Key> void sortBy(Indices& indices, Qt::SortOrder direction, Key key)
{
    std::vector<std::pair<decltype(key(0u)), std::uint32_t>> keyed;
    keyed.reserve(indices.size());
    for (const std::uint32_t index : indices)
        keyed.emplace_back(key(index), index);
    std::ranges::sort(keyed);
    std::ranges::transform(keyed, indices.begin(), [](const auto& pair) { return pair.second; });
    if (direction == Qt::DescendingOrder)
        std::ranges::reverse(indices);
}

void sort(Indices& indices, const Messages& messages, Order order)
{
    const auto by = [&](auto key) { sortBy(indices, order.direction, key); };
    switch (order.column) {
    case Column::Time:
        return by([&](std::uint32_t i) { return messages.at[i]; });
    case Column::Sender:
        return by([&](std::uint32_t i) { return messages.journey(i).sender(); });
    case Column::Account:
        return by([&](std::uint32_t i) { return messages.account(i); });
    case Column::Client:
        return by([&](std::uint32_t i) { return messages.journey(i).clientIp(); });
    case Column::Recipients:
        return by([&](std::uint32_t i) {
            const maillog::Journey journey = messages.journey(i);
            return journey.recipientCount().value_or(tally(journey).recipients);
        });
    case Column::Status:
        return by([&](std::uint32_t i) { return messages.outcome[i]; });
    case Column::Size:
        return by([&](std::uint32_t i) { return messages.journey(i).size().value_or(0); });
    case Column::Queue:
        return by([&](std::uint32_t i) { return messages.journey(i).queueId(); });
    case Column::Subject:
        return by([&](std::uint32_t i) { return messages.subject(i); });
    case Column::Id:
        return by([&](std::uint32_t i) { return messages.journey(i).messageId(); });
    case Column::ColumnCount:
        break;
    }
}

void inBatches(const Messages& messages, const Matcher& matcher, std::stop_token stop, const TakeChunk& take)
{
    QElapsedTimer sinceBatch;
    sinceBatch.start();
    auto batch = std::make_shared<Indices>();
    bool first = true;
    for (std::uint32_t index = 0; index < messages.size(); ++index) {
        if (index % 1024 == 0 && stop.stop_requested())
            return;
        if (matcher.matches(index))
            batch->push_back(index);
        const bool due = first ? batch->size() >= FirstBatch
                               : index % 1024 == 0 && sinceBatch.hasExpired(BatchMilliseconds);
        if (due) {
            take(std::exchange(batch, std::make_shared<Indices>()), first, false);
            first = false;
            sinceBatch.restart();
        }
    }
    take(std::move(batch), first, true);
}

} // namespace

void eachChunk(
    const Messages& messages, const Filter& filter, Order order, std::stop_token stop, const TakeChunk& take)
{
    const Matcher matcher(messages, filter);
    if (order.column == Column::Time && order.direction == Qt::AscendingOrder)
        return inBatches(messages, matcher, stop, take);
    auto all = std::make_shared<Indices>();
    for (std::uint32_t index = 0; index < messages.size(); ++index) {
        if (index % 1024 == 0 && stop.stop_requested())
            return;
        if (matcher.matches(index))
            all->push_back(index);
    }
    sort(*all, messages, order);
    if (!stop.stop_requested())
        take(std::move(all), true, true);
}

} // namespace sluicegate::items
