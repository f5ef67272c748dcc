// SPDX-License-Identifier: GPL-3.0-or-later
// What a journey answers: some from the store, the rest read again from the few lines that know it.
#include "models/maillog/anystamp.h"
#include "models/maillog/daemon.h"
#include "models/maillog/idshape.h"
#include "models/maillog/intake.h"
#include "models/maillog/qmail.h"
#include "models/maillog/store.h"

#include <algorithm>

namespace sluicegate::maillog {

namespace {

std::optional<Client> clientOf(const Store& store, const Life& life)
{
    if (life.daemon != Daemon::Postfix)
        return intakeOf(store, life).client;
    const Link* line = !life.has(Life::HasUid) ? store.find(life, Kind::Client) : nullptr;
    return line == nullptr ? std::nullopt : std::optional(readClient(store.textAt(*line)));
}

std::optional<Queued> queuedOf(const Store& store, const Life& life)
{
    if (life.daemon != Daemon::Postfix)
        return intakeOf(store, life).queued;
    const Link* line = store.find(life, Kind::Queued);
    return line == nullptr ? std::nullopt : std::optional(readQueued(store.textAt(*line)));
}

const Link* entryLine(const Store& store, const Life& life)
{
    const Link* line = store.find(life, Kind::Client);
    return line == nullptr ? store.find(life, Kind::Pickup) : line;
}

} // namespace

const Store& Journey::store() const
{
    return *m_history->m_store;
}
const Life& Journey::life() const
{
    return store().lives[m_index];
}

std::string_view Journey::queueId() const
{
    return store().view(life().id);
}
std::string_view Journey::messageId() const
{
    return store().view(life().messageId);
}
std::uint32_t Journey::messageIdShape() const
{
    return life().idShape != 0 ? life().idShape : idShape(messageId());
}
bool Journey::hasMessageId() const
{
    return life().has(Life::HasMessageId);
}
std::uint32_t Journey::saslUsernameNumber() const
{
    return life().saslUsername;
}
std::string_view Journey::saslUsername() const
{
    return store().symbols.view(life().saslUsername);
}
std::string_view Journey::sender() const
{
    if (life().senderText.length() != 0)
        return store().view(life().senderText);
    return store().symbols.view(life().sender);
}
bool Journey::hasSender() const
{
    return life().has(Life::HasSender);
}
bool Journey::rejectedByMilter() const
{
    return life().has(Life::RejectedWhole);
}
bool Journey::expired() const
{
    return life().has(Life::WasExpired);
}
base::Instant Journey::first() const
{
    return store().calendar.resolve(life().first);
}
base::Instant Journey::last() const
{
    return store().calendar.resolve(life().last);
}

Entry Journey::entry() const
{
    if (life().entry != Entry::Unknown)
        return life().entry;
    // Written on this machine by the bounce daemon: known from its parent, or because nobody brought it in.
    const bool nullSender
        = life().has(Life::HasSender) && life().sender == 0 && life().senderText.length() == 0;
    const bool notice = life().has(Life::NoticeChild) || (nullSender && life().has(Life::HasMessageId));
    return notice ? Entry::Bounce : Entry::Unknown;
}

std::string_view Journey::saslMethod() const
{
    const auto client = clientOf(store(), life());
    return client ? client->saslMethod : std::string_view {};
}

std::string_view Journey::saslSender() const
{
    const auto client = clientOf(store(), life());
    return client ? client->saslSender : std::string_view {};
}

std::optional<std::uint32_t> Journey::uid() const
{
    if (life().daemon != Daemon::Postfix)
        return intakeOf(store(), life()).uid;
    return life().has(Life::HasUid) ? std::optional(life().client) : std::nullopt;
}

std::string_view Journey::localUser() const
{
    return life().daemon == Daemon::Postfix ? std::string_view {} : intakeOf(store(), life()).localUser;
}

std::string_view Journey::directory() const
{
    return life().daemon == Daemon::Exim ? intakeOf(store(), life()).directory : std::string_view {};
}

std::string_view Journey::clientName() const
{
    const auto client = clientOf(store(), life());
    return client ? realPeer(*client).name : std::string_view {};
}

std::string_view Journey::clientIp() const
{
    if (life().daemon == Daemon::Postfix)
        return life().has(Life::HasUid) ? std::string_view {} : store().symbols.view(life().client);
    const auto client = clientOf(store(), life());
    return client ? realPeer(*client).ip : std::string_view {};
}

std::optional<std::uint16_t> Journey::clientPort() const
{
    const auto client = clientOf(store(), life());
    return client ? realPeer(*client).port : std::nullopt;
}

std::string_view Journey::originClient() const
{
    const auto client = clientOf(store(), life());
    return client ? client->originClient : std::string_view {};
}

std::string_view Journey::helo() const
{
    if (life().daemon != Daemon::Postfix)
        return intakeOf(store(), life()).helo;
    if (!life().has(Life::MayNameHelo))
        return {};
    for (std::uint32_t at = life().head; at != UINT32_MAX; at = store().links[at].next) {
        const Link& link = store().links[at];
        if (link.kind != Kind::Rejected && link.kind != Kind::Refused && link.kind != Kind::Other)
            continue;
        if (const auto helo = readHelo(store().textAt(link)); !helo.empty())
            return helo;
    }
    return {};
}

std::optional<std::uint64_t> Journey::size() const
{
    const auto queued = queuedOf(store(), life());
    return queued ? queued->size : std::nullopt;
}

std::optional<std::uint32_t> Journey::recipientCount() const
{
    if (life().daemon != Daemon::Postfix)
        return intakeOf(store(), life()).queued.recipients;
    return life().announced == Life::unknownCount ? std::nullopt : std::optional(life().announced);
}

std::string_view Journey::service() const
{
    const Link* line = entryLine(store(), life());
    const auto parts = line == nullptr ? std::nullopt : store().partsAt(line->offset());
    return parts ? serviceOf(parts->tag) : std::string_view {};
}

std::string_view Journey::host() const
{
    const auto parts = store().partsAt(store().links[life().head].offset());
    return parts ? parts->host : std::string_view {};
}

std::optional<base::Instant> Journey::arrived() const
{
    if (life().has(Life::BeganWithEntry))
        return first();
    const Link* line = entryLine(store(), life());
    return line == nullptr ? std::nullopt : std::optional(store().timeAt(line->offset()));
}

std::optional<base::Instant> Journey::removed() const
{
    const Link* line = store().find(life(), Kind::Removed);
    return line == nullptr ? std::nullopt : std::optional(store().timeAt(line->offset()));
}

std::vector<Attempt> Journey::attempts() const
{
    std::size_t mostRepeats = 1000; // of all lines together, for the number is only claimed
    std::vector<Attempt> attempts;
    qmail::Recipients recipients;
    std::size_t nth = 0; // recipient of a line that is linked several times
    for (std::uint32_t at = life().head; at != UINT32_MAX; at = store().links[at].next) {
        const Link& link = store().links[at];
        if (link.kind == Kind::Started)
            recipients.start(store().textAt(link));
        if (link.kind != Kind::Attempt)
            continue;
        const std::string_view line = store().lineAt(link.offset());
        const Stamp stamp = readAnyStamp(line);
        Line parts;
        if (!splitBody(line.substr(stamp.length), stamp.body, parts))
            continue;
        const std::string_view text = behindAnyId(parts);
        nth = !attempts.empty() && attempts.back().line == store().refOf(link.offset()) ? nth + 1 : 0;
        Attempt attempt = attemptOf(life(), text, nth);
        attempt.at = store().calendar.resolve(stamp, link.offset());
        if (life().daemon == Daemon::Qmail)
            recipients.complete(attempt, text, first());
        if (life().daemon == Daemon::Sendmail && attempt.origTo == sender())
            attempt.origTo = {}; // who sent it controls its delivery
        attempt.line = store().refOf(link.offset());
        const std::size_t more = std::min<std::size_t>(parts.repeats - 1, mostRepeats);
        mostRepeats -= more;
        attempts.insert(attempts.end(), 1 + more, attempt);
    }
    return attempts;
}

Tally Journey::tally() const
{
    Tally tally;
    for (std::uint32_t at = life().head; at != UINT32_MAX; at = store().links[at].next) {
        const Link& link = store().links[at];
        if (link.kind != Kind::Attempt)
            continue;
        ++tally.attempts;
        tally.sent += link.status == Status::Sent ? 1 : 0;
        tally.deferred += link.status == Status::Deferred ? 1 : 0;
        tally.bounced += link.status == Status::Bounced ? 1 : 0;
    }
    return tally;
}

std::vector<Incident> Journey::incidents() const
{
    static constexpr std::pair<Kind, IncidentKind> kinds[] = {{Kind::Held, IncidentKind::Held},
        {Kind::Released, IncidentKind::Released}, {Kind::Requeued, IncidentKind::Requeued},
        {Kind::Expired, IncidentKind::Expired}, {Kind::Rejected, IncidentKind::Rejected},
        {Kind::Refused, IncidentKind::Refused}, {Kind::Notification, IncidentKind::Notification}};
    std::vector<Incident> incidents;
    for (std::uint32_t at = life().head; at != UINT32_MAX; at = store().links[at].next) {
        const Link& link = store().links[at];
        const auto kind = std::ranges::find(kinds, link.kind, &std::pair<Kind, IncidentKind>::first);
        if (kind != std::end(kinds))
            incidents.push_back({kind->second, store().timeAt(link.offset()), store().textAt(link),
                store().refOf(link.offset())});
    }
    return incidents;
}

std::optional<std::uint32_t> Journey::parent() const
{
    return life().parent == UINT32_MAX ? std::nullopt : std::optional(life().parent);
}

std::vector<std::uint32_t> Journey::children() const
{
    std::vector<std::uint32_t> children;
    for (std::uint32_t at = life().firstChild; at != UINT32_MAX; at = store().lives[at].nextSibling)
        children.push_back(at);
    std::ranges::sort(children);
    return children;
}

std::vector<LineRef> Journey::lines() const
{
    std::vector<LineRef> lines;
    lines.reserve(life().lines);
    for (std::uint32_t at = life().head; at != UINT32_MAX; at = store().links[at].next)
        lines.push_back(store().refOf(store().links[at].offset()));
    if (life().daemon != Daemon::Postfix) { // a login is found behind its line, a line may be linked twice
        std::ranges::sort(lines);
        lines.erase(std::ranges::unique(lines).begin(), lines.end());
    }
    return lines;
}

} // namespace sluicegate::maillog
