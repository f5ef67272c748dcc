// SPDX-License-Identifier: GPL-3.0-or-later
// Evidence and a notice become one Analysis: the whole pure pipeline, for the command line and the desk
// alike.
#pragma once

#include "models/attribution/verdict.h"
#include "models/base/failure.h"
#include "models/evidence/bundle.h"
#include "models/notice/notice.h"
#include "models/queue/entry.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace sluicegate::triage {

struct Window {
    std::optional<base::Instant> since;
    std::optional<base::Instant> until;
};

/// Everything known about the incident; immutable, shared by report, screens and command line.
struct Analysis {
    base::Instant generated;
    std::optional<notice::Notice> notice;
    evidence::Bundle bundle;
    std::shared_ptr<const maillog::History> log; // null: there was no mail log
    bool queueKnown = false; // a queue listing was there (it may be empty)
    attribution::Facts facts; // log and notice point into this Analysis
    attribution::Verdict verdict;
    std::string onlyFile; // not empty: preliminary, only this file of the mail log was read, and no web log
    std::vector<base::Failure> troubles; // evidence that could not be read, one each; the rest was used
};

/// Where the mail log has older files, and much in them, its newest file is read alone first: who asks for
/// that sees who is suspected while the rest is read. It costs reading that file twice.
struct Preliminary {
    std::function<void(std::shared_ptr<const Analysis>)> show; // called by analyse() itself, at most once
    std::uint64_t much = 64ull << 20; // bytes of the older files, as they lie there
};

/// Reads what the bundle holds and attributes. Never fails but by Cancelled: unreadable parts become
/// troubles.
base::Result<std::shared_ptr<const Analysis>> analyse(evidence::Bundle bundle,
    std::optional<notice::Notice> notice, const Window& window, base::Instant now, std::stop_token stop = {},
    const Preliminary& preliminary = {});

} // namespace sluicegate::triage
