// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/reader.h"

#include "models/maillog/bytescan.h"
#include "models/maillog/hash.h"
#include "models/maillog/known.h"
#include "models/maillog/lineends.h"

#include <algorithm>
#include <cstring>

namespace sluicegate::maillog {

namespace {

constexpr std::uint64_t linesBetweenStops = 1 << 16;
constexpr std::uint64_t bytesBetweenSamples = 1 << 15;

} // namespace

bool Reader::read(std::uint32_t source, std::uint64_t from)
{
    begin(source, from);
    if (!readTo(m_store.sources[source].bytes.view().size()))
        return false;
    finish();
    return true;
}

void Reader::begin(std::uint32_t source, std::uint64_t from)
{
    m_source = source;
    m_at = from;
    m_nextSample = 0;
    m_last = {};
    m_start = m_store.sources[source].bytes.view().data();
    m_base = m_store.bases[source];
    m_store.calendar.beginSource();
    m_stamp[0] = 0;
    m_line.host = {};
}

bool Reader::readTo(std::uint64_t until)
{
    const std::string_view all = m_store.sources[m_source].bytes.view().substr(0, until);
    m_end = all.data() + all.size();
    auto& samples = m_store.samples[m_source];
    FileSummary& summary = m_store.summary.files[m_source];
    std::uint64_t nextSample = m_nextSample;
    Sample last = m_last;
    LineEnds ends(all, std::min<std::uint64_t>(m_at, all.size()));
    std::uint64_t at = m_at;
    while (at < all.size()) {
        if ((m_lines & (linesBetweenStops - 1)) == 0 && m_stop.stop_requested())
            return false;
        const std::uint64_t end = ends.next();
        std::string_view text = all.substr(at, end - at);
        if (text.ends_with('\r'))
            text.remove_suffix(1);
        const Moment moment = readLine(text, m_base + at);
        if (moment.known()) {
            last = {m_base + at, summary.lines, moment};
            if (at >= nextSample) {
                samples.push_back(last);
                nextSample = at + bytesBetweenSamples;
            }
        }
        ++summary.lines;
        at = end + 1;
    }
    m_at = at;
    m_nextSample = nextSample;
    m_last = last;
    return true;
}

void Reader::finish()
{
    if (m_last.at.known())
        m_store.samples[m_source].push_back(m_last);
}

// Sets m_moment; the length of the stamp, 0 if there is none.
std::size_t Reader::placeStamp(std::string_view text, std::uint64_t offset)
{
    if (text.size() > sizeof m_stamp && std::memcmp(text.data(), m_stamp, sizeof m_stamp) == 0)
        return sizeof m_stamp;
    const Stamp stamp = m_stamps.read(text);
    if (stamp.form == Stamp::Form::None)
        return 0;
    m_moment = m_store.calendar.place(stamp, offset);
    if (stamp.form == Stamp::Form::Traditional)
        std::memcpy(m_stamp, text.data(), sizeof m_stamp);
    else
        m_stamp[0] = 0;
    return stamp.length;
}

Moment Reader::readLine(std::string_view text, std::uint64_t offset)
{
    ++m_lines;
    ++m_store.summary.lines;
    const std::size_t stamp = placeStamp(text, offset);
    if (stamp == 0)
        return readRare(text, offset);
    text.remove_prefix(stamp);
    const Here here {.offset = offset, .at = m_moment, .line = m_line};
    if (splitUsual(text, m_end, m_line)) {
        readUsual(here);
    } else if (splitInto(text, m_line)) {
        readParts(here);
    } else {
        readTagless(behind(text, " "), offset);
    }
    m_before = offset;
    return m_moment;
}

void Reader::readParts(const Here& here)
{
    ++m_understood;
    if (!isPostfix(here.line)) {
        readOther(here);
        return;
    }
    if (const std::string_view id = leadingId(here.line.message); !id.empty())
        readIdLine(here, id);
    else
        readWithoutId(here);
}

// Of such a line only the message is known: the rest is looked at when it is asked for.
inline void Reader::readUsual(const Here& here)
{
    const std::string_view message = m_line.message;
    const std::size_t length = m_end - message.data() >= 16 ? shortIdAt(message.data()) : 0;
    if (const auto id = length != 0 ? message.substr(0, length) : leadingId(message); !id.empty()) {
        ++m_understood;
        readIdLine(here, id);
    } else if (isChatter(message)) {
        ++m_understood;
    } else {
        const char* const host = m_line.host.data();
        splitInto({host, static_cast<std::size_t>(message.data() + message.size() - host)}, m_line);
        readParts(here);
    }
}

void Reader::readWithoutId(const Here& here)
{
    m_events.readPostfix(here.line, here.offset, here.at);
    if (!isKnownPostfix(here.line))
        leaveUnread(Unread::UnknownForm, here.offset);
}

void Reader::readTagless(std::string_view text, std::uint64_t offset)
{
    const std::uint32_t times = repeatsOfLast(text);
    if (times == 0)
        leaveUnread(Unread::NoTag, offset);
    else
        m_events.repeatLast(m_before, times);
}

void Reader::readIdLine(const Here& here, std::string_view id)
{
    const std::string_view text = here.line.message.substr(std::min(id.size() + 2, here.line.message.size()));
    const IdKey key = keyOf(id);
    if (text.starts_with("to=<")) {
        readAttempt(lifeFor(key, id, Kind::Attempt, here.at), here, text);
        return;
    }
    const Kind kind = kindOf(text);
    const std::uint32_t index = lifeFor(key, id, kind, here.at);
    Life& life = m_store.lives[index];
    attach(life, here, kind, Status::Unknown);
    if (kind == Kind::Other && !isKnownBehindId(text))
        leaveUnread(Unread::UnknownForm, here.offset);
    const bool over = life.has(Life::Ended);
    readMore(index, here, kind, text);
    if (!over && life.has(Life::Ended))
        m_finished.push_back({m_lines, hashOf(key), index});
}

void Reader::readAttempt(std::uint32_t index, const Here& here, std::string_view text)
{
    Life& life = m_store.lives[index];
    const AttemptGlance glance = glanceAtAttempt(text);
    Link& link = attach(life, here, Kind::Attempt, glance.status);
    link.setRecipient(hashOf(glance.to));
    if (!life.has(Life::MayHaveLeft) && reachOf(glance.relay) != Reach::Inside)
        life.flags |= Life::MayHaveLeft;
    m_store.countRecipient(life, link);
    if (!glance.next.empty())
        tie(index, glance.next, Tie::HandedOn);
}

void Reader::forgetFinished()
{
    while (!m_finished.empty() && m_finished.front().line + linesAfterTheEnd < m_lines) {
        m_alive.remove(m_finished.front().hash, m_finished.front().life);
        m_finished.pop_front();
    }
}

// Short queue ids are used again as soon as the file is gone. Lines that only the begin of a life has, in a
// life that had them or is over, begin another; but lines logged within two seconds may have changed places.
bool Reader::beginsAnew(const Life& life, Kind kind, Moment at) const
{
    switch (kind) {
    case Kind::Client:
    case Kind::Pickup:
        return life.has(Life::Entered)
            || ((life.has(Life::Ended) || life.has(Life::Active)) && !close(life.last, at));
    case Kind::MessageId:
        return (life.has(Life::Ended) || life.has(Life::Active)) && !close(life.last, at);
    case Kind::Queued:
        return life.has(Life::Ended) && !close(life.last, at);
    default:
        // Deliveries and notices are logged up to some seconds after "removed". Later, an ended life is not
        // heard of again; but of the next one any line may come first.
        return life.has(Life::Ended) && life.daemon == Daemon::Postfix
            && !close(life.last, at, std::chrono::seconds(4));
    }
}

std::uint32_t Reader::create(const IdKey& key, std::string_view id, Moment at)
{
    Life life;
    life.id = textOf(id);
    life.key = key;
    life.first = at;
    const std::uint32_t index = m_store.lives.push(life);
    m_alive.set(key, index);
    if (!m_awaited.empty()) {
        const auto awaited = m_awaited.find(key);
        if (awaited != m_awaited.end()) {
            if (awaited->second.line + linesAfterTheEnd >= m_lines)
                adopt(awaited->second.parent, index, awaited->second.tie);
            m_awaited.erase(awaited);
        }
    }
    return index;
}

void Reader::tie(std::uint32_t parent, std::string_view child, Tie tie)
{
    const IdKey key = keyOf(child);
    const std::uint32_t known = m_alive.find(key);
    if (known != IdTable::none) {
        adopt(parent, known, tie);
        return;
    }
    constexpr std::size_t most = 1 << 16;
    if (m_awaited.size() >= most)
        m_awaited.clear();
    m_awaited[key] = {parent, tie, m_lines};
}

void Reader::adopt(std::uint32_t parent, std::uint32_t child, Tie tie)
{
    Life& life = m_store.lives[child];
    // A filter on this machine hands back to smtpd; whoever came in from outside is no child.
    const bool stranger = tie == Tie::HandedOn && life.has(Life::Entered) && life.entry != Entry::LocalSmtp;
    if (life.parent != UINT32_MAX || stranger)
        return;
    // No rings: who walks up must arrive.
    std::uint32_t up = parent;
    for (int depth = 0; up != UINT32_MAX; up = m_store.lives[up].parent, ++depth)
        if (up == child || depth > 64)
            return;
    if (tie == Tie::Notice)
        life.flags |= Life::NoticeChild;
    life.parent = parent;
    life.nextSibling = m_store.lives[parent].firstChild;
    m_store.lives[parent].firstChild = child;
}

Text Reader::textOf(std::string_view view) const
{
    return view.empty() ? Text()
                        : Text(m_base + static_cast<std::uint64_t>(view.data() - m_start), view.size());
}

std::size_t Reader::KeyHash::operator()(const IdKey& key) const
{
    return mix(mix(key.word[0] ^ hashSeed(), key.word[1]), key.word[2]);
}

} // namespace sluicegate::maillog
