// SPDX-License-Identifier: GPL-3.0-or-later
// Watching the log go on: only what is new is read, and counted against the source that was shut.
#pragma once

#include "models/evidence/pull.h"
#include "models/readiness/gate.h"
#include "models/ssh/server.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace sluicegate::desk {

struct WatchOrder {
    std::shared_ptr<const triage::Analysis> analysis; // the watch goes on where its log ends
    base::Instant since {}; // messages after it count; by this machine's clock
    bool isClosed = false; // nothing at all may come from the source
    std::chrono::milliseconds every = std::chrono::seconds(60);
    std::chrono::milliseconds patience = std::chrono::seconds(5); // before the first try to connect anew
    std::chrono::seconds quiet = readiness::usualWatch;
    bool endsWhenTold = false; // when it was quiet long enough, or is not quiet at all
    std::function<base::Result<std::unique_ptr<ssh::Server>>(std::stop_token)> connect {};
    evidence::Now now = evidence::systemNow;
};

struct WatchState {
    readiness::Watched seen {};
    std::vector<base::EvidenceLine> evidence {}; // of messages that should not be
    std::uint32_t looks = 0;
    std::chrono::seconds quiet {}; // so far
    std::chrono::seconds wanted {};
    std::optional<std::chrono::milliseconds> nextLook {}; // from when this was told
    std::optional<base::Failure> lost {}; // the connection is gone and tried anew
    std::uint32_t reconnected = 0;
    std::uint32_t gaps = 0; // times that lines of the log were gone before they were read
    std::optional<base::Failure> ended {}; // why it is over, if the operator did not end it
    bool over = false;
    bool isQuiet() const { return quiet >= wanted && seen.spam == 0; }
};

/// Blocks until it is told to stop, or something ends it. `tell` hears of every look and every trouble.
/// Unsupported when the evidence did not come from a server's log.
WatchState watch(
    const WatchOrder& order, const std::function<void(const WatchState&)>& tell, std::stop_token stop);

} // namespace sluicegate::desk
