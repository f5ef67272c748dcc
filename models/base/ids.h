// SPDX-License-Identifier: GPL-3.0-or-later
// Ids as types of their own, so that a queue id cannot be handed where a Message-ID is meant.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace sluicegate::base {

/// Postfix queue id ("4F7K2p1XjRz9Q3" or "3A1B2C4D5E"), Exim or qmail id; not unique over time: short ids are
/// re-used.
struct QueueId {
    std::string value;
    auto operator<=>(const QueueId&) const = default;
};

/// RFC 5322 Message-ID without its angle brackets; may be empty (Postfix logs message-id=<> when the client
/// sent none).
struct MessageId {
    std::string value;
    auto operator<=>(const MessageId&) const = default;
};

} // namespace sluicegate::base

template <> struct std::hash<sluicegate::base::QueueId> {
    std::size_t operator()(const sluicegate::base::QueueId& id) const noexcept
    {
        return std::hash<std::string> {}(id.value);
    }
};
template <> struct std::hash<sluicegate::base::MessageId> {
    std::size_t operator()(const sluicegate::base::MessageId& id) const noexcept
    {
        return std::hash<std::string> {}(id.value);
    }
};
