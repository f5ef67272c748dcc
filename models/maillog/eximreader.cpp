// SPDX-License-Identifier: GPL-3.0-or-later
// The reader's part for Exim's lines, and for lines whose stamp is not syslog's.
#include "models/maillog/anystamp.h"
#include "models/maillog/exim.h"
#include "models/maillog/hash.h"
#include "models/maillog/known.h"
#include "models/maillog/reader.h"

#include <algorithm>

namespace sluicegate::maillog {

// Exim breaks what it has to say over lines and begins only the first with a stamp.
bool Reader::continuesExim(std::string_view text)
{
    const bool indented = text.starts_with(' ') || text.starts_with('\t');
    if (!indented || m_before != m_eximBefore)
        m_eximBefore = noLine;
    return m_eximBefore != noLine;
}

Moment Reader::readRare(std::string_view text, std::uint64_t offset)
{
    const Stamp stamp = readRareStamp(text);
    Line line;
    if (stamp.form == Stamp::Form::None) {
        if (!continuesExim(text))
            leaveUnread(Unread::NoStamp, offset);
        return {};
    }
    m_moment = m_store.calendar.place(stamp, offset);
    m_stamp[0] = 0;
    m_eximBefore = noLine;
    if (splitBody(text.substr(stamp.length), stamp.body, line)) {
        m_eximBefore = daemonOf(line) == Daemon::Exim ? offset : noLine;
        readParts({.offset = offset, .at = m_moment, .line = line});
    } else {
        readTagless(behind(text.substr(stamp.length), " "), offset);
    }
    m_before = offset;
    return m_moment;
}

void Reader::readOther(const Here& here)
{
    switch (daemonOf(here.line)) {
    case Daemon::Exim:
        readExim(here);
        return;
    case Daemon::Qmail:
        readQmail(here);
        return;
    case Daemon::Sendmail:
        readSendmail(here);
        return;
    default:
        break;
    }
    if (qmail::isLogin(here.line))
        takeQmailLogin(here);
    const std::string_view id = leadingId(here.line.message);
    const std::uint32_t life = id.empty() ? IdTable::none : m_alive.find(keyOf(id));
    if (life != IdTable::none)
        attach(life, here, Kind::Foreign);
    else if (!isCompanion(here.line))
        leaveUnread(Unread::OtherProgram, here.offset);
    m_events.readOther(here.line, here.offset, here.at);
}

void Reader::leaveUnread(Unread why, std::uint64_t offset)
{
    m_eximBefore = noLine;
    Summary& summary = m_store.summary;
    summary.unparsed += why == Unread::NoStamp || why == Unread::NoTag ? 1 : 0;
    UnreadLines& lines = summary.unread[static_cast<std::size_t>(why)];
    if (++lines.count <= UnreadLines::mostExamples)
        lines.examples.push_back(m_store.refOf(offset));
}

void Reader::readExim(const Here& here)
{
    auto [id, text] = exim::split(here.line.message);
    Kind kind = exim::kindOf(text);
    if (id.empty()) {
        id = exim::readIdentification(text).id;
        kind = Kind::Pickup;
        if (id.empty()) {
            m_events.readExim(here.line, here.offset, here.at);
            constexpr std::size_t most = 16;
            if (const auto directory = exim::sendmailDirectory(text); !directory.empty())
                m_calls.push_back({here.offset, here.at, directory});
            if (m_calls.size() > most)
                m_calls.pop_front();
            // Many programs write such a stamp: without a tag, only the text shows that this is Exim.
            const bool tagless = here.line.host.empty();
            if (!exim::isRejection(text) && !isKnownExim(text)) {
                leaveUnread(tagless ? Unread::NoTag : Unread::UnknownForm, here.offset);
                m_understood -= tagless ? 1 : 0;
            }
            return;
        }
    }
    const IdKey key = keyOf(id);
    const std::uint32_t index = lifeFor(key, id, kind == Kind::Pickup ? Kind::Other : kind, here.at);
    m_store.lives[index].daemon = Daemon::Exim;
    if (kind == Kind::Other && !isKnownExim(text))
        leaveUnread(Unread::UnknownForm, here.offset);
    attach(index, here, kind, kind == Kind::Attempt ? exim::statusOf(text) : Status::Unknown);
    const bool over = m_store.lives[index].has(Life::Ended);
    if (kind == Kind::Client) {
        takeEximArrival(index, text);
        if (m_store.lives[index].entry == Entry::Pickup && !m_calls.empty())
            takeEximCall(index, here, exim::readArrival(text).localUser);
    } else
        takeEximOther(index, here, kind, text);
    if (!over && m_store.lives[index].has(Life::Ended))
        m_finished.push_back({m_lines, hashOf(key), index});
}

void Reader::takeEximArrival(std::uint32_t index, std::string_view text)
{
    const Intake intake = exim::readArrival(text);
    Life& life = m_store.lives[index];
    life.flags |= Life::Entered | Life::HasSender;
    life.sender = m_store.symbols.intern(intake.queued.sender);
    life.saslUsername = m_store.symbols.intern(intake.client.saslUsername);
    if (intake.hasMessageId) {
        life.flags |= Life::HasMessageId;
        life.messageId = textOf(intake.messageId);
        life.messageIdHash = static_cast<std::uint32_t>(hashOf(intake.messageId));
    }
    if (!intake.client.saslMethod.empty())
        life.entry = Entry::Authenticated;
    else if (!intake.client.peer.ip.empty())
        life.entry = isLoopback(intake.client.peer.ip) ? Entry::LocalSmtp : Entry::Relayed;
    else if (intake.queued.sender.empty() && !intake.parent.empty())
        life.entry = Entry::Bounce; // R= names the message that it is about
    else if (!intake.localUser.empty())
        life.entry = Entry::Pickup;
    if (!intake.parent.empty())
        tieToOrigin(index, intake.parent);
}

// The call's line has no queue id: it belongs to the next message of the user in whose directory it was made.
void Reader::takeEximCall(std::uint32_t index, const Here& here, std::string_view user)
{
    const auto call = std::ranges::find_if(m_calls, [&](const SendmailCall& candidate) {
        return close(candidate.at, here.at) && exim::isDirectoryOf(candidate.directory, user);
    });
    if (call == m_calls.end())
        return;
    attach(index, {.offset = call->line, .at = here.at, .line = here.line}, Kind::Started);
    m_calls.erase(call);
}

void Reader::takeEximOther(std::uint32_t index, const Here& here, Kind kind, std::string_view text)
{
    Life& life = m_store.lives[index];
    if (kind == Kind::Removed)
        life.flags |= Life::Ended;
    if (kind == Kind::Rejected) {
        life.flags |= Life::Ended | Life::RejectedWhole;
        takeRefusal(index, here);
    }
    if (kind == Kind::Attempt && exim::isExpired(text))
        life.flags |= Life::WasExpired;
    if (kind == Kind::Attempt && text.starts_with("** ") && exim::isOutgoingLimit(text))
        takeRefusal(index, here);
}

} // namespace sluicegate::maillog
