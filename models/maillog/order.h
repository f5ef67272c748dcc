// SPDX-License-Identifier: GPL-3.0-or-later
// Which source comes first, and which journeys lie in the window asked for.
#pragma once

#include "models/maillog/store.h"

namespace sluicegate::maillog {

/// By the first stamp; those without any stay behind their neighbour.
std::vector<Source> sortedOldestFirst(std::vector<Source> sources, const Options& options);
/// The first stamp of a source, its year the newest that is not after now; nothing in the first 64 KiB: none.
std::optional<base::Instant> firstStamp(std::string_view bytes, const Options& options);
inline constexpr std::size_t firstStampWithin = 1 << 16;
/// Takes a source up behind those before it.
void admit(Store& store, Source source);
/// Once all is read: the years, the range, and only what lies in the window asked for.
void settle(Store& store, const Options& options);

} // namespace sluicegate::maillog
