// SPDX-License-Identifier: GPL-3.0-or-later
// A message of Exim's as its spool files have it, in a tar archive: taking several apart, and telling whose
// copy it is.
#pragma once

#include "models/containment/selection.h"

#include <optional>
#include <string_view>
#include <vector>

namespace sluicegate::containment {

struct SpoolCopy {
    std::string_view id;
    std::string_view header; // ID-H: envelope, recipients, header lines
    std::string_view data; // ID-D: the body
    std::string_view journal; // ID-J: who got it since the header was written; mostly not there
    std::string_view sender; // empty: the null sender
    std::uint64_t size = 0; // header lines and body
};

/// Nothing when it is not whole, or holds more than one message.
std::optional<SpoolCopy> readSpool(std::string_view archive);

/// Whether the saved copy is of this message. Listings round its size.
bool isCopyOf(const SpoolCopy& saved, const Item& item);

/// The archives of `ids`, in their order, up to the first that is not there whole.
std::vector<std::string_view> splitSpool(std::string_view archive, const std::vector<base::QueueId>& ids);

} // namespace sluicegate::containment
