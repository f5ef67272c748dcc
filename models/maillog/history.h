// SPDX-License-Identifier: GPL-3.0-or-later
// The mail log's history: bytes become journeys, one for each life of a queue id.
#pragma once

#include "models/base/bytes.h"
#include "models/base/evidenceline.h"
#include "models/base/failure.h"
#include "models/base/instant.h"
#include "models/maillog/journey.h"

#include <array>
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

/// One file of the history, decompressed.
struct Source {
    std::string path; // on the server
    base::Bytes bytes;
    std::uint64_t exported = 0; // size of the journald export that `bytes` was made from, if it was one
};

struct Options {
    base::Instant
        now; // the server's clock when the log was pulled; the year of traditional stamps is inferred from it
    std::chrono::seconds zone {}; // the server's offset east of UTC, for stamps without a zone
    std::optional<base::Instant> since; // journeys that end before are left out
    std::optional<base::Instant> until; // journeys that begin after are left out
    /// Under which uids qmail's SMTP daemon hands mail in: Plesk's, "Life with qmail"'s, Debian's.
    std::vector<std::uint32_t> smtpUids {2020, 7791, 64011};
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
    EventKind kindOf(std::uint32_t index) const; // without reading its line
    /// False if it surely names no login; reads no line.
    bool mayNameUser(std::uint32_t index) const;
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

/// Why a line told nothing.
enum class Unread : std::uint8_t { NoStamp, NoTag, OtherProgram, UnknownForm };
inline constexpr std::size_t unreadKinds = 4;

struct UnreadLines {
    static constexpr std::size_t mostExamples = 3;
    std::uint64_t count = 0;
    std::vector<LineRef> examples; // the first few
};

struct Summary {
    std::vector<FileSummary> files; // in reading order
    std::uint64_t lines = 0; // without the repeated ones
    std::uint64_t unparsed = 0; // lines that are not mail log at all (no stamp or tag)
    std::array<UnreadLines, unreadKinds> unread; // by Unread: all lines that told nothing
    std::uint64_t understood() const; // lines without the unread ones
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
    /// A hint for long loops: this journey will be asked for soon.
    void expect(std::uint32_t index) const;
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
    friend class GrowingHistory;
    explicit History(std::unique_ptr<const Store> store);
    std::unique_ptr<const Store> m_store;
};

std::string_view name(Unread kind); // "no-stamp", "no-tag", "other-program", "unknown-form"
std::string_view name(EventKind kind); // "auth-failure", ...

} // namespace sluicegate::maillog
