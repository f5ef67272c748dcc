// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines the daemons are known to write that are no part of a journey: what is not known is counted.
#pragma once

#include "models/maillog/line.h"

namespace sluicegate::maillog {

/// The most frequent lines of Postfix without a queue id: they tell nothing.
inline bool isChatter(std::string_view message)
{
    return message.starts_with("connect from ") || message.starts_with("disconnect from ")
        || message.starts_with("Anonymous TLS connection ");
}
/// A line of Postfix without a queue id, and what stands behind an id in a line of no other kind.
bool isKnownPostfix(const Line& line);
bool isKnownBehindId(std::string_view text);
bool isKnownExim(std::string_view text);
bool isKnownSendmail(std::string_view text);
/// Whether the program belongs to a mail server: filters, mailboxes, logins, the panel.
bool isCompanion(const Line& line);

} // namespace sluicegate::maillog
