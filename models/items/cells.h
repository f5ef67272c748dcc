// SPDX-License-Identifier: GPL-3.0-or-later
// How times, outcomes and recipients are written in a cell; one place, so that all views agree.
#pragma once

#include "models/items/messages.h"

#include <QString>

#include <optional>

namespace sluicegate::items {

/// "2026-11-23 09:44:08", UTC.
QString timeText(base::Instant at);
/// "2026-11-23 09:40 – 10:12", the date once when both fall on one day.
QString rangeText(base::Instant from, base::Instant until);
struct Span {
    base::Instant from;
    base::Instant until;
};
/// What rangeText() writes, read back: both ends in UTC, seconds or not, the second with a date or without.
/// Nothing when it is no range, or ends before it begins.
std::optional<Span> spanOf(const QString& range);
QString outcomeName(Outcome outcome);
/// "sent", or "2 sent, 1 deferred" when the recipients fared differently.
QString outcomeText(const Tally& tally);
QString entryName(maillog::Entry entry);
/// One recipient a line, the rest counted.
QString recipientNames(const maillog::Journey& journey, int most);

} // namespace sluicegate::items
