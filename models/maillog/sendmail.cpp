// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/sendmail.h"

#include "models/maillog/line.h"

#include <algorithm>

namespace sluicegate::maillog::sendmail {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isAlphanumeric(char c)
{
    return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// Up to the next field. Fields are parted by ", ".
std::string_view field(std::string_view text, std::string_view name)
{
    return upTo(behind(text, name), ", ");
}

// "host [192.0.2.1]", "[IPv6:2001:db8::1]", "host [192.0.2.1] (may be forged)"
Peer readRelay(std::string_view text)
{
    Peer peer = readPeer(text);
    while (peer.name.ends_with(' '))
        peer.name.remove_suffix(1);
    if (peer.ip.starts_with("IPv6:"))
        peer.ip.remove_prefix(5);
    return peer;
}

std::string_view withoutBrackets(std::string_view address)
{
    const bool bracketed = address.starts_with('<') && address.ends_with('>') && address.size() > 1;
    return bracketed ? address.substr(1, address.size() - 2) : address;
}

// Where a mark stands that no quoted local part holds; anywhere if that is nowhere.
std::size_t findOwn(std::string_view text, std::string_view mark)
{
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == '"')
            quoted = !quoted;
        else if (!quoted && text[at] == mark.front() && text.substr(at).starts_with(mark))
            return at;
    }
    return text.find(mark);
}

// The recipients stand in front, whatever they hold; then the fields, in this order.
struct Fields {
    std::string_view recipients;
    std::string_view controller;
    std::string_view delay;
    std::string_view mailer;
    std::string_view relay;
    std::string_view dsn;
    std::string_view reply; // what the other server said, since 8.16
    std::string_view stat;
};

Fields readFields(std::string_view text)
{
    Fields fields;
    text.remove_prefix(std::min<std::size_t>(3, text.size()));
    const std::size_t delay = std::min(findOwn(text, ", delay="), text.size());
    const std::size_t controller = std::min(text.find(", ctladdr="), delay);
    fields.recipients = text.substr(0, controller);
    if (controller < delay)
        fields.controller = text.substr(controller + 10, delay - controller - 10);
    text.remove_prefix(delay);
    const std::size_t stat = text.find(", stat=");
    if (stat != std::string_view::npos)
        fields.stat = text.substr(stat + 7);
    text = text.substr(0, stat);
    fields.delay = field(text, ", delay=");
    fields.mailer = field(text, ", mailer=");
    fields.relay = field(text, ", relay=");
    fields.dsn = field(text, ", dsn=");
    fields.reply = behind(text, ", reply=");
    return fields;
}

// Takes one of "<a@b>,<c@d>" off; a quoted string may hold commas.
std::string_view takeRecipient(std::string_view& text)
{
    bool quoted = false;
    std::size_t end = 0;
    for (; end < text.size() && (quoted || text[end] != ','); ++end) {
        if (text[end] == '\\')
            ++end;
        else if (text[end] == '"')
            quoted = !quoted;
    }
    end = std::min(end, text.size());
    const std::string_view recipient = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return recipient;
}

// "00:01:02" or "3+00:01:02"
double readDelay(std::string_view text)
{
    double seconds = 0;
    const std::size_t plus = text.find('+');
    if (plus != std::string_view::npos) {
        seconds = 86'400.0 * numberAt<std::uint16_t>(text).value_or(0);
        text.remove_prefix(plus + 1);
    }
    if (text.size() == 8 && text[2] == ':' && text[5] == ':')
        seconds += 3600.0 * numberAt<std::uint16_t>(text).value_or(0)
            + 60.0 * numberAt<std::uint16_t>(text.substr(3)).value_or(0)
            + numberAt<std::uint16_t>(text.substr(6)).value_or(0);
    return seconds;
}

// The other server chooses the words of its reply, and its status code; not the first digit of what it
// really did.
Status statusOf(const Fields& fields)
{
    const auto is = [&](char digit) {
        return fields.dsn.starts_with(digit) && (fields.reply.empty() || fields.reply.starts_with(digit));
    };
    if (fields.stat.starts_with("Sent") && (is('2') || fields.dsn.empty()))
        return Status::Sent;
    if (is('5'))
        return Status::Bounced;
    if (fields.stat.starts_with("Deferred") || fields.dsn.starts_with('4') || fields.reply.starts_with('4'))
        return Status::Deferred;
    if (fields.stat.starts_with("queued") || fields.stat.empty())
        return Status::Unknown;
    return is('2') ? Status::Sent : Status::Bounced;
}

