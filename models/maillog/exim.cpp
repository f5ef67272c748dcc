// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/exim.h"

#include "models/maillog/anystamp.h"
#include "models/maillog/line.h"

#include <algorithm>
#include <array>

namespace sluicegate::maillog::exim {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlphanumeric(char c)
{
    return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Groups of base-62 digits: 6-6-2 until 4.96, 6-11-4 since.
bool hasGroups(std::string_view text, std::initializer_list<std::size_t> groups)
{
    std::size_t at = 0;
    for (const std::size_t group : groups) {
        if (at != 0 && text[at++] != '-')
            return false;
        for (const std::size_t end = at + group; at < end; ++at)
            if (!isAlphanumeric(text[at]))
                return false;
    }
    return true;
}

std::string_view idAt(std::string_view text)
{
    constexpr std::size_t shorter = 16;
    constexpr std::size_t longer = 23;
    if (text.size() > shorter && text[6] == '-') {
        if (text[shorter] == ' ' && hasGroups(text, {6, 6, 2}))
            return text.substr(0, shorter);
        if (text.size() > longer && text[longer] == ' ' && hasGroups(text, {6, 11, 4}))
            return text.substr(0, longer);
    }
    return {};
}

std::string_view takeWord(std::string_view& text)
{
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    return word;
}

// Up to the quotation mark that is not escaped; the text is put behind it and its blank.
std::string_view takeQuoted(std::string_view& text)
{
    std::size_t end = 1;
    while (end < text.size() && text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
    end = std::min(end, text.size());
    const std::string_view quoted = text.substr(1, end - 1);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (text.starts_with(' '))
        text.remove_prefix(1);
    return quoted;
}

// An address; a quoted local part may hold blanks.
std::string_view takeAddress(std::string_view& text)
{
    std::size_t from = 0;
    if (text.starts_with('"')) {
        std::string_view rest = text;
        takeQuoted(rest);
        from = text.size() - rest.size();
        from -= from != 0 && text[from - 1] == ' ' ? 1 : 0;
    }
    const std::size_t end = std::min(text.find(' ', from), text.size());
    const std::string_view address = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return address;
}

std::string_view withoutBrackets(std::string_view address)
{
    const bool bracketed = address.starts_with('<') && address.ends_with('>') && address.size() > 1;
    return bracketed ? address.substr(1, address.size() - 2) : address;
}

struct Host {
    Peer peer;
    std::string_view helo;
    std::string_view text; // "name (helo) [ip]:port"
};

// "name (helo) [ip]:port", "(helo) [ip]", "name [ip]", "[ip]". Only this part of a line names the client: a
// subject may hold brackets as well.
Host takeHost(std::string_view& text)
{
    Host host;
    std::string_view rest = text;
    if (!rest.starts_with('(') && !rest.starts_with('['))
        host.peer.name = takeWord(rest);
    if (rest.starts_with('(')) {
        const std::size_t end = std::min(rest.find(") ["), rest.size());
        host.helo = rest.substr(1, end - 1);
        rest.remove_prefix(std::min(end + 2, rest.size()));
    } else {
        host.helo = host.peer.name; // Exim leaves it out when it is the same
    }
    if (rest.starts_with('[')) {
        const std::size_t close = std::min(rest.find(']'), rest.size());
        host.peer.ip = rest.substr(1, close - 1);
        rest.remove_prefix(std::min(close + 1, rest.size()));
        if (rest.starts_with(':') && rest.size() > 1 && isDigit(rest[1])) {
            host.peer.port = numberAt<std::uint16_t>(rest.substr(1));
            const std::size_t end = rest.find_first_not_of("0123456789", 1);
            rest.remove_prefix(std::min(end, rest.size()));
        }
    }
    host.text = text.substr(0, text.size() - rest.size());
    while (host.text.ends_with(' '))
        host.text.remove_suffix(1);
    if (rest.starts_with(' '))
        rest.remove_prefix(1);
    text = rest;
    return host;
}

// "dovecot_login:user@d", with log_selector = +smtp_mailauth also ",sender@d"
void takeAuthenticator(std::string_view& text, Client& client)
{
    const std::size_t comma = text.substr(0, text.find(' ')).find(',');
    std::string_view rest = text.substr(std::min(comma, text.size()));
    if (!rest.empty()) {
        rest.remove_prefix(1);
        client.saslSender = takeAddress(rest);
    }
    const std::string_view word = comma == std::string_view::npos ? takeWord(text) : text.substr(0, comma);
    if (comma != std::string_view::npos)
        text = rest;
    const std::size_t colon = word.find(':');
    client.saslMethod = word.substr(0, colon);
    if (colon != std::string_view::npos)
        client.saslUsername = word.substr(colon + 1);
}

std::uint32_t countWords(std::string_view text)
{
    std::uint32_t count = 0;
    for (; !text.empty(); ++count)
        takeAddress(text);
    return count;
}

// "3s", "1m2s", "0.25s"
double readDelay(std::string_view text)
{
    double all = 0;
    double value = 0;
    double scale = 0;
    for (const char c : text) {
        if (isDigit(c)) {
            value = scale == 0 ? value * 10 + (c - '0') : value + (c - '0') * scale;
            scale /= 10;
        } else if (c == '.') {
            scale = 0.1;
        } else {
            const double unit = c == 'w' ? 604'800 : c == 'd' ? 86'400 : c == 'h' ? 3600 : c == 'm' ? 60 : 1;
            all += value * unit;
            value = scale = 0;
        }
    }
    return all;
}

// "250 2.0.0 Ok" -> "2.0.0"; a reply may stand behind Exim's own words.
std::string_view statusCodeIn(std::string_view reply)
{
    constexpr std::size_t enough = 400;
    reply = reply.substr(0, enough);
    for (std::size_t at = 0; at + 9 <= reply.size(); ++at) {
        const char kind = reply[at];
        const bool code = (kind == '2' || kind == '4' || kind == '5') && (at == 0 || reply[at - 1] == ' ')
            && isDigit(reply[at + 1]) && isDigit(reply[at + 2])
            && (reply[at + 3] == ' ' || reply[at + 3] == '-') && reply[at + 4] == kind
            && reply[at + 5] == '.';
        if (!code)
            continue;
        const std::string_view rest = reply.substr(at + 4);
        const std::string_view status = rest.substr(0, rest.find_first_not_of("0123456789."));
        if (std::ranges::count(status, '.') == 2)
            return status;
    }
    return {};
}

struct Delivery {
    Attempt attempt;
    std::string_view host;
    std::string_view transport;
};

// Reads one field off; true when what is left is the reason.
bool takeField(std::string_view& text, Delivery& delivery)
{
    if (text.starts_with("H=")) {
        text.remove_prefix(2);
        delivery.host = takeHost(text).text;
        if (!text.starts_with(':'))
            return false;
        text.remove_prefix(std::min<std::size_t>(2, text.size()));
        return true;
    }
    if (text.starts_with("C=\"")) {
        text.remove_prefix(2);
        delivery.attempt.response = takeQuoted(text);
        return false;
    }
    std::string_view word = takeWord(text);
    const bool reason = word.ends_with(':') && !word.starts_with("X=");
    if (reason)
        word.remove_suffix(1);
    if (word.starts_with("T="))
        delivery.transport = word.substr(2);
    else if (word.starts_with("QT=") || (word.starts_with("DT=") && delivery.attempt.delay == 0))
        delivery.attempt.delay = readDelay(word.substr(3));
    return reason;
}

// Where it went: the host; or how, when it stayed here. A transport over SMTP without a host got nowhere.
std::string_view relayOf(const Delivery& delivery, std::string_view target)
{
    if (!delivery.host.empty())
        return delivery.host;
    if (delivery.transport.find("smtp") != std::string_view::npos)
        return {};
    const bool nowhere = target.starts_with(':') || target.starts_with('/') || target.starts_with('|');
    return delivery.transport.empty() && nowhere ? target : delivery.transport;
}

} // namespace

Parts split(std::string_view message)
{
    if (!message.empty() && isDigit(message.front())) {
        // Through syslog Exim writes its own stamp once more.
        const Stamp again = readRareStamp(message);
        Line inner;
        if (again.form != Stamp::Form::None && splitBody(message.substr(again.length), again.body, inner))
            message = inner.message;
    }
    const std::string_view id = idAt(message);
    return {id, id.empty() ? message : message.substr(id.size() + 1)};
}

Kind kindOf(std::string_view text)
{
    const std::string_view mark = text.substr(0, 3);
    if (mark == "<= ")
        return Kind::Client;
    if (mark == "=> " || mark == "-> " || mark == ">> " || mark == "*> " || mark == "== " || mark == "** ")
        return Kind::Attempt;
    if (text.starts_with("Completed") || text.starts_with("removed by ") || text.starts_with("cancelled by "))
        return Kind::Removed;
    if (text.starts_with("Frozen") || text.starts_with("frozen by "))
        return Kind::Held;
    if (text.starts_with("Unfrozen") || text.starts_with("unfrozen by "))
        return Kind::Released;
    return isRejection(text) ? Kind::Rejected : Kind::Other;
}

bool isExpired(std::string_view text)
{
    return text.starts_with("** ") && text.find("retry timeout exceeded") != std::string_view::npos;
}

bool isOutgoingLimit(std::string_view text)
{
    constexpr std::string_view marks[]
        = {"has exceeded the max emails per hour", "has exceeded the max defers and failures per hour",
            "has an outgoing mail suspension", "daily email limit of", "has reached the daily email limit"};
    return std::ranges::any_of(marks, [&](auto mark) { return contains(text, mark); });
}

Intake readArrival(std::string_view text)
{
    Intake intake;
    text.remove_prefix(std::min<std::size_t>(3, text.size()));
    intake.queued.sender = withoutBrackets(takeAddress(text));
    bool remote = false;
    while (!text.empty()) {
        if (text.starts_with("H=")) {
            text.remove_prefix(2);
            const Host host = takeHost(text);
            intake.client.peer = host.peer;
            intake.helo = host.helo;
            remote = true;
            continue;
        }
        if (text.starts_with("A=")) {
            text.remove_prefix(2);
            takeAuthenticator(text, intake.client);
            continue;
        }
        if (text.starts_with("T=\"") || text.starts_with("SNI=\"")) {
            text.remove_prefix(text.find('"'));
            takeQuoted(text);
            continue;
        }
        if (text.starts_with("for ")) {
            intake.queued.recipients = countWords(text.substr(4));
            break;
        }
        const std::string_view word = takeWord(text);
        if (word == "from")
            takeAddress(text); // the sender as it was before rewriting
        else if (word.starts_with("U="))
            intake.localUser = word.substr(2);
        else if (word.starts_with("S="))
            intake.queued.size = numberAt<std::uint64_t>(word.substr(2));
        else if (word.starts_with("R="))
            intake.parent
                = idAt(std::string(word.substr(2)) + ' ').empty() ? std::string_view {} : word.substr(2);
        else if (word.starts_with("id=")) {
            intake.messageId = stripBrackets(word.substr(3));
            intake.hasMessageId = true;
        }
    }
    if (remote)
        intake.localUser = {}; // what a remote ident service claims
    return intake;
}

Status statusOf(std::string_view text)
{
    switch (text.empty() ? '\0' : text.front()) {
    case '=':
        return text.starts_with("==") ? Status::Deferred : Status::Sent;
    case '*':
        if (text.starts_with("*>"))
            return Status::Deliverable; // delivery was suppressed by -N
        return isExpired(text) ? Status::Expired : Status::Bounced;
    default:
        return Status::Sent;
    }
}

Attempt readDelivery(std::string_view text)
{
    Delivery delivery;
    Attempt& attempt = delivery.attempt;
    attempt.status = statusOf(text);
    text.remove_prefix(std::min<std::size_t>(3, text.size()));
    std::string_view target = takeAddress(text);
    bool reason = target.ends_with(':') && !target.starts_with(':');
    if (reason)
        target.remove_suffix(1);
    std::string_view original;
    if (!reason && text.starts_with('(')) // "target (address between) <address at first>"
        text.remove_prefix(std::min(std::min(text.find(") "), text.size() - 1) + 2, text.size()));
    if (!reason && text.starts_with('<')) {
        original = takeAddress(text);
        reason = original.ends_with(':');
        if (reason)
            original.remove_suffix(1);
    }
    while (!reason && !text.empty())
        reason = takeField(text, delivery);
    if (reason)
        attempt.response = text;
    original = withoutBrackets(original);
    const bool aliased = target.find('@') != std::string_view::npos && !target.starts_with('|');
    attempt.to = aliased || original.empty() ? withoutBrackets(target) : original;
    attempt.origTo = aliased ? original : std::string_view {};
    attempt.relay = relayOf(delivery, target);
    attempt.dsn = statusCodeIn(attempt.response);
    return attempt;
}

Identification readIdentification(std::string_view text)
{
    constexpr std::string_view mark = "SMTP connection identification ";
    Identification identification;
    if (!text.starts_with(mark))
        return identification;
    text.remove_prefix(mark.size());
    while (!text.empty()) {
        const std::string_view word = takeWord(text);
        if (word.starts_with("M="))
            identification.id = word.substr(2);
        else if (word.starts_with("U="))
            identification.user = word.substr(2);
        else if (word.starts_with("ID="))
            identification.uid = numberAt<std::uint32_t>(word.substr(3));
    }
    return identification;
}

std::string_view sendmailDirectory(std::string_view text)
{
    constexpr std::string_view mark = "cwd=";
    if (!text.starts_with(mark))
        return {};
    text.remove_prefix(mark.size());
    const std::size_t arguments = text.find(" args: ");
    const std::size_t count = text.substr(0, arguments).rfind(' ');
    if (arguments == std::string_view::npos || count == std::string_view::npos)
        return {};
    const std::string_view command = upTo(text.substr(arguments + 7), " ");
    return command.ends_with("sendmail") || command.ends_with("exim") ? text.substr(0, count)
                                                                      : std::string_view {};
}

bool isDirectoryOf(std::string_view directory, std::string_view user)
{
    for (std::size_t at = directory.find(user); at != std::string_view::npos && !user.empty();
        at = directory.find(user, at + 1)) {
        const std::size_t end = at + user.size();
        if (at != 0 && directory[at - 1] == '/' && (end == directory.size() || directory[end] == '/'))
            return true;
    }
    return false;
}

// "dovecot_login authenticator failed for (User) [192.0.2.7]:49152: 535 Incorrect authentication data
// (set_id=u)"
bool isAuthFailure(std::string_view text)
{
    constexpr std::size_t enough = 100;
    return text.substr(0, enough).find(" authenticator failed for ") != std::string_view::npos;
}

// "H=(x) [192.0.2.7] F=<a@b> rejected RCPT <c@d>: relay not permitted"
bool isRejection(std::string_view text)
{
    return (text.starts_with("H=") || text.starts_with("U=") || text.starts_with("F="))
        && contains(text, " rejected ");
}

Names namesIn(std::string_view message)
{
    const std::string_view text = split(message).text;
    Names names;
    if (isAuthFailure(text)) {
        std::string_view rest = behind(text, " authenticator failed for ");
        names.ip = takeHost(rest).peer.ip;
        const std::size_t at = rest.rfind("(set_id=");
        if (at != std::string_view::npos) {
            names.user = rest.substr(at + 8);
            names.user = names.user.substr(0, names.user.rfind(')'));
        }
    } else if (text.starts_with("H=")) {
        std::string_view rest = text.substr(2);
        names.ip = takeHost(rest).peer.ip;
        const std::size_t end = rest.find("F=<");
        const std::size_t at = rest.substr(0, end).find("A=");
        if (at != std::string_view::npos) {
            Client client;
            rest.remove_prefix(at + 2);
            takeAuthenticator(rest, client);
            names.user = client.saslUsername;
        }
    } else if (text.starts_with("<= ")) {
        const Intake intake = readArrival(text);
        names = {intake.client.saslUsername, intake.client.peer.ip};
    }
    return names;
}

Intake intakeOf(const Store& store, const Life& life)
{
    const Link* line = store.find(life, Kind::Client);
    Intake intake = line == nullptr ? Intake {} : readArrival(store.textAt(*line));
    if (const Link* call = life.entry == Entry::Pickup ? store.find(life, Kind::Started) : nullptr)
        intake.directory = sendmailDirectory(store.textAt(*call));
    if (const Link* pickup = store.find(life, Kind::Pickup)) {
        const Identification who = readIdentification(store.textAt(*pickup));
        intake.localUser = who.user;
        intake.uid = who.uid;
    }
    return intake;
}

} // namespace sluicegate::maillog::exim
