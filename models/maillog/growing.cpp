// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/growing.h"

#include "models/base/growingbytes.h"
#include "models/maillog/journald.h"
#include "models/maillog/order.h"
#include "models/maillog/overlap.h"
#include "models/maillog/reader.h"

#include <algorithm>

namespace sluicegate::maillog {

namespace {

using base::fail;
using base::FailureKind;
using base::Result;

bool isPacked(std::string_view bytes)
{
    constexpr std::string_view magics[] = {"\x1F\x8B", "BZh",
        "\xFD"
        "7zXZ",
        "\x28\xB5\x2F\xFD"};
    return std::ranges::any_of(magics, [&](std::string_view magic) { return bytes.starts_with(magic); });
}

} // namespace

// One file at a time goes through three stages: its form is found out, then where its new lines begin, then
// it is read up to its last line end whenever more has come.
struct GrowingHistory::State {
    enum class Stage : std::uint8_t { None, Form, Begin, Reading };
    enum class More : bool { Comes, NoMore };

    Options options;
    std::stop_token stop;
    Store store;
    Reader reader {store, stop};
    std::optional<base::Failure> failure;
    base::Instant before {}; // first stamp of the last file that has one

    Stage stage = Stage::None;
    std::optional<base::GrowingBytes> bytes; // as they are read
    std::string held; // as they came, while their form is unknown; then the last line of an export
    bool isExport = false;
    std::uint64_t exported = 0; // bytes of the export that were read
    std::uint64_t lineEnd = 0; // behind the last one in `bytes`
    std::uint64_t nextLook = 0; // so many bytes must be there before the next attempt to go on

    State(const Options& wanted, std::stop_token token) : options(wanted), stop(std::move(token))
    {
        store.calendar = Calendar(options.zone);
        store.smtpUids = options.smtpUids;
    }

    std::uint32_t source() const { return static_cast<std::uint32_t>(store.sources.size()) - 1; }
    const std::string& path() const { return store.sources.back().path; }

    Result<void> begin(std::string name)
    {
        if (auto ended = end(); !ended)
            return ended;
        auto opened = base::GrowingBytes::open(name);
        if (!opened)
            return std::unexpected(opened.error());
        bytes = std::move(*opened);
        admit(store, {.path = std::move(name), .bytes = {}});
        held.clear();
        isExport = false;
        exported = lineEnd = nextLook = 0;
        stage = Stage::Form;
        return {};
    }

    // Looking again only when twice as much has come keeps bytes that come one by one from costing their
    // square.
    bool looksNow(std::uint64_t size, More more)
    {
        constexpr std::uint64_t first = 256;
        if (more == More::Comes && size < std::max(nextLook, first))
            return false;
        nextLook = size * 2;
        return true;
    }

    Result<void> take(std::string_view piece)
    {
        if (stage == Stage::Form) {
            held += piece;
            return looksNow(held.size(), More::Comes) ? findForm(More::Comes) : Result<void> {};
        }
        return keep(piece).and_then([this] { return goOn(More::Comes); });
    }

    Result<void> end()
    {
        if (stage == Stage::None)
            return {};
        auto done = stage == Stage::Form ? findForm(More::NoMore) : Result<void> {};
        if (done && isExport)
            done = translate(std::exchange(held, {}));
        if (done)
            done = goOn(More::NoMore);
        if (done && stage == Stage::Reading)
            reader.finish();
        stage = Stage::None;
        return done;
    }

    Result<void> findForm(More more)
    {
        constexpr std::ptrdiff_t enoughLines = 8;
        if (isPacked(held))
            return fail(FailureKind::Unsupported, path(), "packed: to be unpacked on the way");
        isExport = isJournalExport(held);
        if (!isExport && more == More::Comes && held.size() < firstStampWithin
            && std::ranges::count(held, '\n') < enoughLines)
            return {};
        stage = Stage::Begin;
        nextLook = 0;
        return keep(std::exchange(held, {})).and_then([this] { return goOn(More::Comes); });
    }

    Result<void> keep(std::string_view piece)
    {
        if (isExport)
            return keepExport(piece);
        const std::size_t last = piece.rfind('\n');
        if (last != std::string_view::npos)
            lineEnd = bytes->size() + last + 1;
        return bytes->append(piece);
    }

