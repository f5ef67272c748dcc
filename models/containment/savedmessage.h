// SPDX-License-Identifier: GPL-3.0-or-later
// A message as `postcat -q` printed it: taking several apart, and reading the envelope a restore needs.
#pragma once

#include "models/containment/mailserver.h"
#include "models/containment/selection.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::containment {

struct SavedMessage {
    std::string_view id;
    std::uint64_t size = 0; // as the queue's listing gives it
    std::string_view arrival; // "Mon Nov 23 19:19:17 2026", in the server's zone
    std::string_view sender; // empty: the null sender
    std::vector<std::string> recipients; // who has not got it yet
    std::string_view content; // header and body
};

/// Nothing when it is not whole, from the envelope's first line to the line that ends the file.
std::optional<SavedMessage> readSaved(std::string_view bytes);

/// Whether the saved copy is of this message.
bool isCopyOf(const SavedMessage& saved, const Item& item);

/// The outputs for `ids`, in their order, up to the first that is not there whole. None when a marker line
/// stands where postcat would not have written one: then each must be asked for alone.
std::vector<std::string_view> splitSaved(std::string_view output, const std::vector<base::QueueId>& ids);

enum class Copy { Good, OfAnother, NotWhole };
/// What was saved, in whichever way this server's messages are saved.
Copy judgeCopy(MailServer server, std::string_view bytes, const Item& item);
/// One after another, as far as they are there whole.
std::vector<std::string_view> splitCopies(
    MailServer server, std::string_view output, const std::vector<base::QueueId>& ids);

} // namespace sluicegate::containment
