// SPDX-License-Identifier: GPL-3.0-or-later
// The mail queue as a list of entries.
#pragma once

#include "models/base/ids.h"
#include "models/base/instant.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::queue {

enum class Place { Active, Deferred, Hold, Incoming, Maildrop, Unknown };

struct Recipient {
    std::string address;
    std::string reason; // why it waits, in the daemon's words
    bool operator==(const Recipient&) const = default;
};

struct Entry {
    base::QueueId id;
    Place place = Place::Unknown;
    base::Instant arrival;
    std::uint64_t size = 0; // bytes; of Exim's, about
    std::string sender; // empty: the null sender of bounces; postqueue -p says MAILER-DAEMON
    std::vector<Recipient> recipients;
    std::uint64_t line = 0; // in the listing, from 1
    bool operator==(const Entry&) const = default;
};

struct Listing {
    std::vector<Entry> entries; // each queue id once (postqueue may show a message twice)
    std::vector<std::uint64_t> unparsedLines;
    std::vector<base::QueueId> unreadable {}; // listed by their ids alone: the server cannot read them
};

/// postqueue -j (Postfix 3.1 and newer): one JSON object a line; unknown members are ignored.
Listing readJson(std::string_view bytes);

/// postqueue -p / mailq. Its dates have no year and no zone: the newest possible year not after `now`, `zone`
/// east of UTC.
Listing readPlain(std::string_view bytes, base::Instant now, std::chrono::seconds zone);

/// exim -bp. A frozen message is on hold; sizes are rounded as Exim shows them; the time is the id's own.
Listing readExim(std::string_view bytes);
/// "1xVgBZ-000000000AW-2S25", before 4.97 "0t5C6f-0000c8-00".
bool isEximId(std::string_view text);
/// The second in which Exim made the id, which it uses once.
base::Instant eximArrival(std::string_view id);

/// qmail-qread. Recipients who have it already are left out.
Listing readQmail(std::string_view bytes);

std::string_view name(Place place);

} // namespace sluicegate::queue
