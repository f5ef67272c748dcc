// SPDX-License-Identifier: GPL-3.0-or-later
// The mail log's history: bytes become journeys, one for each life of a queue id.
#pragma once

#include "models/base/bytes.h"
#include "models/base/evidenceline.h"
#include "models/base/failure.h"
#include "models/base/instant.h"

#include <chrono>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
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

/// One file of the history, decompressed.
struct Source {
    std::string path; // on the server
    base::Bytes bytes;
};

struct Options {
    base::Instant
        now; // the server's clock when the log was pulled; the year of traditional stamps is inferred from it
    std::chrono::seconds zone {}; // the server's offset east of UTC, for stamps without a zone
    std::optional<base::Instant> since; // journeys that end before are left out
    std::optional<base::Instant> until; // journeys that begin after are left out
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
    bool hasMessageId() const; // a message-id= line was seen, even if empty
    Entry entry() const;
    std::string_view saslUsername() const;
    std::string_view saslMethod() const;
    std::string_view saslSender() const;
    std::optional<std::uint32_t> uid() const; // pickup
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

/// What the log says beside journeys.
enum class EventKind : std::uint8_t { AuthFailure, Reject, LimitReject, Login, SubmissionWithoutQueueId };

/// One such line: a failed or good login, a refused command, a message refused for an outgoing limit.
struct Event {
    EventKind kind {};
    base::Instant at;
    std::string_view user; // login name if the line has one
    std::string_view ip;
    std::string_view text; // the whole message part of the line
    LineRef line;
    std::uint32_t count = 1; // "message repeated N times", "3 attempts"
};

/// The events in reading order; each is read from its line when asked for.
class Events {
public:
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::input_iterator_tag;
        using value_type = Event;
        using difference_type = std::ptrdiff_t;
        using pointer = const Event*;
        using reference = Event;
        Iterator() = default;
        Event operator*() const;
        Iterator& operator++();
        Iterator operator++(int);
        bool operator==(const Iterator& other) const { return m_index == other.m_index; }

    private:
        friend class Events;
        Iterator(const Store* store, std::uint32_t index) : m_store(store), m_index(index) { }
        const Store* m_store = nullptr;
        std::uint32_t m_index = 0;
    };

    std::uint32_t size() const;
    bool empty() const { return size() == 0; }
    Event operator[](std::uint32_t index) const;
    Iterator begin() const { return {m_store, 0}; }
    Iterator end() const { return {m_store, size()}; }

private:
    friend class History;
    explicit Events(const Store* store) : m_store(store) { }
    const Store* m_store;
};

struct FileSummary {
    std::string path;
    std::uint64_t bytes = 0;
    std::uint64_t lines = 0;
    std::uint64_t repeated = 0; // of these, lines that an earlier file already had
};

struct Summary {
    std::vector<FileSummary> files; // in reading order
    std::uint64_t lines = 0; // without the repeated ones
    std::uint64_t unparsed = 0; // lines that are not mail log at all (no stamp or tag)
    std::optional<base::Instant> from;
    std::optional<base::Instant> to;
};

/// Everything the log tells, immutable; safe to read from several threads.
class History {
public:
    /// Reads the sources as one history, oldest first by their first stamp whatever order they come in.
    /// Cancelled if stopped. Empty if there is not one byte, NotUnderstood if no line looks like a log.
    static base::Result<std::shared_ptr<const History>> read(
        std::vector<Source> sources, const Options& options, std::stop_token stop = {});
    ~History();
    History(const History&) = delete;
    History& operator=(const History&) = delete;

    std::uint32_t size() const; // journeys, in order of first line
    Journey journey(std::uint32_t index) const;
    std::vector<std::uint32_t> findMessageId(
        std::string_view id) const; // without brackets; several lives may share one
    std::vector<std::uint32_t> findQueueId(
        std::string_view id) const; // a short id may have had several lives
    Events events() const;
    const Summary& summary() const;
    std::string_view lineText(LineRef ref) const; // without the line end
    base::EvidenceLine evidence(LineRef ref) const; // with path and line number

private:
    friend class Journey;
    explicit History(std::unique_ptr<Store> store);
    std::unique_ptr<Store> m_store;
};

std::string_view name(Entry entry); // "authenticated", "pickup", "local-smtp", "relayed", "bounce", "unknown"
std::string_view name(Status status); // "sent", "deferred", ...
std::string_view name(EventKind kind); // "auth-failure", ...
std::string_view name(IncidentKind kind); // "held", ...

} // namespace sluicegate::maillog
