// SPDX-License-Identifier: GPL-3.0-or-later
// The reader's part that takes facts from lines with a queue id.
#include "models/maillog/exim.h"
#include "models/maillog/hash.h"
#include "models/maillog/idshape.h"
#include "models/maillog/reader.h"

namespace sluicegate::maillog {

void Reader::readMore(std::uint32_t index, const Here& here, Kind kind, std::string_view text)
{
    Life& life = m_store.lives[index];
    switch (kind) {
    case Kind::Client:
        takeClient(index, text);
        break;
    case Kind::Pickup:
        takePickup(index, text);
        break;
    case Kind::MessageId:
    case Kind::ResentMessageId:
        takeMessageId(index, kind, text);
        break;
    case Kind::Queued:
        takeQueued(index, kind, text);
        life.flags |= Life::Active;
        break;
    case Kind::Expired:
        life.flags |= Life::WasExpired;
        takeQueued(index, kind, text);
        break;
    case Kind::Notification:
        if (const auto child = notificationId(text); !child.empty())
            tie(index, child, Tie::Notice);
        break;
    case Kind::Removed:
    case Kind::Requeued:
        life.flags |= Life::Ended;
        break;
    case Kind::Rejected:
        life.flags |= Life::Ended | Life::RejectedWhole;
        takeRefusal(index, here);
        break;
    case Kind::Refused:
        takeRefusal(index, here);
        break;
    default:
        break;
    }
}

void Reader::takeClient(std::uint32_t index, std::string_view text)
{
    const Client client = readClient(text);
    Life& life = m_store.lives[index];
    life.flags |= Life::Entered;
    if (life.lines == 1)
        life.flags |= Life::BeganWithEntry;
    if (life.client == 0 && !life.has(Life::HasUid))
        life.client = m_store.symbols.intern(realPeer(client).ip);
    life.saslUsername = m_store.symbols.intern(
        client.saslUsername.empty() ? m_events.proxiedLogin(client) : client.saslUsername);
    if (life.saslUsername != 0)
        life.entry = Entry::Authenticated;
    else
        life.entry = isLoopback(realPeer(client).ip) ? Entry::LocalSmtp : Entry::Relayed;
    if (!client.originQueueId.empty())
        tieToOrigin(index, client.originQueueId);
}

void Reader::takePickup(std::uint32_t index, std::string_view text)
{
    const Pickup pickup = readPickup(text);
    Life& life = m_store.lives[index];
    life.flags |= Life::Entered;
    if (life.lines == 1)
        life.flags |= Life::BeganWithEntry;
    life.entry = Entry::Pickup;
    if (pickup.uid && life.client == 0 && !life.has(Life::HasUid)) {
        life.client = *pickup.uid;
        life.flags |= Life::HasUid;
    }
    if (!life.has(Life::HasSender))
        takeSender(life, pickup.sender);
    if (!pickup.originQueueId.empty())
        tieToOrigin(index, pickup.originQueueId);
}

void Reader::takeSender(Life& life, std::string_view sender)
{
    life.flags |= Life::HasSender;
    if (life.entry == Entry::Relayed || life.entry == Entry::Unknown) {
        life.senderText = textOf(sender);
    } else {
        life.senderText = {};
        const bool isLogin = life.saslUsername != 0 && sender == m_store.symbols.view(life.saslUsername);
        life.sender = isLogin ? life.saslUsername : m_store.symbols.note(sender);
    }
}

void Reader::tieToOrigin(std::uint32_t child, std::string_view originQueueId)
{
    const std::uint32_t parent = m_alive.find(keyOf(originQueueId));
    if (parent != IdTable::none && parent != child)
        adopt(parent, child, Tie::Told);
}

void Reader::takeMessageId(std::uint32_t index, Kind kind, std::string_view text)
{
    const std::string_view id = readMessageId(text);
    const auto hash = static_cast<std::uint32_t>(hashOf(id));
    Life& life = m_store.lives[index];
    if (kind == Kind::ResentMessageId || life.has(Life::HasMessageId)) {
        if (!id.empty())
            m_store.otherIds.push({textOf(id), hash, index});
        return;
    }
    life.flags |= Life::HasMessageId;
    life.messageId = textOf(id);
    life.messageIdHash = hash;
    if (life.entry != Entry::Relayed)
        life.idShape = idShape(id);
}

void Reader::takeQueued(std::uint32_t index, Kind kind, std::string_view text)
{
    Life& life = m_store.lives[index];
    const Queued queued = glanceAtQueued(text);
    takeSender(life, queued.sender);
    if (kind == Kind::Queued && !life.has(Life::Active))
        life.announced = queued.recipients.value_or(Life::unknownCount);
}

void Reader::takeRefusal(std::uint32_t index, const Here& here)
{
    // It is among the first lines, or there is none: a life may be refused without end.
    constexpr std::uint32_t first = 8;
    const Link* client = m_store.find(m_store.lives[index], Kind::Client, first);
    const EventKind kind = isOutgoingLimit(here.line.message) || exim::isOutgoingLimit(here.line.message)
        ? EventKind::LimitReject
        : EventKind::Reject;
    m_events.add(kind, here.line, here.offset, here.at, client == nullptr ? 0 : client->offset() + 1);
}

} // namespace sluicegate::maillog
