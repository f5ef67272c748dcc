// SPDX-License-Identifier: GPL-3.0-or-later
// How a message came in and what became of it, in the words of daemons that are not Postfix.
#pragma once

#include "models/maillog/postfix.h"
#include "models/maillog/store.h"

namespace sluicegate::maillog {

struct Intake {
    Client client; // peer, login and method
    Queued queued; // sender, size, recipients
    std::string_view helo;
    std::string_view localUser;
    std::optional<std::uint32_t> uid;
    std::string_view directory; // where the sendmail command was called
    std::string_view messageId; // without brackets
    bool hasMessageId = false;
    std::string_view parent; // queue id of the message this one is about
};

/// Read again from the lines of the life; for other daemons than Postfix.
Intake intakeOf(const Store& store, const Life& life);

/// What a line of kind Attempt tells; `text` is what stands behind the queue id. Sendmail's may speak of
/// several recipients: then it is linked once for each.
Attempt attemptOf(const Life& life, std::string_view text, std::size_t recipient = 0);

} // namespace sluicegate::maillog
