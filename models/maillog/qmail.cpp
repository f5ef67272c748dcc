// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/qmail.h"

#include "models/maillog/line.h"

#include <algorithm>

namespace sluicegate::maillog::qmail {

namespace {

constexpr std::string_view digits = "0123456789";

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// splogger puts its own "1163604096.614222 " in front.
std::string_view withoutStamp(std::string_view message)
{
    const std::size_t point = message.find_first_not_of(digits);
    if (point == 0 || point == std::string_view::npos || message[point] != '.')
        return message;
    const std::size_t blank = message.find_first_not_of(digits, point + 1);
    return blank != std::string_view::npos && message[blank] == ' ' ? message.substr(blank + 1) : message;
}

std::string_view takeDigits(std::string_view text)
{
    return text.substr(0, text.find_first_not_of(digits));
}

struct Form {
    std::string_view begin;
    What what;
};
constexpr Form forms[] = {{"new msg ", What::NewMessage}, {"info msg ", What::Info},
    {"starting delivery ", What::Start}, {"delivery ", What::Result}, {"end msg ", What::End},
    {"bounce msg ", What::Bounce}, {"double bounce: discarding bounce/", What::Discarded},
    {"triple bounce: discarding bounce/", What::Discarded}, {"status: ", What::Other},
    {"warning: ", What::Other}, {"alert: ", What::Other}, {"number of ", What::Other},
    {"local status: ", What::Other}, {"tcpserver: ", What::Other}, {"rblsmtpd: ", What::Other}};

// The text of a reply has '_' for blanks and '/' for line ends: "_550_5.1.1_No_such_user" -> "5.1.1", and
// qmail's own "(#5.1.2)".
std::string_view statusCodeIn(std::string_view text)
{
    constexpr std::size_t enough = 400;
    text = text.substr(0, enough);
    for (std::size_t at = 0; at + 6 <= text.size(); ++at) {
        const char before = text[at];
        const char kind = text[at + 1];
        if ((before != '_' && before != '#') || (kind != '2' && kind != '4' && kind != '5')
            || text[at + 2] != '.')
            continue;
        const std::string_view rest = text.substr(at + 1);
        const std::string_view status = rest.substr(0, rest.find_first_not_of("0123456789."));
        if (std::ranges::count(status, '.') == 2 && isDigit(status.back()))
            return status;
    }
    return {};
}

// "192.0.2.31_accepted_message./Remote_host_said:..." and "Connected_to_192.0.2.31_but_..."
std::string_view relayIn(std::string_view text)
{
    constexpr std::string_view connected = "Connected_to_";
    const std::size_t at = text.substr(0, 200).find(connected);
    if (at != std::string_view::npos)
        text.remove_prefix(at + connected.size());
    const std::string_view word = text.substr(0, text.find('_'));
    const bool address = word.size() >= 7 && word.size() <= 39
        && word.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos
        && (std::ranges::count(word, '.') == 3 || std::ranges::count(word, ':') >= 2);
    return address ? word : std::string_view {};
}

// Seconds from `before` to `after`; nothing if they cannot be compared. Nights across the end of a month are
// not bridged: these stamps know no month's length.
std::optional<std::int64_t> secondsBetween(Moment before, Moment after)
{
    if (!before.known() || !after.known() || before.zoned() != after.zoned())
        return {};
    if (before.zoned())
        return std::chrono::floor<std::chrono::seconds>(after.instant() - before.instant()).count();
    if (before.year() != after.year())
        return {};
    const std::int64_t days = std::int64_t(after.day()) - std::int64_t(before.day());
    if (days < 0 || days > 1)
        return {};
    return days * 86'400 + std::int64_t(after.seconds()) - std::int64_t(before.seconds());
}

bool sameText(std::string_view a, std::string_view b)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return std::ranges::equal(a, b, {}, lower, lower);
}

} // namespace

Parts split(std::string_view message)
{
    Parts parts;
    parts.text = withoutStamp(message);
    const auto* form
        = std::ranges::find_if(forms, [&](const Form& f) { return parts.text.starts_with(f.begin); });
    if (form == std::end(forms))
        return parts;
    parts.what = form->what;
    const std::string_view rest = parts.text.substr(form->begin.size());
    if (form->what == What::Start || form->what == What::Result) {
        parts.delivery = numberAt<std::uint64_t>(rest).value_or(0);
        if (form->what == What::Start)
            parts.id = takeDigits(behind(rest, ": msg "));
    } else if (form->what != What::Other) {
        parts.id = takeDigits(rest);
    }
    if (parts.id.empty() && form->what != What::Other && form->what != What::Result)
        parts.what = What::Unknown;
    return parts;
}

IdKey keyFor(std::string_view id)
{
    constexpr std::size_t longest = 16;
    IdKey key = keyOf(id.substr(0, longest));
    key.word[2] |= 1ull << 63;
    return key;
}

// The sender may hold anything; what stands behind it are numbers.
Info readInfo(std::string_view text)
{
    Info info;
    info.bytes = numberAt<std::uint64_t>(behind(text, ": bytes ")).value_or(0);
    const std::size_t process = text.rfind("> qp ");
    const std::size_t sender = text.find(" from <");
    if (sender == std::string_view::npos)
        return info;
    const std::size_t begin = sender + 7;
    info.sender = text.substr(
        begin, process == std::string_view::npos || process < begin ? process : process - begin);
    if (process == std::string_view::npos || process < begin)
        return info;
    info.process = numberAt<std::uint64_t>(text.substr(process + 5)).value_or(0);
    info.uid = numberAt<std::uint32_t>(behind(text.substr(process), " uid "));
    return info;
}

