// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/eventreader.h"

#include "models/maillog/exim.h"
#include "models/maillog/qmail.h"
#include "models/maillog/sendmail.h"

#include <algorithm>
#include <tuple>

namespace sluicegate::maillog {

namespace {

bool isSaslFailure(std::string_view message)
{
    // "warning: name[ip]: SASL LOGIN authentication failed: ..."; the name comes first and is short.
    const auto at = message.substr(0, 400).find("]: SASL ");
    return at != std::string_view::npos
        && message.substr(at).find(" authentication failed") != std::string_view::npos;
}

// plesk_saslauthd: "failed mail authenticatication attempt for user 'u@d'"; older builds misspell the word.
bool isPleskFailure(const Line& line)
{
    return line.program == "plesk_saslauthd" && line.message.starts_with("failed mail authenti")
        && line.message.find(" attempt for user '") != std::string_view::npos;
}

// "do_auth : auth failure: [user=u] [service=smtp] [realm=d] [mech=pam] [reason=...]"
bool isSaslauthdFailure(const Line& line)
{
    return line.program == "saslauthd" && line.message.find("auth failure: [user=") != std::string_view::npos;
}

// Courier's "imapd: LOGIN, user=u, ip=[::ffff:192.0.2.7], port=[5000], protocol=IMAP"
bool isCourier(const Line& line)
{
    return line.message.starts_with("LOGIN")
        && (contains(line.program, "imapd") || contains(line.program, "pop3d"));
}

// "imap-login: Login: user=<u>, ..." and "imap-login: Disconnected (auth failed, 2 attempts in 4 secs):
// user=<u>, ..."
std::string_view dovecotLogin(const Line& line)
{
    if (line.program != "dovecot")
        return {};
    const auto colon = line.message.find(": ");
    if (colon == std::string_view::npos || !line.message.substr(0, colon).ends_with("-login"))
        return {};
    return line.message.substr(colon + 2);
}

// Refusals quote what the client said; only behind helo=, which Postfix cleans and puts last, speaks Postfix.
std::string_view trusted(std::string_view message)
{
    if (!contains(message, "reject: "))
        return message;
    const auto helo = message.rfind(" helo=<");
    return helo == std::string_view::npos ? std::string_view {} : behind(message.substr(helo), ">");
}

// Since 20231006 Postfix names the login that failed; this where it sent none.
std::string_view nobodyIfUnknown(std::string_view user)
{
    return user == "(unavailable)" ? std::string_view {} : user;
}

std::string_view saslUserOf(std::string_view message)
{
    const auto sasl = message.rfind("sasl_username=");
    return sasl == std::string_view::npos ? std::string_view {}
                                          : upTo(upTo(message.substr(sasl + 14), ", "), " sasl_sender=");
}

std::string_view userOf(std::string_view message)
{
    message = trusted(message);
    std::string_view user;
    if (message.rfind("sasl_username=") != std::string_view::npos)
        user = saslUserOf(message);
    else if (const auto plesk = behind(message, " attempt for user '"); !plesk.empty())
        user = plesk.substr(0, std::min(plesk.find("' (password"), plesk.rfind('\'')));
    else if (const auto cyrus = behind(message, "auth failure: [user="); !cyrus.empty())
        user = upTo(cyrus, "] [service=");
    else if (const auto dovecot = behind(message, ": user=<"); !dovecot.empty())
        user = upTo(dovecot, ">");
    else if (const auto qmail = behind(message, "SMTP user "); !qmail.empty())
        user = upTo(qmail, " ");
    else if (message.starts_with("LOGIN"))
        user = upTo(behind(message, ", user="), ", ip=");
    else if (const auto failed = behind(message, "FAILED: "); !failed.empty())
        user = upTo(failed, " - ");
    return nobodyIfUnknown(user);
}

std::string_view addressOf(std::string_view message)
{
    if (const auto dovecot = behind(message, ", rip="); !dovecot.empty())
        return upTo(dovecot, ",");
    if (const auto qmail = behind(message, " logged in from "); !qmail.empty())
        return readPeer(qmail).ip;
    if (message.starts_with("LOGIN"))
        return readPeer(message.substr(std::min(message.rfind(", ip=["), message.size()))).ip;
    if (message.starts_with("warning: "))
        return readPeer(message.substr(9)).ip;
    if (const auto client = behind(message, "client="); !client.empty() && message.starts_with("NOQUEUE"))
        return readPeer(upTo(client, ", ")).ip;
    if (const auto at = message.rfind(" password incorrect from "); at != std::string_view::npos)
        return readPeer(message.substr(at)).ip;
    // "reject: RCPT from name[ip]:" and "milter-reject: END-OF-MESSAGE from name[ip]:"
    const auto from = behind(message, " from ");
    return from.empty() ? from : readPeer(upTo(from, ": ")).ip;
}

// The login and the address that a line names.
std::pair<std::string_view, std::string_view> namesIn(const Line& line)
{
    if (daemonOf(line) == Daemon::Exim) {
        const exim::Names names = exim::namesIn(line.message);
        return {names.user, names.ip};
    }
    if (daemonOf(line) == Daemon::Sendmail) {
        const sendmail::Login login = sendmail::readLogin(sendmail::split(line.message).text);
        return {login.user, login.ip};
    }
    // Two kinds are nearly all, and each speaks its own form only.
    if (line.program == "dovecot")
        return {nobodyIfUnknown(upTo(behind(line.message, ": user=<"), ">")),
            upTo(behind(line.message, ", rip="), ",")};
    if (line.message.starts_with("warning: "))
        return {nobodyIfUnknown(saslUserOf(trusted(line.message))), readPeer(line.message.substr(9)).ip};
    return {userOf(line.message), addressOf(line.message)};
}

} // namespace

void EventReader::readPostfix(const Line& line, std::uint64_t offset, Moment at)
{
    const std::string_view text = line.message;
    if (text.starts_with("warning: ")) {
        if (isSaslFailure(text))
            addFailure(line, offset, at);
        return;
    }
    if (!text.starts_with("NOQUEUE: "))
        return;
    const std::string_view what = text.substr(9);
    if (what.starts_with("reject: ") || what.starts_with("milter-reject: "))
        add(isOutgoingLimit(what) ? EventKind::LimitReject : EventKind::Reject, line, offset, at);
    else if (what.starts_with("client="))
        addProxied(line, offset, at);
}

void EventReader::readOther(const Line& line, std::uint64_t offset, Moment at)
{
    if (isPleskFailure(line) || isSaslauthdFailure(line)) {
        addFailure(line, offset, at);
        return;
    }
    if (qmail::isLogin(line) || qmail::isFailedLogin(line)) {
        add(qmail::isLogin(line) ? EventKind::Login : EventKind::AuthFailure, line, offset, at);
        return;
    }
    const std::string_view login = dovecotLogin(line);
    if (isCourier(line)) {
        if (line.message.starts_with("LOGIN, user="))
            add(EventKind::Login, line, offset, at);
        else if (line.message.starts_with("LOGIN FAILED, "))
            add(EventKind::AuthFailure, line, offset, at);
    } else if (login.starts_with("Login: user=<") || login.starts_with("Logged in: user=<"))
        add(EventKind::Login, line, offset, at);
    else if (login.substr(0, 200).find("(auth failed") != std::string_view::npos)
        add(EventKind::AuthFailure, line, offset, at);
}

void EventReader::readExim(const Line& line, std::uint64_t offset, Moment at)
{
    const std::string_view text = exim::split(line.message).text;
    if (exim::isAuthFailure(text))
        add(EventKind::AuthFailure, line, offset, at);
    else if (exim::isRejection(text))
        add(exim::isOutgoingLimit(text) ? EventKind::LimitReject : EventKind::Reject, line, offset, at);
}

void EventReader::add(
    EventKind kind, const Line& line, std::uint64_t offset, Moment at, std::uint64_t partner)
{
    std::uint32_t count = line.repeats;
    if (kind == EventKind::AuthFailure)
        if (const auto attempts = numberAt<std::uint16_t>(behind(line.message, "(auth failed, ")))
            count *= std::max<std::uint32_t>(*attempts, 1);
    m_store.events.push({.line = offset, .partner = partner, .at = at, .count = count, .kind = kind});
}

void EventReader::addClientless(std::string_view id, const Line& line, std::uint64_t offset, Moment at)
{
    constexpr std::size_t most = 256;
    add(EventKind::Reject, line, offset, at);
    m_clientless.push_back({m_store.events.size() - 1, id});
    if (m_clientless.size() > most)
        m_clientless.pop_front();
}

void EventReader::nameClient(std::string_view id, std::uint64_t offset)
{
    std::erase_if(m_clientless, [&](const Clientless& refused) {
        if (refused.id == id)
            m_store.events[refused.event].partner = offset + 1;
        return refused.id == id;
    });
}

void EventReader::addProxied(const Line& line, std::uint64_t offset, Moment at)
{
    constexpr std::size_t most = 64;
    const Client client = readClient(behind(line.message, "NOQUEUE: "));
    m_proxied.push_back({upTo(behind(line.message, "client="), ", "), client.saslUsername});
    if (m_proxied.size() > most)
        m_proxied.pop_front();
    add(EventKind::SubmissionWithoutQueueId, line, offset, at);
}

// Plesk's saslauthd names the user, smtpd next to it the address (new releases also the user): two lines, one
// failure.
void EventReader::addFailure(const Line& line, std::uint64_t offset, Moment at)
{
    constexpr std::size_t most = 64;
    const std::string_view user = userOf(line.message);
    const bool hasAddress = line.message.starts_with("warning: ");
    while (!m_waiting.empty() && !close(m_store.events[m_waiting.front().event].at, at))
        m_waiting.pop_front();
    if (pairsWithWaiting(user, hasAddress, offset))
        return;
    add(EventKind::AuthFailure, line, offset, at);
    m_store.events[m_store.events.size() - 1].mayNameUser = !user.empty();
    if (hasAddress && !user.empty())
        return;
    m_waiting.push_back({m_store.events.size() - 1, user});
    if (m_waiting.size() > most)
        m_waiting.pop_front();
}

bool EventReader::pairsWithWaiting(std::string_view user, bool hasAddress, std::uint64_t offset)
{
    const auto twin = std::ranges::find_if(m_waiting, [&](const Waiting& waiting) {
        return hasAddress ? !waiting.user.empty() && (user.empty() || user == waiting.user)
                          : waiting.user.empty();
    });
    if (twin == m_waiting.end())
        return false;
    EventRecord& event = m_store.events[twin->event];
    event.partner = offset + 1;
    event.mayNameUser = true;
    m_waiting.erase(twin);
    return true;
}

std::string_view EventReader::proxiedLogin(const Client& client) const
{
    if (client.originClient.empty() || !client.originQueueId.empty())
        return {};
    const auto latest
        = std::ranges::find(m_proxied.rbegin(), m_proxied.rend(), client.originClient, &Proxied::client);
    return latest == m_proxied.rend() ? std::string_view {} : latest->login;
}

void EventReader::repeatLast(std::uint64_t offset, std::uint32_t times)
{
    if (m_store.events.size() == 0)
        return;
    EventRecord& last = m_store.events[m_store.events.size() - 1];
    if (last.line == offset)
        last.count += times;
}

Event readEvent(const Store& store, const EventRecord& record)
{
    Event event {.kind = record.kind,
        .at = store.calendar.resolve(record.at),
        .user = {},
        .ip = {},
        .text = {},
        .line = store.refOf(record.line),
        .count = record.count};
    if (const auto parts = store.partsAt(record.line)) {
        event.text = parts->message;
        std::tie(event.user, event.ip) = namesIn(*parts);
    }
    const auto partner = record.partner == 0 ? std::nullopt : store.partsAt(record.partner - 1);
    if (partner) {
        const auto [user, ip] = namesIn(*partner);
        event.user = event.user.empty() ? user : event.user;
        event.ip = event.ip.empty() ? ip : event.ip;
    }
    return event;
}

} // namespace sluicegate::maillog