// What stands behind the sender, who may hold anything; empty if the line was cut off.
std::string_view behindSender(std::string_view text)
{
    const std::size_t size = findOwn(text, ", size=");
    return text.substr(std::min(size, text.size()));
}

} // namespace

bool looksLikeId(std::string_view text)
{
    constexpr std::size_t shortest = 12;
    constexpr std::size_t longest = 17;
    return text.size() >= shortest && text.size() <= longest && std::ranges::all_of(text, isAlphanumeric)
        && std::ranges::all_of(text.substr(text.size() - 5), isDigit);
}

Parts split(std::string_view message)
{
    constexpr std::string_view none = "NOQUEUE: ";
    if (message.starts_with(none))
        return {{}, message.substr(none.size())};
    const std::size_t colon = message.substr(0, 20).find(": ");
    if (colon != std::string_view::npos && looksLikeId(message.substr(0, colon)))
        return {message.substr(0, colon), message.substr(colon + 2)};
    return {{}, message};
}

bool isEmptyTransaction(std::string_view text)
{
    return text.starts_with("from=") && behind(behindSender(text), ", nrcpts=").starts_with("0,");
}

Kind kindOf(std::string_view text)
{
    if (text.starts_with("from="))
        return contains(text, ", nrcpts=") && !isEmptyTransaction(text) ? Kind::Client : Kind::Other;
    if (text.starts_with("to="))
        return contains(text, ", stat=queued") ? Kind::Other : Kind::Attempt;
    if (text.starts_with("done; delay="))
        return Kind::Removed;
    if (text.starts_with("Milter: data, reject=") || text.starts_with("Milter: data, discard"))
        return Kind::Rejected;
    if (isRefusal(text))
        return Kind::Refused;
    return notificationId(text).empty() ? Kind::Other : Kind::Notification;
}

// The sender and the Message-ID may hold anything, but relay= and what stands before it are Sendmail's: look
// from the end.
Intake readArrival(std::string_view text)
{
    Intake intake;
    const std::string_view rest = behindSender(text);
    intake.queued.sender = withoutBrackets(text.substr(5, text.size() - rest.size() - 5));
    if (rest.empty())
        return intake;
    text = rest;
    intake.queued.size = numberAt<std::uint64_t>(text.substr(7));
    intake.queued.recipients = numberAt<std::uint32_t>(behind(text, ", nrcpts="));
    const std::size_t relay = text.rfind(", relay=");
    if (relay != std::string_view::npos) {
        const std::string_view from = text.substr(relay + 8);
        const bool local
            = from.find('[') == std::string_view::npos && from.find('@') != std::string_view::npos;
        if (local)
            intake.localUser = upTo(from, "@");
        else
            intake.client.peer = readRelay(from);
    }
    text = text.substr(0, relay);
    std::size_t own = text.rfind(", proto=");
    own = own == std::string_view::npos ? std::min(text.rfind(", daemon="), text.size()) : own;
    const std::string_view method = field(text.substr(own), ", auth=");
    if (method != "NONE")
        intake.client.saslMethod = method;
    intake.client.saslUsername = field(text.substr(own), ", authid=");
    text = text.substr(0, own);
    if (const std::size_t id = text.find(", msgid="); id != std::string_view::npos) {
        std::string_view messageId = text.substr(id + 8);
        messageId = messageId.substr(0, messageId.rfind(", bodytype="));
        intake.messageId = stripBrackets(messageId);
        intake.hasMessageId = true;
    }
    return intake;
}

Status statusOf(std::string_view text)
{
    return statusOf(readFields(text));
}

std::size_t recipientsIn(std::string_view text)
{
    constexpr std::size_t most = 200; // one line of syslog holds fewer, and is not as long
    constexpr std::size_t longest = 8192;
    if (text.size() > longest)
        return 1;
    std::string_view recipients = readFields(text).recipients;
    std::size_t count = 0;
    for (; !recipients.empty() && count < most; ++count)
        takeRecipient(recipients);
    return std::max<std::size_t>(count, 1);
}