    Result<void> keepExport(std::string_view piece)
    {
        const std::size_t last = piece.rfind('\n');
        if (last == std::string_view::npos) {
            held += piece;
            return {};
        }
        held += piece.substr(0, last + 1);
        auto kept = translate(std::exchange(held, std::string(piece.substr(last + 1))));
        lineEnd = bytes->size();
        return kept;
    }

    Result<void> translate(const std::string& records)
    {
        exported += records.size();
        return bytes->append(journalAsText(records, stop));
    }

    Result<void> goOn(More more)
    {
        const std::uint64_t until = more == More::NoMore ? bytes->size() : lineEnd;
        if (stage == Stage::Begin && until != 0 && looksNow(until, more))
            if (auto found = findBegin(until, more); !found)
                return found;
        if (stage != Stage::Reading)
            return {};
        show(until);
        return reader.readTo(until) ? Result<void> {} : fail(FailureKind::Cancelled, path());
    }

    void show(std::uint64_t until)
    {
        store.sources.back().bytes = bytes->upTo(until);
        store.sources.back().exported = exported;
        store.summary.files.back().bytes = isExport ? exported : until;
    }

    Result<void> findBegin(std::uint64_t until, More more)
    {
        const std::string_view known = bytes->view().substr(0, until);
        const auto first = firstStamp(known, options);
        if (!first && more == More::Comes && until < firstStampWithin)
            return {};
        if (first && *first < before)
            return fail(FailureKind::Unsupported, path(), "begins before the file read before it");
        store.sources.back().bytes = bytes->upTo(until);
        const auto repeated
            = skipRepeated(store, source(), more == More::Comes ? Known::SoFar : Known::Whole);
        store.sources.back().bytes = {};
        if (!repeated)
            return {};
        before = first.value_or(before);
        show(until);
        reader.begin(source(), *repeated);
        stage = Stage::Reading;
        return {};
    }

    // What a step failed with, every later one fails with.
    Result<void> keepFailure(Result<void> done)
    {
        if (!done)
            failure = done.error();
        return done;
    }
};

GrowingHistory::GrowingHistory(const Options& options, std::stop_token stop)
    : m_state(std::make_unique<State>(options, std::move(stop)))
{
}
GrowingHistory::~GrowingHistory() = default;

Result<void> GrowingHistory::begin(std::string path)
{
    return m_state->failure ? std::unexpected(*m_state->failure)
                            : m_state->keepFailure(m_state->begin(std::move(path)));
}

Result<void> GrowingHistory::take(std::string_view bytes)
{
    return m_state->failure ? std::unexpected(*m_state->failure) : m_state->keepFailure(m_state->take(bytes));
}

Result<void> GrowingHistory::end()
{
    return m_state->failure ? std::unexpected(*m_state->failure) : m_state->keepFailure(m_state->end());
}

std::shared_ptr<const History> GrowingHistory::snapshot(std::optional<base::Instant> now)
{
    Store& all = m_state->store;
    auto store = std::make_unique<Store>();
    store->sources = all.sources;
    store->bases = all.bases;
    store->samples = all.samples;
    if (m_state->stage == State::Stage::Reading && m_state->reader.lastLine().at.known())
        store->samples.back().push_back(m_state->reader.lastLine());
    store->calendar = all.calendar;
    store->lives = all.lives.snapshot();
    store->links = all.links.snapshot();
    store->events = all.events.snapshot();
    store->otherIds = all.otherIds.snapshot();
    store->symbols = all.symbols.snapshot();
    store->summary = all.summary;
    store->smtpUids = all.smtpUids;
    Options options = m_state->options;
    options.now = now.value_or(options.now);
    settle(*store, options);
    return std::shared_ptr<const History>(new History(std::move(store)));
}

std::uint64_t GrowingHistory::lines() const
{
    return m_state->store.summary.lines;
}
std::uint32_t GrowingHistory::journeys() const
{
    return m_state->store.lives.size();
}
bool GrowingHistory::understood() const
{
    return m_state->reader.understood() != 0;
}

} // namespace sluicegate::maillog
