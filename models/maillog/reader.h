// SPDX-License-Identifier: GPL-3.0-or-later
// The one pass over the log: every line is looked at once and leaves numbers in the store.
#pragma once

#include "models/maillog/alive.h"
#include "models/maillog/eventreader.h"
#include "models/maillog/qmail.h"
#include "models/maillog/store.h"

#include <deque>
#include <stop_token>
#include <unordered_map>
#include <utility>

namespace sluicegate::maillog {

class Reader {
public:
    Reader(Store& store, const std::stop_token& stop)
        : m_store(store), m_events(store), m_stop(stop), m_alive(store.lives)
    {
    }
    /// Reads a source from `from` on; false if it was stopped.
    bool read(std::uint32_t source, std::uint64_t from = 0);
    /// The same in pieces: each ends behind a line's end, only the last may lack it.
    void begin(std::uint32_t source, std::uint64_t from);
    bool readTo(std::uint64_t end);
    void finish();
    /// Where the last line read stands; not known before the first.
    const Sample& lastLine() const { return m_last; }
    /// How many lines looked like a log's.
    std::uint64_t understood() const { return m_understood; }

private:
    struct Here { // the line being read
        std::uint64_t offset = 0;
        Moment at;
        const Line& line;
    };
    Moment readLine(std::string_view text, std::uint64_t offset);
    void readParts(const Here& here);
    void readWithoutId(const Here& here); // of Postfix
    void readTagless(std::string_view text, std::uint64_t offset);
    bool continuesExim(std::string_view text);
    Moment readRare(std::string_view text, std::uint64_t offset); // a line with another stamp, or none
    void leaveUnread(Unread why, std::uint64_t offset);
    void readOther(const Here& here); // of another program than Postfix
    void readExim(const Here& here);
    void takeEximArrival(std::uint32_t life, std::string_view text);
    void takeEximCall(std::uint32_t life, const Here& here, std::string_view user);
    void takeEximOther(std::uint32_t life, const Here& here, Kind kind, std::string_view text);
    std::size_t placeStamp(std::string_view text, std::uint64_t offset);
    void readUsual(const Here& here);
    void readIdLine(const Here& here, std::string_view id);
    void readAttempt(std::uint32_t index, const Here& here, std::string_view text);
    Link& attach(std::uint32_t index, const Here& here, Kind kind, Status status = Status::Unknown)
    {
        return attach(m_store.lives[index], here, kind, status);
    }
    Link& attach(Life& life, const Here& here, Kind kind, Status status)
    {
        const std::uint32_t link = m_store.links.push({.low = static_cast<std::uint32_t>(here.offset),
            .high = static_cast<std::uint8_t>(here.offset >> 32),
            .kind = kind,
            .status = status});
        if (life.tail == UINT32_MAX)
            life.head = link;
        else
            m_store.links[life.tail].next = link;
        life.tail = link;
        life.last = here.at;
        life.lines += life.lines == UINT16_MAX ? 0 : 1;
        if (kind == Kind::Other || kind == Kind::Rejected || kind == Kind::Refused)
            life.flags |= Life::MayNameHelo;
        return m_store.links[link];
    }

    std::uint32_t lifeFor(const IdKey& key, std::string_view id, Kind kind, Moment at)
    {
        if (!m_finished.empty() && m_finished.front().line + linesAfterTheEnd < m_lines)
            forgetFinished();
        const std::uint32_t known = m_alive.find(key);
        if (known == IdTable::none)
            return create(key, id, at);
        // What is not over goes on, unless a line says that it begins.
        const Life& life = std::as_const(m_store.lives)[known];
        const bool mayBegin = life.has(Life::Ended) || kind == Kind::Client || kind == Kind::Pickup
            || (kind == Kind::MessageId && life.has(Life::Active));
        return mayBegin && beginsAnew(life, kind, at) ? create(key, id, at) : known;
    }
    void forgetFinished();
    bool beginsAnew(const Life& life, Kind kind, Moment at) const;
    std::uint32_t create(const IdKey& key, std::string_view id, Moment at);

    void readMore(std::uint32_t life, const Here& here, Kind kind, std::string_view text);
    void takeClient(std::uint32_t life, std::string_view text);
    void takePickup(std::uint32_t life, std::string_view text);
    void takeMessageId(std::uint32_t life, Kind kind, std::string_view text);
    void takeRefusal(std::uint32_t life, const Here& here);
    void takeQueued(std::uint32_t life, Kind kind, std::string_view text);
    void takeSender(Life& life, std::string_view sender);

    enum class Tie : std::uint8_t { Notice, HandedOn, Told };
    void tie(std::uint32_t parent, std::string_view child, Tie tie);
    void tieToOrigin(std::uint32_t child, std::string_view originQueueId);
    void adopt(std::uint32_t parent, std::uint32_t child, Tie tie);
    void readQmail(const Here& here);
    void takeQmailInfo(std::uint32_t life, std::string_view text);
    void takeQmailStart(std::uint32_t life, const Here& here, std::uint64_t delivery, bool remote);
    void takeQmailResult(const Here& here, std::uint64_t delivery, std::string_view text);
    void takeQmailLogin(const Here& here);
    void readSendmail(const Here& here);
    void takeSendmail(std::uint32_t life, const Here& here, Kind kind, std::string_view text);
    void takeSendmailArrival(std::uint32_t life, const Here& here, std::string_view text);
    Text textOf(std::string_view view) const;

    // A queue id is kept this many lines after its end, for lines that come late; then it leaves the table,
    // which thus stays in the processor's cache.
    static constexpr std::uint64_t linesAfterTheEnd = 20'000;
    struct Finished {
        std::uint64_t line;
        std::uint32_t hash; // of the key
        std::uint32_t life;
    };
    struct Awaited { // a child named before its first line was read
        std::uint32_t parent;
        Tie tie;
        std::uint64_t line;
    };
    struct QmailBounce {
        std::uint64_t process; // of the qmail-queue that took the bounce in
        std::uint32_t life;
    };
    struct QmailState {
        std::unordered_map<std::uint64_t, std::uint32_t> deliveries; // under way: the life of each
        std::deque<QmailBounce> bounces;
        qmail::Sessions sessions;
    };
    struct KeyHash {
        std::size_t operator()(const IdKey& key) const;
    };

    Store& m_store;
    EventReader m_events;
    std::stop_token m_stop;
    StampReader m_stamps;
    char m_stamp[16] {}; // the last traditional stamp, and its moment: many lines share a second
    Moment m_moment;
    Line m_line;
    IdTable m_alive;
    std::deque<Finished> m_finished;
    std::unordered_map<IdKey, Awaited, KeyHash> m_awaited;
    QmailState m_qmail;
    struct SendmailCall {
        std::uint64_t line;
        Moment at;
        std::string_view directory;
    };
    std::deque<SendmailCall> m_calls; // Exim's, not yet followed by their message
    std::unordered_map<std::uint64_t, std::uint64_t> m_sendmailLogins; // line of each, by process
    std::uint64_t m_lines = 0;
    std::uint64_t m_understood = 0;
    const char* m_start = nullptr; // of the source being read
    const char* m_end = nullptr;
    std::uint64_t m_base = 0;
    std::uint32_t m_source = 0;
    std::uint64_t m_at = 0; // so far
    std::uint64_t m_nextSample = 0;
    Sample m_last;
    std::uint64_t m_before = 0; // the line before this one
    static constexpr std::uint64_t noLine = UINT64_MAX;
    std::uint64_t m_eximBefore = noLine; // the same, if it is Exim's and was understood
};

} // namespace sluicegate::maillog