Attempt readDelivery(std::string_view text, std::size_t recipient)
{
    Attempt attempt;
    Fields fields = readFields(text);
    for (std::size_t n = 0; n < recipient; ++n)
        takeRecipient(fields.recipients);
    attempt.to = withoutBrackets(takeRecipient(fields.recipients));
    // "ctladdr=<sales@birch.example> (8/0)": whose alias or .forward file it was.
    if (fields.controller.starts_with('<')) {
        const std::string_view owner = withoutBrackets(upTo(fields.controller, " ("));
        attempt.origTo = owner == attempt.to ? std::string_view {} : owner;
    }
    attempt.status = statusOf(fields);
    attempt.delay = readDelay(fields.delay);
    attempt.dsn = fields.dsn;
    const bool refused = attempt.status != Status::Sent && !fields.reply.empty();
    attempt.response = refused ? fields.reply : fields.stat;
    // A name without an address was not reached; no relay at all means a mailer on this machine.
    if (fields.relay.find('[') != std::string_view::npos)
        attempt.relay = fields.relay;
    else if (fields.relay.empty() && fields.mailer.find("smtp") == std::string_view::npos)
        attempt.relay = fields.mailer;
    return attempt;
}

std::optional<std::uint32_t> readUid(std::string_view text)
{
    const std::string_view controller = readFields(text).controller;
    const std::size_t open = controller.rfind(" (");
    if (open == std::string_view::npos)
        return {};
    return numberAt<std::uint32_t>(controller.substr(open + 2));
}

std::string_view notificationId(std::string_view text)
{
    constexpr std::string_view marks[]
        = {"DSN: ", "sender notify: ", "return to sender: ", "postmaster notify: "};
    const std::size_t colon = text.substr(0, 20).find(": ");
    if (colon == std::string_view::npos || !looksLikeId(text.substr(0, colon)))
        return {};
    const std::string_view rest = text.substr(colon + 2);
    return std::ranges::any_of(marks, [&](auto mark) { return rest.starts_with(mark); })
        ? text.substr(0, colon)
        : std::string_view {};
}

std::string_view handedOnAs(const Attempt& attempt)
{
    if (attempt.status != Status::Sent || !isLoopback(readPeer(attempt.relay).ip)
        || !contains(attempt.response, " Message accepted for delivery"))
        return {};
    // "Sent (jAF... Message accepted for delivery)", with the status code in newer releases
    std::string_view text = upTo(attempt.response, " Message accepted for delivery");
    text = text.substr(text.find_last_of(" (") + 1);
    return looksLikeId(text) ? text : std::string_view {};
}

bool isLogin(std::string_view text)
{
    return text.starts_with("AUTH=server, relay=") && contains(text, ", authid=");
}

bool isFailedLogin(std::string_view text)
{
    return text.starts_with("AUTH failure (");
}

// "ruleset=check_rcpt, arg1=<a@b>, relay=host [ip], reject=550 5.7.1 <a@b>... Relaying denied",
// "<a@b>... User unknown"
bool isRefusal(std::string_view text)
{
    return ((text.starts_with("ruleset=") || text.starts_with("Milter: ")) && contains(text, ", reject="))
        || namesNoClient(text);
}

bool namesNoClient(std::string_view text)
{
    return text.starts_with('<') && contains(text, ">... ");
}

bool isExpired(std::string_view text)
{
    return contains(text.substr(0, 80), ": return to sender: Cannot send message ");
}

Login readLogin(std::string_view text)
{
    Login login;
    if (text.starts_with("from=")) {
        const Intake intake = readArrival(text);
        return {intake.client.saslUsername, intake.client.peer.ip, intake.client.saslMethod};
    }
    if (namesNoClient(text))
        return login;
    // What the client claims stands behind the relay in failures, and Sendmail's own reject= behind both.
    const bool refused = isRefusal(text);
    const std::size_t relay
        = refused ? text.substr(0, text.rfind(", reject=")).rfind(", relay=") : text.rfind(", relay=");
    if (relay != std::string_view::npos)
        login.ip = readRelay(text.substr(relay + 8)).ip;
    if (refused)
        return login;
    login.user = field(text, isLogin(text) ? ", authid=" : ", user=");
    login.method = isLogin(text) ? field(text, ", mech=") : std::string_view {};
    return login;
}

Intake intakeOf(const Store& store, const Life& life)
{
    const Link* line = store.find(life, Kind::Client);
    Intake intake = line == nullptr ? Intake {} : readArrival(store.textAt(*line));
    if (const Link* login = store.find(life, Kind::Login))
        intake.client.saslMethod = readLogin(store.textAt(*login)).method;
    if (const Link* delivery = life.entry == Entry::Pickup ? store.find(life, Kind::Attempt) : nullptr)
        intake.uid = readUid(store.textAt(*delivery));
    return intake;
}

} // namespace sluicegate::maillog::sendmail
