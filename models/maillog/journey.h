// SPDX-License-Identifier: GPL-3.0-or-later
// A journey: all that happened in one life of a queue id.
#pragma once

#include "models/base/instant.h"

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace sluicegate::maillog {

/// How a message came in: the entry path, a fact from the log.
enum class Entry : std::uint8_t { Unknown, Authenticated, Pickup, LocalSmtp, Relayed, Bounce };
enum class Status : std::uint8_t {
    Unknown,
    Sent,
    Deferred,
    Bounced,
    Expired,
    Undeliverable,
    Deliverable,
    Rejected
};

/// A line of the history: index of the source, and byte offset in it. Line numbers are counted on demand.
struct LineRef {
    std::uint32_t source = 0;
    std::uint64_t offset = 0;
    auto operator<=>(const LineRef&) const = default;
};

/// One delivery attempt (a status= line). Views live as long as the History.
struct Attempt {
    std::string_view to;
    std::string_view origTo;
    std::string_view relay;
    double delay = 0;
    std::string_view dsn;
    Status status = Status::Unknown;
    std::string_view response;
    base::Instant at;
    LineRef line;
};

class History;
struct Life;
struct Store;

/// What became of the attempts of one journey.
struct Tally {
    std::uint32_t attempts = 0;
    std::uint32_t sent = 0;
    std::uint32_t deferred = 0;
    std::uint32_t bounced = 0;
    bool operator==(const Tally&) const = default;
};

/// What became of a journey's recipients: each counts once, with its last status.
struct Outcome {
    std::uint32_t recipients = 0;
    std::uint32_t sent = 0;
    std::uint32_t deferred = 0;
    std::uint32_t bounced = 0; // or expired, or undeliverable
    std::uint32_t rejected = 0;
    bool operator==(const Outcome&) const = default;
};

/// What happened to a journey besides coming in and being delivered.
enum class IncidentKind : std::uint8_t {
    Held,
    Released,
    Requeued,
    Expired,
    Rejected, // milter-reject or a header check: not queued
    Refused, // one command was refused
    Notification // a bounce or delay notice was written
};
struct Incident {
    IncidentKind kind {};
    base::Instant at;
    std::string_view text;
    LineRef line;
};

/// A light handle to one journey; valid as long as the History. Empty views and nullopt mean: not in the log.
class Journey {
public:
    std::uint32_t index() const { return m_index; }
    std::string_view queueId() const;
    std::string_view messageId() const; // without angle brackets
    std::uint32_t messageIdShape() const; // see idshape.h
    bool hasMessageId() const; // a message-id= line was seen, even if empty
    Entry entry() const;
    std::string_view saslUsername() const;
    std::uint32_t saslUsernameNumber() const; // the same for the same name of one History; small; 0: none
    std::string_view saslMethod() const;
    std::string_view saslSender() const;
    std::optional<std::uint32_t> uid() const; // pickup
    std::string_view localUser() const; // the system user who handed it in, where the log has a name (Exim)
    /// Where that user called the sendmail command, where Exim logs it (cPanel): the line just before, of a
    /// directory of that user's.
    std::string_view directory() const;
    std::string_view clientName() const;
    std::string_view clientIp() const;
    std::string_view originClient() const; // "name[ip]" as a proxy filter passed it on; usually empty
    std::optional<std::uint16_t> clientPort() const;
    std::string_view helo() const; // where a line of this journey names it
    std::string_view sender() const; // envelope sender; empty for the null sender
    bool hasSender() const;
    std::optional<std::uint64_t> size() const;
    std::optional<std::uint32_t> recipientCount() const; // nrcpt=
    std::string_view service()
        const; // "submission", "smtps", ... of the daemon that took it in; empty for plain smtpd and pickup
    std::string_view host() const; // the logging host
    base::Instant first() const; // first line
    base::Instant last() const; // last line
    std::optional<base::Instant> arrived() const; // the client= or pickup line
    std::optional<base::Instant> removed() const;
    std::vector<Attempt> attempts() const; // every attempt, in order
    Tally tally() const; // the same, only counted; reads no line
    Outcome outcome() const; // reads a line only where two attempts may have had the same recipient
    /// False if every attempt surely went to a mailbox or a filter on this server; reads no line.
    bool mayHaveLeft() const;
    std::vector<Incident> incidents() const; // hold, release, requeue, expiry, refusals, notices; in order
    bool expired() const; // returned to sender for its age
    std::optional<std::uint32_t>
    parent() const; // the journey this bounce, delay notice, requeue or forward came from
    std::vector<std::uint32_t> children() const;
    std::vector<LineRef> lines() const; // every line with this queue id in its life, in order
    bool rejectedByMilter() const; // milter-reject (e.g. Plesk's limit-out): not queued, not sent

private:
    friend class History;
    Journey(const History* history, std::uint32_t index) : m_history(history), m_index(index) { }
    const Store& store() const;
    const Life& life() const;
    const History* m_history;
    std::uint32_t m_index;
};

std::string_view name(Entry entry); // "authenticated", "pickup", "local-smtp", "relayed", "bounce", "unknown"
std::string_view name(Status status); // "sent", "deferred", ...
std::string_view name(IncidentKind kind); // "held", ...

} // namespace sluicegate::maillog
