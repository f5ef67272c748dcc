// SPDX-License-Identifier: GPL-3.0-or-later
// How long the server keeps trying before it returns a message to its sender.
#pragma once

#include "models/queue/entry.h"

#include <chrono>
#include <string_view>

namespace sluicegate::queue {

/// Postfix' defaults, which postconf -n leaves out: five days each.
struct Lifetime {
    std::chrono::seconds mail = std::chrono::days(5); // maximal_queue_lifetime
    std::chrono::seconds bounce = std::chrono::days(5); // bounce_queue_lifetime: of the null sender's mail
    bool operator==(const Lifetime&) const = default;
};

/// Output of postconf -n or postconf. A value that is no time leaves the default.
Lifetime readLifetime(std::string_view settings);

/// When a message that is not delivered is given up, by the server's clock.
base::Instant givenUp(const Entry& entry, const Lifetime& lifetime);

} // namespace sluicegate::queue