std::uint64_t bounceProcess(std::string_view text)
{
    return numberAt<std::uint64_t>(behind(text, " qp ")).value_or(0);
}

Target readTarget(std::string_view text)
{
    text = behind(text, ": msg ");
    const std::size_t to = text.find(" to ");
    if (to == std::string_view::npos)
        return {};
    text.remove_prefix(to + 4);
    const bool remote = text.starts_with("remote ");
    const std::size_t blank = text.find(' ');
    return {blank == std::string_view::npos ? text : text.substr(blank + 1), remote};
}

Status statusOf(std::string_view text)
{
    text = behind(text, ": ");
    return text.starts_with("success: ") ? Status::Sent
        : text.starts_with("failure: ")  ? Status::Bounced
        : text.starts_with("deferral: ") ? Status::Deferred
                                         : Status::Unknown;
}

Attempt readResult(std::string_view text)
{
    Attempt attempt;
    attempt.status = statusOf(text);
    const std::string_view result = behind(text, ": ");
    attempt.response = behind(result, ": ");
    attempt.relay = relayIn(attempt.response);
    attempt.dsn = statusCodeIn(attempt.response);
    return attempt;
}

bool isLogin(const Line& line)
{
    return line.tag.starts_with("smtp_auth") && contains(line.message, " logged in from ");
}

// "smtp_auth: FAILED: info@birch.example - password incorrect from unknown@ [192.0.2.7]"
bool isFailedLogin(const Line& line)
{
    return line.tag.starts_with("smtp_auth")
        && line.message.substr(0, 40).find("FAILED: ") != std::string_view::npos;
}

Login readLogin(std::string_view message)
{
    Login login;
    const std::size_t from = message.rfind(" logged in from ");
    const std::string_view user = behind(message.substr(0, from), "SMTP user ");
    const std::size_t colon = user.find(" : ");
    std::string_view name = user.substr(0, colon);
    std::string_view path = colon == std::string_view::npos ? std::string_view {} : user.substr(colon + 3);
    login.user = name;
    constexpr std::string_view mailNames = "/mailnames/";
    if (const std::string_view box = behind(path, mailNames); !box.empty() && name.find('@') == name.npos) {
        const std::size_t slash = box.find('/');
        if (slash != std::string_view::npos)
            login.user = std::string(box.substr(slash + 1)) + '@' + std::string(box.substr(0, slash));
    }
    if (from != std::string_view::npos)
        login.ip = readPeer(message.substr(from)).ip;
    return login;
}

void Recipients::start(std::string_view text)
{
    m_byDelivery[split(text).delivery] = readTarget(text);
}

void Recipients::complete(Attempt& attempt, std::string_view result, base::Instant arrived) const
{
    attempt.delay = std::max(std::chrono::duration<double>(attempt.at - arrived).count(), 0.0);
    const auto found = m_byDelivery.find(split(result).delivery);
    if (found == m_byDelivery.end())
        return;
    attempt.to = found->second.recipient;
    if (!found->second.remote)
        attempt.relay = "local";
}

void Sessions::add(Session session)
{
    constexpr std::size_t most = 256;
    m_sessions.push_back(std::move(session));
    if (m_sessions.size() > most)
        m_sessions.pop_front();
}

const Sessions::Session* Sessions::match(std::string_view sender, Moment at)
{
    constexpr std::int64_t longestSession = 600;
    constexpr std::int64_t soon = 60;
    Session* oldestUnused = nullptr;
    Session* latest = nullptr;
    bool oneUnused = true;
    bool oneUser = true;
    for (auto session = m_sessions.rbegin(); session != m_sessions.rend(); ++session) {
        const auto age = secondsBetween(session->at, at);
        if (!age || *age < -2 || *age > longestSession)
            continue;
        if (sameText(session->user, sender)) {
            session->used = true;
            return &*session;
        }
        if (*age > soon)
            continue;
        oneUser = oneUser && (latest == nullptr || latest->user == session->user);
        latest = latest == nullptr ? &*session : latest;
        if (session->used)
            continue;
        oneUnused = oneUnused && (oldestUnused == nullptr || oldestUnused->user == session->user);
        oldestUnused = &*session;
    }
    Session* chosen = oldestUnused != nullptr && oneUnused ? oldestUnused
        : oldestUnused == nullptr && oneUser               ? latest
                                                           : nullptr;
    if (chosen != nullptr)
        chosen->used = true;
    return chosen;
}

Intake intakeOf(const Store& store, const Life& life)
{
    Intake intake;
    if (const Link* line = store.find(life, Kind::Pickup)) {
        const Info info = readInfo(store.textAt(*line));
        intake.queued.sender = info.sender;
        intake.queued.size = info.bytes;
        const bool local = life.entry == Entry::Pickup || life.entry == Entry::Bounce;
        intake.uid = local ? info.uid : std::nullopt; // not that of the SMTP daemon
    }
    if (const Link* line = store.find(life, Kind::Login))
        intake.client.peer.ip = readLogin(store.textAt(*line)).ip;
    return intake;
}

} // namespace sluicegate::maillog::qmail
