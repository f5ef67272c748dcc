// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/postfix.h"

#include "models/maillog/bytescan.h"
#include "models/maillog/idtable.h"
#include "models/maillog/line.h"

namespace sluicegate::maillog {

namespace {

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

// Takes a field off, and the ", " behind it.
std::string_view takeField(std::string_view& text)
{
    const auto end = placeOfMark(text, ", ");
    const std::string_view field = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    return field;
}

Kind notificationOrOther(std::string_view text)
{
    return contains(text, "notification: ") ? Kind::Notification : Kind::Other;
}

// "from=<x>, size=1, nrcpt=1 (queue active)" or "from=<x>, status=expired, returned to sender"
Kind kindOfFrom(std::string_view text)
{
    if (text.ends_with(" (queue active)"))
        return Kind::Queued;
    if (text.ends_with("returned to sender"))
        return Kind::Expired;
    return text.rfind(">, size=") != std::string_view::npos ? Kind::Queued : Kind::Other;
}

Kind kindOfRefusal(std::string_view text)
{
    // cleanup ends the message; smtpd's "reject: RCPT from" ends one command only.
    const bool whole = text.starts_with("milter-reject: ") ? text.substr(15).starts_with("END-OF-MESSAGE")
                                                           : text.starts_with("reject: header ")
            || text.starts_with("reject: body ") || text.starts_with("reject: END-OF-MESSAGE");
    return whole ? Kind::Rejected : Kind::Refused;
}

} // namespace

Kind kindOf(std::string_view text)
{
    switch (text.empty() ? '\0' : text.front()) {
    case 't':
        return text.starts_with("to=<") ? Kind::Attempt : Kind::Other;
    case 'f':
        return text.starts_with("from=<") ? kindOfFrom(text) : Kind::Other;
    case 'c':
        return text.starts_with("client=") ? Kind::Client : Kind::Other;
    case 'u':
        return text.starts_with("uid=") ? Kind::Pickup : Kind::Other;
    case 'm':
        if (text.starts_with("message-id="))
            return Kind::MessageId;
        if (text.starts_with("milter-hold: "))
            return Kind::Held;
        return text.starts_with("milter-reject: ") ? kindOfRefusal(text) : Kind::Other;
    case 'r':
        if (text == "removed" || text == "removed (canceled)") // by smtpd after a refusal, since 3.10
            return Kind::Removed;
        if (text.starts_with("resent-message-id="))
            return Kind::ResentMessageId;
        if (text.starts_with("reject: "))
            return kindOfRefusal(text);
        return text == "requeued"          ? Kind::Requeued
            : text == "released from hold" ? Kind::Released
                                           : Kind::Other;
    case 'p':
        return text == "placed on hold" ? Kind::Held : notificationOrOther(text);
    case 's':
        return notificationOrOther(text);
    case 'h':
        return text.starts_with("hold: ") ? Kind::Held : Kind::Other;
    default:
        return Kind::Other;
    }
}

std::string_view stripBrackets(std::string_view id)
{
    id = trimmed(id);
    if (!id.starts_with('<'))
        return id;
    const auto close = id.rfind('>');
    return trimmed(id.substr(1, close == std::string_view::npos ? close : close - 1));
}

std::string_view readMessageId(std::string_view text)
{
    constexpr std::string_view usual = "message-id=<";
    if (text.starts_with(usual) && text.ends_with('>')) {
        text = text.substr(usual.size(), text.size() - usual.size() - 1);
        return trimmed(text);
    }
    return stripBrackets(behind(text, "message-id="));
}

Peer readPeer(std::string_view text)
{
    Peer peer;
    const std::size_t open = placeOf(text, '[');
    peer.name = text.substr(0, open);
    if (open == text.size())
        return peer;
    text.remove_prefix(open + 1);
    const std::size_t close = placeOf(text, ']');
    peer.ip = text.substr(0, close);
    if (close + 1 < text.size() && text[close + 1] == ':')
        peer.port = numberAt<std::uint16_t>(text.substr(close + 2));
    return peer;
}

bool isLoopback(std::string_view ip)
{
    return ip.starts_with("127.") || ip == "::1" || ip.starts_with("::ffff:127.") || ip.starts_with("unix:");
}

Client readClient(std::string_view text)
{
    Client client;
    text.remove_prefix(7); // client=
    client.peer = readPeer(takeField(text));
    while (!text.empty()) {
        // The last two may hold what a client chose: they are not cut at commas.
        if (text.starts_with("sasl_sender=")) {
            client.saslSender = text.substr(12);
            return client;
        }
        if (text.starts_with("sasl_username=")) {
            client.saslUsername = upTo(text.substr(14), ", sasl_sender=");
            client.saslSender = behind(text, ", sasl_sender=");
            return client;
        }
        const std::string_view field = takeField(text);
        if (field.starts_with("orig_queue_id="))
            client.originQueueId = field.substr(14);
        else if (field.starts_with("orig_client="))
            client.originClient = field.substr(12);
        else if (field.starts_with("sasl_method="))
            client.saslMethod = field.substr(12);
    }
    return client;
}

Peer realPeer(const Client& client)
{
    const bool proxied = !client.originClient.empty() && client.originQueueId.empty();
    return proxied ? readPeer(client.originClient) : client.peer;
}

Pickup readPickup(std::string_view text)
{
    Pickup pickup;
    pickup.uid = numberAt<std::uint32_t>(text.substr(4));
    text = behind(text, " from=<");
    const auto origin = text.rfind("> orig_id=");
    if (origin != std::string_view::npos && looksLikeId(text.substr(origin + 10))) {
        pickup.originQueueId = text.substr(origin + 10);
        pickup.sender = text.substr(0, origin);
    } else {
        pickup.sender = text.substr(0, text.rfind('>'));
    }
    return pickup;
}

namespace {

// Takes digits off the end, at most 18.
std::optional<std::uint64_t> takeNumber(std::string_view& text)
{
    std::uint64_t value = 0;
    std::uint64_t place = 1;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 18; ++digits, place *= 10) {
        const char c = text[text.size() - 1 - digits];
        if (c < '0' || c > '9')
            break;
        value += static_cast<std::uint64_t>(c - '0') * place;
    }
    text.remove_suffix(digits);
    return digits == 0 ? std::nullopt : std::optional(value);
}

bool takeEnd(std::string_view& text, std::string_view end)
{
    if (!text.ends_with(end))
        return false;
    text.remove_suffix(end.size());
    return true;
}

// "x>, size=1, nrcpt=1 (queue active)", read backwards; nothing if it is another form.
std::optional<Queued> readUsualQueued(std::string_view text)
{
    Queued queued;
    std::optional<std::uint64_t> recipients;
    if (!takeEnd(text, " (queue active)") || !(recipients = takeNumber(text)) || !takeEnd(text, ", nrcpt=")
        || !(queued.size = takeNumber(text)) || !takeEnd(text, ">, size=") || *recipients > UINT32_MAX)
        return {};
    queued.recipients = static_cast<std::uint32_t>(*recipients);
    queued.sender = text;
    return queued;
}

} // namespace

