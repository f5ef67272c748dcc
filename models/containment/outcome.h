// SPDX-License-Identifier: GPL-3.0-or-later
// How it ended, for each item: done, already so, failed, must be checked, or not reached.
#pragma once

#include "models/base/failure.h"
#include "models/containment/selection.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::containment {

enum class Outcome {
    Done,
    AlreadySo, // gone before we touched it
    Failed, // and it is as it was, or held
    MustBeChecked, // the connection was cut while it was in the server's hands
    NotReached, // nothing was begun, or it is held and saved and waits for the next run
};

struct ItemOutcome {
    Item item;
    Outcome outcome = Outcome::NotReached;
    bool held = false; // on hold, as far as is known
    bool saved = false; // whole in the case
    std::string reason {}; // the machine's words
};

struct Totals {
    std::uint64_t done = 0;
    std::uint64_t alreadySo = 0;
    std::uint64_t failed = 0;
    std::uint64_t mustBeChecked = 0;
    std::uint64_t notReached = 0;
    std::uint64_t held = 0; // of those not done
    bool operator==(const Totals&) const = default;
};

/// What a run of an action came to. `interrupted` tells why it stopped before its end.
struct Ending {
    std::vector<ItemOutcome> items;
    std::optional<base::Failure> interrupted {};
    std::uint64_t keptBefore = 0; // messages in the queue that were not selected
    std::uint64_t keptAfter = 0;
    std::uint64_t released = 0; // held by us under a re-used id, and let go at once

    Totals totals() const;
    bool whole() const; // everything done or already so
};

std::string_view name(Outcome outcome);

} // namespace sluicegate::containment
