// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/store.h"

#include "models/maillog/anystamp.h"
#include "models/maillog/daemon.h"
#include "models/maillog/idtable.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace sluicegate::maillog {

std::uint32_t Store::sourceOf(std::uint64_t offset) const
{
    const auto next = std::upper_bound(bases.begin(), bases.end(), offset);
    return static_cast<std::uint32_t>(next - bases.begin() - 1);
}

LineRef Store::refOf(std::uint64_t offset) const
{
    const std::uint32_t source = sourceOf(offset);
    return {source, offset - bases[source]};
}

std::string_view Store::view(Text text) const
{
    if (text.length() == 0)
        return {};
    const LineRef at = refOf(text.offset());
    return sources[at.source].bytes.view().substr(at.offset, text.length());
}

std::string_view Store::lineAt(std::uint64_t offset) const
{
    const LineRef at = refOf(offset);
    std::string_view line = sources[at.source].bytes.view().substr(at.offset);
    line = line.substr(0, line.find('\n'));
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

std::optional<Line> Store::partsAt(std::uint64_t offset) const
{
    const std::string_view line = lineAt(offset);
    const Stamp stamp = readAnyStamp(line);
    Line parts;
    return splitBody(line.substr(stamp.length), stamp.body, parts) ? std::optional(parts) : std::nullopt;
}

std::string_view behindId(std::string_view message)
{
    message.remove_prefix(std::min(leadingId(message).size() + 2, message.size()));
    return message;
}

std::string_view Store::textAt(const Link& link) const
{
    const auto parts = partsAt(link.offset());
    return parts ? behindAnyId(*parts) : std::string_view {};
}

base::Instant Store::timeAt(std::uint64_t offset) const
{
    return calendar.resolve(readAnyStamp(lineAt(offset)), offset);
}

const Link* Store::find(const Life& life, Kind kind, std::uint32_t most) const
{
    for (std::uint32_t at = life.head; at != UINT32_MAX && most != 0; at = links[at].next, --most)
        if (links[at].kind == kind)
            return &links[at];
    return nullptr;
}

namespace {

// By their upper half, which is a hash; equal ones stay in order. Comparing would take ten times as long.
void sortByHash(std::vector<std::uint64_t>& entries)
{
    constexpr unsigned bits = 11;
    std::vector<std::uint64_t> other(entries.size());
    for (unsigned shift = 32; shift < 64; shift += bits) {
        std::array<std::size_t, (1u << bits) + 1> begin {};
        const auto digit = [shift](std::uint64_t entry) { return (entry >> shift) & ((1u << bits) - 1); };
        for (const std::uint64_t entry : entries)
            ++begin[digit(entry) + 1];
        std::partial_sum(begin.begin(), begin.end(), begin.begin());
        for (const std::uint64_t entry : entries)
            other[begin[digit(entry)]++] = entry;
        entries.swap(other);
    }
}

} // namespace

const std::vector<std::uint64_t>& Store::messageIdIndex() const
{
    std::call_once(messageIdsIndexed, [this] {
        byMessageId.reserve(lives.size() + otherIds.size());
        for (std::uint32_t n = 0; n < lives.size(); ++n)
            if (lives[n].messageId.length() != 0)
                byMessageId.push_back(std::uint64_t(lives[n].messageIdHash) << 32 | n);
        for (std::uint32_t n = 0; n < otherIds.size(); ++n) {
            byMessageId.push_back(std::uint64_t(otherIds[n].hash) << 32 | otherIds[n].life);
            otherIdsByLife.push_back(otherIds[n]);
        }
        std::ranges::stable_sort(otherIdsByLife, {}, &OtherId::life);
        if (otherIdsByLife.empty())
            sortByHash(byMessageId);
        else
            std::sort(byMessageId.begin(), byMessageId.end());
    });
    return byMessageId;
}

const std::vector<std::uint64_t>& Store::queueIdIndex() const
{
    std::call_once(queueIdsIndexed, [this] {
        byQueueId.reserve(lives.size());
        for (std::uint32_t n = 0; n < lives.size(); ++n) {
            // qmail's keys are not the ids alone.
            const IdKey key = lives[n].daemon == Daemon::Qmail ? keyOf(view(lives[n].id)) : lives[n].key;
            byQueueId.push_back(std::uint64_t(hashOf(key)) << 32 | n);
        }
        sortByHash(byQueueId);
    });
    return byQueueId;
}

} // namespace sluicegate::maillog
