// SPDX-License-Identifier: GPL-3.0-or-later
// The reader's part for qmail's lines.
#include "models/maillog/qmail.h"
#include "models/maillog/reader.h"

#include <algorithm>

namespace sluicegate::maillog {

using qmail::What;

void Reader::readQmail(const Here& here)
{
    const qmail::Parts parts = qmail::split(here.line.message);
    if (parts.what == What::Result) {
        takeQmailResult(here, parts.delivery, parts.text);
        return;
    }
    if (parts.what == What::Unknown) {
        leaveUnread(Unread::UnknownForm, here.offset);
        m_understood -= here.line.host.empty() ? 1 : 0; // multilog serves many programs
    }
    if (parts.id.empty())
        return;
    const IdKey key = qmail::keyFor(parts.id);
    // The number is an inode: it may be used again within the second.
    const bool begins = parts.what == What::NewMessage || parts.what == What::Info;
    const std::uint32_t index = lifeFor(key, parts.id, begins ? Kind::Client : Kind::Other, here.at);
    m_store.lives[index].daemon = Daemon::Qmail;
    const bool over = m_store.lives[index].has(Life::Ended);
    switch (parts.what) {
    case What::Info:
        attach(index, here, Kind::Pickup);
        takeQmailInfo(index, parts.text);
        break;
    case What::Start:
        attach(index, here, Kind::Started);
        takeQmailStart(index, here, parts.delivery, qmail::readTarget(parts.text).remote);
        break;
    case What::Bounce:
        attach(index, here, Kind::Notification);
        m_qmail.bounces.push_back({qmail::bounceProcess(parts.text), index});
        if (m_qmail.bounces.size() > 64)
            m_qmail.bounces.pop_front();
        break;
    case What::End:
        attach(index, here, Kind::Removed);
        m_store.lives[index].flags |= Life::Ended | Life::Entered;
        break;
    default:
        attach(index, here, Kind::Other);
        break;
    }
    if (!over && m_store.lives[index].has(Life::Ended))
        m_finished.push_back({m_lines, hashOf(key), index});
}

void Reader::takeQmailInfo(std::uint32_t index, std::string_view text)
{
    const qmail::Info info = qmail::readInfo(text);
    Life& life = m_store.lives[index];
    life.flags |= Life::Entered | Life::HasSender;
    life.sender = m_store.symbols.intern(info.sender);
    const auto bounce = std::ranges::find(m_qmail.bounces, info.process, &QmailBounce::process);
    constexpr std::string_view doubleBounce = "#@[]";
    if (info.sender == doubleBounce)
        life.entry = Entry::Bounce;
    else if (info.sender.empty() && info.process != 0 && bounce != m_qmail.bounces.end()) {
        life.entry = Entry::Bounce;
        adopt(bounce->life, index, Tie::Notice);
    } else if (info.uid && std::ranges::contains(m_store.smtpUids, *info.uid)) {
        life.entry = Entry::Relayed; // until it turns out that it goes on to another server
    } else if (info.uid) {
        life.entry = Entry::Pickup;
    }
}

void Reader::takeQmailStart(std::uint32_t index, const Here& here, std::uint64_t delivery, bool remote)
{
    constexpr std::size_t most = 1 << 16; // qmail itself allows some hundred at once
    if (m_qmail.deliveries.size() >= most)
        m_qmail.deliveries.clear();
    m_qmail.deliveries[delivery] = index;
    Life& life = m_store.lives[index];
    if (!remote || life.entry != Entry::Relayed || life.saslUsername != 0)
        return;
    // Only who logged in may send to other servers.
    const qmail::Sessions::Session* session
        = m_qmail.sessions.match(m_store.symbols.view(life.sender), here.at);
    if (session == nullptr) {
        life.entry = Entry::Unknown;
        return;
    }
    life.entry = Entry::Authenticated;
    life.saslUsername = m_store.symbols.intern(session->user);
    attach(index, {.offset = session->line, .at = here.at, .line = here.line}, Kind::Login);
}

void Reader::takeQmailResult(const Here& here, std::uint64_t delivery, std::string_view text)
{
    const auto started = m_qmail.deliveries.find(delivery);
    if (started == m_qmail.deliveries.end())
        return;
    attach(started->second, here, Kind::Attempt, qmail::statusOf(text));
    m_qmail.deliveries.erase(started);
}

void Reader::takeQmailLogin(const Here& here)
{
    m_qmail.sessions.add({here.offset, here.at, qmail::readLogin(here.line.message).user});
}

} // namespace sluicegate::maillog
