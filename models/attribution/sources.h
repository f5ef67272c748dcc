// SPDX-License-Identifier: GPL-3.0-or-later
// Every journey gets its source: the login, system user, client or address behind it. Entry path first: a
// fact from the log.
#pragma once

#include "models/attribution/verdict.h"

#include <cstdint>
#include <limits>
#include <stop_token>
#include <string>
#include <vector>

namespace sluicegate::attribution {

enum class Path { Login, Pickup, LocalSmtp, Relay, Forward, Backscatter, Unclear };

struct Origin {
    Path path = Path::Unclear;
    std::string name {}; // login, sender or local address (lower case), client's IP, domain
    std::optional<std::uint32_t> uid {}; // pickup
    std::string script {}; // pickup, where PHP's log or a queued header names it
    std::vector<std::uint32_t> journeys {}; // messages it handed in, in order of first line
    std::vector<std::uint32_t> bounces {}; // notices about them
};

inline constexpr std::uint32_t noSource = std::numeric_limits<std::uint32_t>::max();

struct Sources {
    std::vector<Origin> all;
    std::vector<std::uint32_t> ofJourney; // per journey, index into `all` or noSource (plain incoming mail)
    std::vector<std::uint32_t> onward; // per journey: the same message re-injected by a content filter, or 0
};

/// Whether an attempt left the server, or tried to: not for a local mailbox or a filter on this server.
bool leavesServer(const maillog::Attempt& attempt, const Facts& facts);

Sources findSources(const Facts& facts, std::stop_token stop);

} // namespace sluicegate::attribution