// The sender may hold anything, quoted; behind it stands nothing a stranger wrote: look from the end.
Queued readQueued(std::string_view text)
{
    text.remove_prefix(6); // from=<
    if (const auto usual = readUsualQueued(text))
        return *usual;
    Queued queued;
    const bool expired = text.ends_with("returned to sender");
    auto end = lastPlaceOf(text, '>');
    if (expired || end == std::string_view::npos || !text.substr(end).starts_with(">, size="))
        end = text.rfind(expired ? ">, status=" : ">, size=");
    queued.sender = text.substr(0, end);
    if (end == std::string_view::npos)
        return queued;
    text.remove_prefix(end);
    if (text.starts_with(">, size="))
        queued.size = numberAt<std::uint64_t>(text.substr(8));
    queued.recipients = numberAt<std::uint32_t>(behind(text, ", nrcpt="));
    return queued;
}

Queued glanceAtQueued(std::string_view text)
{
    std::string_view rest = text.substr(6); // from=<
    Queued queued;
    std::optional<std::uint64_t> recipients;
    if (takeEnd(rest, " (queue active)") && (recipients = takeNumber(rest)) && takeEnd(rest, ", nrcpt=")
        && *recipients <= UINT32_MAX) {
        // Behind the address nothing is written by a stranger.
        const std::size_t end = lastPlaceOf(rest, '>');
        if (end != std::string_view::npos && rest.substr(end).starts_with(">, size=")) {
            queued.recipients = static_cast<std::uint32_t>(*recipients);
            queued.sender = rest.substr(0, end);
            return queued;
        }
    }
    return readQueued(text);
}

std::string_view notificationId(std::string_view text)
{
    const std::string_view id = behind(text, "notification: ");
    return looksLikeId(id) ? id : std::string_view {};
}

std::string_view readHelo(std::string_view text)
{
    // The last one: what stands before may quote a header or a reply.
    const auto at = text.rfind(" helo=<");
    return at == std::string_view::npos ? std::string_view {} : upTo(text.substr(at + 7), ">");
}

bool isOutgoingLimit(std::string_view text)
{
    return contains(text, "limit on the number of allowed outgoing");
}

} // namespace sluicegate::maillog
