// SPDX-License-Identifier: GPL-3.0-or-later
// What Postfix says behind a queue id: the kinds of lines, and the fields of those that matter.
#pragma once

#include "models/maillog/history.h"

#include <cstdint>
#include <string_view>

namespace sluicegate::maillog {

enum class Kind : std::uint8_t {
    Other,
    Client, // client=: smtpd took the message in
    Pickup, // uid=: the sendmail command did
    MessageId,
    ResentMessageId,
    Queued, // from=, size=, nrcpt= (queue active)
    Attempt, // to=, status=
    Removed,
    Expired, // status=expired, returned to sender
    Notification, // the bounce daemon wrote a message of its own
    Held,
    Released,
    Requeued,
    Rejected, // milter-reject, or a header check: not queued
    Refused, // one command was refused, the message lives on
    Login, // the line of a login that the message came by, of a daemon that does not repeat it
    Started, // qmail began a delivery; another line has its result. Exim: the sendmail command was called
    Foreign, // another program names this id
};

/// The kind of a line by what stands behind its queue id. Strangers' text never stands at the front.
Kind kindOf(std::string_view text);

/// "name[ip]" or "name[ip]:port".
struct Peer {
    std::string_view name;
    std::string_view ip;
    std::optional<std::uint16_t> port;
};
Peer readPeer(std::string_view text);
bool isLoopback(std::string_view ip);

/// client=name[ip], orig_queue_id=, orig_client=, sasl_method=, sasl_username=, sasl_sender= (in this order)
struct Client {
    Peer peer;
    std::string_view originQueueId;
    std::string_view originClient;
    std::string_view saslMethod;
    std::string_view saslUsername;
    std::string_view saslSender;
};
Client readClient(std::string_view text);
/// Who really came. A filter in front of the queue hands it on as orig_client; one behind the queue does so
/// too, but there the message was in the queue before (orig_queue_id), and this client is the filter.
Peer realPeer(const Client& client);

struct Pickup {
    std::optional<std::uint32_t> uid;
    std::string_view sender;
    std::string_view originQueueId; // orig_id= after postsuper -r
};
Pickup readPickup(std::string_view text);

struct Queued {
    std::string_view sender;
    std::optional<std::uint64_t> size;
    std::optional<std::uint32_t> recipients;
};
Queued readQueued(std::string_view text);
/// The same without the size, which no first look asks for.
Queued glanceAtQueued(std::string_view text);

/// The id behind message-id= or resent-message-id=, without brackets and outer blanks.
std::string_view readMessageId(std::string_view text);
std::string_view stripBrackets(std::string_view id);

/// to=, orig_to=, relay=, delay=, dsn=, status= and the reply; `at` and `line` are left to the caller.
Attempt readAttempt(std::string_view text);
/// Where a delivery went, or wanted to go: to this machine, to another server, or nowhere ("relay=none").
enum class Reach : std::uint8_t { Unknown, Inside, Outside, Nowhere };
Reach reachOf(std::string_view relay);

/// What the first pass takes from a status= line.
struct AttemptGlance {
    std::string_view to;
    std::string_view relay;
    std::string_view response;
    Status status = Status::Unknown;
    /// The queue id of the message that the attempt handed on ("forwarded as", or "queued as" by a filter on
    /// this machine); empty if none. A remote server's "queued as" is its own affair.
    std::string_view next;
};
AttemptGlance glanceAtAttempt(std::string_view text);

/// "sender non-delivery notification: ID"
std::string_view notificationId(std::string_view text);
/// helo=<name> of a line that names it; empty if none.
std::string_view readHelo(std::string_view text);
/// Whether a refusal speaks of Plesk's limits for outgoing mail.
bool isOutgoingLimit(std::string_view text);

} // namespace sluicegate::maillog
