// SPDX-License-Identifier: GPL-3.0-or-later
// The queue as rows ready to be shown: every text is made once, in a worker, so that scrolling makes none.
#pragma once

#include "models/message/shape.h"
#include "models/queue/lifetime.h"
#include "models/triage/analysis.h"

#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace sluicegate::items {

/// What is to become of a queued message. Undecided is kept as well: nothing speaks for or against it.
enum class Fate : std::uint8_t { Spam, Keep, Undecided };
QString fateName(Fate fate);

struct QueueRow {
    base::Instant arrival;
    std::uint64_t size = 0;
    std::uint32_t entry = 0; // index into the facts' queue
    std::int32_t made = -1; // index into templates; -1: it was not sampled
    std::uint32_t recipients = 0;
    Fate fate = Fate::Undecided;
    queue::Place place = queue::Place::Unknown;
    QString time;
    QString age;
    QString sender;
    QString account; // of a spam its source, else the login or system user
    QString to; // the first recipient, and how many more
    QString sizeText;
    QString reason;
    QString why; // of its fate
};

/// When the good mail is returned to its senders if nothing changes.
struct Deadline {
    std::uint32_t good = 0; // messages kept, undecided ones among them
    base::Instant first;
    base::Instant last;
    std::uint32_t over = 0; // of these, past their time already: the next attempt is their last
};

struct QueueRows {
    std::shared_ptr<const triage::Analysis> analysis;
    std::vector<QueueRow> rows; // as the listing has them
    std::vector<message::Template> templates; // members are indices into rows
    queue::Lifetime lifetime;
    bool lifetimeKnown = false; // the server's settings were pulled

    const queue::Entry& entry(const QueueRow& row) const { return analysis->facts.queue[row.entry]; }
    bool isSampled(const QueueRow& row) const { return row.made >= 0; }
    std::uint32_t count(Fate fate) const;
    std::optional<Deadline> deadline() const; // none: no good mail waits

    /// Null if stopped.
    static std::shared_ptr<const QueueRows> of(
        std::shared_ptr<const triage::Analysis> analysis, std::stop_token stop = {});
};

} // namespace sluicegate::items
