// SPDX-License-Identifier: GPL-3.0-or-later
// What a History keeps: numbers that point into the mapped bytes, about 100 bytes a journey and 12 a line.
#pragma once

#include "models/maillog/arena.h"
#include "models/maillog/daemon.h"
#include "models/maillog/history.h"
#include "models/maillog/idtable.h"
#include "models/maillog/line.h"
#include "models/maillog/postfix.h"
#include "models/maillog/stamp.h"
#include "models/maillog/symbols.h"

#include <mutex>

namespace sluicegate::maillog {

/// A piece of the mapped bytes: 40 bits of offset over all sources, 24 of length.
class Text {
public:
    static constexpr std::uint64_t longest = (1u << 24) - 1;
    Text() = default;
    Text(std::uint64_t offset, std::uint64_t length)
        : m_bits(offset << 24 | (length < longest ? length : longest))
    {
    }
    std::uint64_t offset() const { return m_bits >> 24; }
    std::uint64_t length() const { return m_bits & longest; }

private:
    std::uint64_t m_bits = 0;
};

/// One line of a life: where it begins, what it is, and which comes next.
struct Link {
    std::uint32_t low = 0;
    std::uint8_t high = 0;
    Kind kind = Kind::Other;
    Status status = Status::Unknown;
    std::uint8_t recipientHigh = 0;
    std::uint32_t recipientLow = 0;
    std::uint32_t next = UINT32_MAX;
    std::uint64_t offset() const { return std::uint64_t(high) << 32 | low; }
    /// 40 bits of the hash of an attempt's address. The hash is seeded, so that two addresses of one message
    /// share them by chance only: once in 10^12 pairs.
    std::uint64_t recipient() const { return std::uint64_t(recipientHigh) << 32 | recipientLow; }
    void setRecipient(std::uint64_t hash)
    {
        recipientHigh = static_cast<std::uint8_t>(hash >> 32);
        recipientLow = static_cast<std::uint32_t>(hash);
    }
};

/// One life of a queue id.
struct alignas(64) Life {
    enum Flag : std::uint16_t {
        Entered = 1, // client= or pickup seen
        HasMessageId = 2,
        Active = 4, // the queue manager had it
        Ended = 8, // removed, requeued or rejected
        HasSender = 16,
        RejectedWhole = 32,
        WasExpired = 64,
        NoticeChild = 128, // the bounce daemon named it
        MayNameHelo = 256, // it has refusals or lines of no known kind
        MayHaveLeft = 512, // an attempt went, or wanted to go, to another server
        BeganWithEntry = 1024, // its first line is the client= or pickup line
        Uncounted = 2048, // too many lines to count its recipients on the way
        HasUid = 4096, // client is the pickup's uid
        OneRecipient = 8192, // so far: seen is its hash
    };
    static constexpr std::uint32_t unknownCount = UINT32_MAX;
    // What every line asks for, in one line of the processor's cache.
    IdKey key;
    Moment last;
    std::uint32_t head = UINT32_MAX; // links
    std::uint32_t tail = UINT32_MAX;
    std::uint16_t lines = 0; // 65535: or more
    std::uint16_t flags = 0;
    Entry entry = Entry::Unknown;
    Daemon daemon = Daemon::Postfix;
    std::uint8_t others = 0; // recipients with a last status of no kind below
    std::uint32_t saslUsername = 0; // symbols
    std::uint32_t client = 0; // its address; or a uid
    std::uint32_t parent = UINT32_MAX; // lives
    std::uint32_t firstChild = UINT32_MAX;
    // What few lines ask for.
    Text id;
    Text messageId;
    Text senderText; // of Postfix's strangers: millions of senders are not worth a symbol each
    std::uint32_t idShape = 0; // of Postfix's own mail; 0: not looked at
    std::uint8_t sent = 0; // recipients by their last status
    std::uint8_t deferred = 0;
    std::uint8_t bounced = 0;
    std::uint8_t rejected = 0;
    Moment first;
    std::uint32_t sender = 0; // of all others: a symbol
    std::uint32_t messageIdHash = 0;
    std::uint32_t announced = unknownCount; // recipients
    std::uint32_t nextSibling = UINT32_MAX;
    std::uint64_t seen = 0; // a bit for each recipient's hash, several may share one; or see OneRecipient
    bool has(Flag flag) const { return (flags & flag) != 0; }
    std::uint8_t& recipientsWith(Status status)
    {
        return status == Status::Sent ? sent : recipientsNotSent(status);
    }
    std::uint8_t& recipientsNotSent(Status status);
};
static_assert(sizeof(Life) == 128); // one more byte would cost 64 of them: 44 MiB for 1 GiB of log

/// One event: its line, and another line that knows the user or the address it lacks (0: none).
struct EventRecord {
    std::uint64_t line = 0;
    std::uint64_t partner = 0; // offset + 1
    Moment at;
    std::uint32_t count = 1;
    EventKind kind {};
    bool mayNameUser = true;
};

/// A Message-ID beside a life's first: resent, or a second header.
struct OtherId {
    Text id;
    std::uint32_t hash = 0;
    std::uint32_t life = 0;
};

/// Every so many bytes: where we are, so that times and line numbers are found without reading all.
struct Sample {
    std::uint64_t offset = 0; // over all sources, at a line's begin
    std::uint64_t line = 0; // lines of this source before it
    Moment at; // of a line near it
};

struct Store {
    std::vector<Source> sources;
    std::vector<std::uint64_t> bases; // offset of each source over all
    std::vector<std::vector<Sample>> samples; // of each source
    Calendar calendar;
    Arena<Life> lives;
    Arena<Link> links;
    Arena<EventRecord> events;
    Arena<OtherId> otherIds; // in reading order
    Symbols symbols;
    Summary summary;
    std::vector<std::uint32_t> smtpUids; // of qmail's SMTP daemon

