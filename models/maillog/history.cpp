// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/history.h"

#include "models/base/discard.h"
#include "models/maillog/hash.h"
#include "models/maillog/journald.h"
#include "models/maillog/lineends.h"
#include "models/maillog/order.h"
#include "models/maillog/overlap.h"
#include "models/maillog/reader.h"

#include <algorithm>
#include <utility>

namespace sluicegate::maillog {

namespace {

// Those of the sorted hashes that really have this id, as lives in order.
template <typename Matches>
std::vector<std::uint32_t> pick(const std::vector<std::uint64_t>& sorted, std::uint32_t hash, Matches matches)
{
    std::vector<std::uint32_t> found;
    const std::uint64_t low = std::uint64_t(hash) << 32;
    for (auto at = std::lower_bound(sorted.begin(), sorted.end(), low);
        at != sorted.end() && (*at >> 32) == hash; ++at) {
        const auto life = static_cast<std::uint32_t>(*at);
        if ((found.empty() || found.back() != life) && matches(life))
            found.push_back(life);
    }
    return found;
}

} // namespace

History::History(std::unique_ptr<const Store> store) : m_store(std::move(store)) { }
History::~History() = default;

base::Result<std::shared_ptr<const History>> History::read(
    std::vector<Source> sources, const Options& options, std::stop_token stop)
{
    auto store = std::make_unique<Store>();
    store->calendar = Calendar(options.zone);
    store->smtpUids = options.smtpUids;
    readJournalExports(sources, stop);
    for (Source& source : sortedOldestFirst(std::move(sources), options))
        admit(*store, std::move(source));
    Reader reader(*store, stop);
    for (std::uint32_t n = 0; n < store->sources.size(); ++n)
        if (!reader.read(n, skipRepeated(*store, n).value_or(0))) {
            auto failure = base::fail(base::FailureKind::Cancelled, store->sources[n].path);
            base::discard(std::move(store));
            return failure;
        }
    const bool anyBytes
        = std::ranges::any_of(store->sources, [](const Source& s) { return !s.bytes.empty(); });
    if (!anyBytes || reader.understood() == 0)
        return base::fail(anyBytes ? base::FailureKind::NotUnderstood : base::FailureKind::Empty,
            store->sources.empty() ? std::string() : store->sources.front().path,
            anyBytes ? "no line looks like a log line" : std::string());
    settle(*store, options);
    return std::shared_ptr<const History>(new History(std::move(store)));
}

std::uint32_t History::size() const
{
    return m_store->lives.size();
}
Journey History::journey(std::uint32_t index) const
{
    return {this, index};
}
Events History::events() const
{
    return Events(m_store.get());
}
const Summary& History::summary() const
{
    return m_store->summary;
}

std::vector<std::uint32_t> History::findMessageId(std::string_view id) const
{
    id = stripBrackets(id);
    if (id.empty())
        return {};
    const auto hash = static_cast<std::uint32_t>(hashOf(id));
    return pick(m_store->messageIdIndex(), hash, [&](std::uint32_t life) {
        return m_store->view(m_store->lives[life].messageId) == id
            || std::ranges::any_of(
                std::ranges::equal_range(m_store->otherIdsByLife, life, {}, &OtherId::life),
                [&](const OtherId& other) { return other.hash == hash && m_store->view(other.id) == id; });
    });
}

std::vector<std::uint32_t> History::findQueueId(std::string_view id) const
{
    return pick(m_store->queueIdIndex(), hashOf(keyOf(id)),
        [&](std::uint32_t life) { return m_store->view(m_store->lives[life].id) == id; });
}

std::string_view History::lineText(LineRef ref) const
{
    return m_store->lineAt(m_store->bases[ref.source] + ref.offset);
}

base::EvidenceLine History::evidence(LineRef ref) const
{
    const auto& samples = m_store->samples[ref.source];
    const std::uint64_t base = m_store->bases[ref.source];
    const auto next = std::upper_bound(samples.begin(), samples.end(), base + ref.offset,
        [](std::uint64_t at, const Sample& sample) { return at < sample.offset; });
    std::uint64_t from = 0;
    std::uint64_t line = 1;
    if (next != samples.begin()) {
        from = std::prev(next)->offset - base;
        line = std::prev(next)->line + 1;
    }
    const std::string_view before = m_store->sources[ref.source].bytes.view().substr(from, ref.offset - from);
    line += countLineEnds(before);
    return {m_store->sources[ref.source].path, line, std::string(lineText(ref))};
}

std::uint32_t Events::size() const
{
    return m_store->events.size();
}
Event Events::operator[](std::uint32_t index) const
{
    return readEvent(*m_store, m_store->events[index]);
}
EventKind Events::kindOf(std::uint32_t index) const
{
    return m_store->events[index].kind;
}
bool Events::mayNameUser(std::uint32_t index) const
{
    return std::as_const(m_store->events)[index].mayNameUser;
}
Event Events::Iterator::operator*() const
{
    return readEvent(*m_store, m_store->events[m_index]);
}
Events::Iterator& Events::Iterator::operator++()
{
    ++m_index;
    return *this;
}
Events::Iterator Events::Iterator::operator++(int)
{
    const Iterator before = *this;
    ++m_index;
    return before;
}

std::string_view name(Entry entry)
{
    constexpr std::string_view names[]
        = {"unknown", "authenticated", "pickup", "local-smtp", "relayed", "bounce"};
    return names[static_cast<std::size_t>(entry)];
}

std::string_view name(Status status)
{
    constexpr std::string_view names[]
        = {"unknown", "sent", "deferred", "bounced", "expired", "undeliverable", "deliverable", "rejected"};
    return names[static_cast<std::size_t>(status)];
}

std::uint64_t Summary::understood() const
{
    std::uint64_t all = lines;
    for (const UnreadLines& kind : unread)
        all -= kind.count;
    return all;
}

std::string_view name(Unread kind)
{
    constexpr std::string_view names[] = {"no-stamp", "no-tag", "other-program", "unknown-form"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name(EventKind kind)
{
    constexpr std::string_view names[]
        = {"auth-failure", "reject", "limit-reject", "login", "submission-without-queue-id"};
    return names[static_cast<std::size_t>(kind)];
}

std::string_view name(IncidentKind kind)
{
    constexpr std::string_view names[]
        = {"held", "released", "requeued", "expired", "rejected", "refused", "notification"};
    return names[static_cast<std::size_t>(kind)];
}

} // namespace sluicegate::maillog
