// SPDX-License-Identifier: GPL-3.0-or-later
// What the views ask of every message again and again, counted once per analysis and then never changed.
#pragma once

#include "models/triage/analysis.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sluicegate::items {

/// How a message fared, judged by the last attempt for each recipient; the worst one names it.
enum class Outcome : std::uint8_t { Open, Sent, Deferred, Bounced, Rejected };
inline constexpr std::size_t OutcomeCount = 5;
std::string_view name(Outcome outcome); // "open", "sent", ...

/// Recipients by outcome.
struct Tally {
    std::uint32_t recipients = 0;
    std::uint32_t sent = 0;
    std::uint32_t deferred = 0;
    std::uint32_t bounced = 0;
    bool rejected = false;
    Outcome worst() const;
};
Tally tally(const maillog::Journey& journey);

/// Columns by journey index; shared between table, timeline and filters. Safe to read from several threads.
struct Messages {
    std::shared_ptr<const triage::Analysis> analysis;
    std::vector<base::Instant> at; // first line
    std::vector<Outcome> outcome;
    std::vector<std::uint8_t> suspect; // rank of its suspect, 0: none
    std::vector<bool> noticed; // the notice names its Message-ID
    /// Only where a queued copy or PHP's mail log tells it: a mail log does not.
    std::unordered_map<std::uint32_t, std::string> subjects;

    std::uint32_t size() const { return std::uint32_t(at.size()); }
    maillog::Journey journey(std::uint32_t index) const { return analysis->log->journey(index); }
    /// The login of an authenticated message, else the system user of a local one ("uid 10004" if unknown).
    std::string account(std::uint32_t index) const;
    std::string_view subject(std::uint32_t index) const; // empty where it is not known

    /// Null if stopped. An analysis without a log has no messages.
    static std::shared_ptr<const Messages> of(
        std::shared_ptr<const triage::Analysis> analysis, std::stop_token stop = {});
};

} // namespace sluicegate::items
