// SPDX-License-Identifier: GPL-3.0-or-later
// The reader's part for Sendmail's lines.
#include "models/maillog/hash.h"
#include "models/maillog/known.h"
#include "models/maillog/reader.h"
#include "models/maillog/sendmail.h"

namespace sluicegate::maillog {

namespace {

// Behind the tag: "sm-mta[4711]: "
std::uint64_t processOf(const Line& line)
{
    const char* begin = line.tag.data() + line.tag.size() + 1;
    const char* end = line.message.data();
    return begin < end ? numberAt<std::uint64_t>({begin, static_cast<std::size_t>(end - begin)}).value_or(0)
                       : 0;
}

} // namespace

void Reader::readSendmail(const Here& here)
{
    const auto [id, text] = sendmail::split(here.line.message);
    if (sendmail::isLogin(text)) {
        constexpr std::size_t most = 1 << 14;
        if (m_sendmailLogins.size() >= most)
            m_sendmailLogins.clear();
        m_sendmailLogins[processOf(here.line)] = here.offset;
        m_events.add(EventKind::Login, here.line, here.offset, here.at);
        return;
    }
    const Kind kind = sendmail::kindOf(text);
    if (sendmail::isFailedLogin(text))
        m_events.add(EventKind::AuthFailure, here.line, here.offset, here.at);
    else if (kind == Kind::Refused && id.empty())
        m_events.add(EventKind::Reject, here.line, here.offset, here.at);
    if (kind == Kind::Other && !isKnownSendmail(text))
        leaveUnread(Unread::UnknownForm, here.offset);
    if (id.empty())
        return;
    // Every connection gets an id; only those with a message make a journey.
    if (text.starts_with("from="))
        m_events.nameClient(id, here.offset);
    const IdKey key = keyOf(id);
    if ((kind == Kind::Other || kind == Kind::Refused) && m_alive.find(key) == IdTable::none) {
        if (kind == Kind::Refused && sendmail::namesNoClient(text))
            m_events.addClientless(id, here.line, here.offset, here.at);
        else if (kind == Kind::Refused)
            m_events.add(EventKind::Reject, here.line, here.offset, here.at);
        return;
    }
    const std::uint32_t index = lifeFor(key, id, kind, here.at);
    m_store.lives[index].daemon = Daemon::Sendmail;
    takeSendmail(index, here, kind, text);
    if (kind == Kind::Removed || kind == Kind::Rejected)
        m_finished.push_back({m_lines, hashOf(key), index});
}

void Reader::takeSendmail(std::uint32_t index, const Here& here, Kind kind, std::string_view text)
{
    if (kind == Kind::Attempt) {
        const Status status = sendmail::statusOf(text);
        for (std::size_t n = sendmail::recipientsIn(text); n != 0; --n)
            attach(index, here, kind, status);
        if (const auto next = sendmail::handedOnAs(sendmail::readDelivery(text)); !next.empty())
            tie(index, next, Tie::HandedOn);
        return;
    }
    attach(index, here, kind);
    if (kind == Kind::Client)
        takeSendmailArrival(index, here, text);
    if (kind == Kind::Refused || kind == Kind::Rejected)
        takeRefusal(index, here);
    Life& life = m_store.lives[index];
    if (kind == Kind::Removed)
        life.flags |= Life::Ended;
    if (kind == Kind::Rejected)
        life.flags |= Life::Ended | Life::RejectedWhole;
    if (kind == Kind::Notification) {
        if (sendmail::isExpired(text))
            life.flags |= Life::WasExpired;
        tie(index, sendmail::notificationId(text), Tie::Notice);
    }
}

void Reader::takeSendmailArrival(std::uint32_t index, const Here& here, std::string_view text)
{
    const Intake intake = sendmail::readArrival(text);
    const std::string_view ip = intake.client.peer.ip;
    std::string_view user = intake.client.saslUsername;
    if (const auto login = m_sendmailLogins.find(processOf(here.line)); login != m_sendmailLogins.end()) {
        // One process serves one connection; its number may come again for another client.
        const auto parts = m_store.partsAt(login->second);
        const auto known
            = sendmail::readLogin(parts ? sendmail::split(parts->message).text : std::string_view {});
        if (known.ip == ip && !ip.empty()) {
            user = user.empty() ? known.user : user;
            attach(index, {.offset = login->second, .at = here.at, .line = here.line}, Kind::Login);
        }
    }
    Life& life = m_store.lives[index];
    life.flags |= Life::Entered | Life::HasSender;
    life.sender = m_store.symbols.intern(intake.queued.sender);
    life.saslUsername = m_store.symbols.intern(user);
    if (intake.hasMessageId && !life.has(Life::HasMessageId)) {
        life.flags |= Life::HasMessageId;
        life.messageId = textOf(intake.messageId);
        life.messageIdHash = static_cast<std::uint32_t>(hashOf(intake.messageId));
    }
    if (!user.empty() || !intake.client.saslMethod.empty())
        life.entry = Entry::Authenticated;
    else if (!ip.empty())
        life.entry = isLoopback(ip) ? Entry::LocalSmtp : Entry::Relayed;
    else if (life.has(Life::NoticeChild))
        life.entry = Entry::Bounce;
    else if (!intake.localUser.empty())
        life.entry = Entry::Pickup;
}

} // namespace sluicegate::maillog