    /// Hash << 32 | life, sorted; made when first asked for.
    mutable std::once_flag messageIdsIndexed;
    mutable std::once_flag queueIdsIndexed;
    mutable std::vector<std::uint64_t> byMessageId;
    mutable std::vector<OtherId> otherIdsByLife; // made with it
    mutable std::vector<std::uint64_t> byQueueId;

    std::uint32_t sourceOf(std::uint64_t offset) const;
    LineRef refOf(std::uint64_t offset) const;
    std::string_view view(Text text) const;
    std::string_view lineAt(std::uint64_t offset) const;
    /// The line's parts, read again.
    std::optional<Line> partsAt(std::uint64_t offset) const;
    /// What stands behind the queue id.
    std::string_view textAt(const Link& link) const;
    base::Instant timeAt(std::uint64_t offset) const;
    /// The first line of this kind among the first `most`; nullptr if there is none.
    const Link* find(const Life& life, Kind kind, std::uint32_t most = UINT32_MAX) const;
    /// Counts the recipient of an attempt just attached; one known from before has a new last status.
    void countRecipient(Life& life, const Link& attempt) const
    {
        if (life.has(Life::OneRecipient) || life.seen == 0) {
            if (countOnly(life, attempt))
                return;
        }
        const std::uint64_t bit = bitOf(attempt.recipientLow);
        if ((life.seen & bit) != 0 || life.lines > fewLines)
            countAgain(life, attempt);
        if (life.lines > fewLines)
            return;
        life.seen |= bit;
        ++life.recipientsWith(attempt.status);
    }
    void countAgain(Life& life, const Link& attempt) const;
    static std::uint64_t bitOf(std::uint64_t recipient)
    {
        return 1ull << (static_cast<std::uint32_t>(recipient) >> 26);
    }
    /// While a message has one recipient, its last status is the only one counted: no line is looked at
    /// again. False from the second one on.
    static bool countOnly(Life& life, const Link& attempt);
    /// Counting looks at a message's lines again; beyond these it would cost their square.
    static constexpr std::uint16_t fewLines = 64;
    const std::vector<std::uint64_t>& messageIdIndex() const;
    const std::vector<std::uint64_t>& queueIdIndex() const;
};

/// The text behind "QUEUEID: ".
std::string_view behindId(std::string_view message);
Event readEvent(const Store& store, const EventRecord& record);

} // namespace sluicegate::maillog
