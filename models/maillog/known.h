// SPDX-License-Identifier: GPL-3.0-or-later
// Which lines the daemons are known to write that are no part of a journey: what is not known is counted.
#pragma once

#include "models/maillog/line.h"

namespace sluicegate::maillog {

/// A line of Postfix without a queue id, and what stands behind an id in a line of no other kind.
bool isRarelyKnownPostfix(const Line& line);
inline bool isKnownPostfix(const Line& line)
{
    // Nearly all of them; the rest may take its time.
    return line.message.starts_with("connect from ") || line.message.starts_with("disconnect from ")
        || isRarelyKnownPostfix(line);
}
bool isKnownBehindId(std::string_view text);
bool isKnownExim(std::string_view text);
bool isKnownSendmail(std::string_view text);
/// Whether the program belongs to a mail server: filters, mailboxes, logins, the panel.
bool isCompanion(const Line& line);

} // namespace sluicegate::maillog
