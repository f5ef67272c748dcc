// SPDX-License-Identifier: GPL-3.0-or-later
// The delivery line's part of postfix.h.
#include "models/maillog/bytescan.h"
#include "models/maillog/idtable.h"
#include "models/maillog/line.h"
#include "models/maillog/postfix.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace sluicegate::maillog {

namespace {

// Whether the '>' here is followed by the next field.
bool endsAddress(std::string_view text, std::size_t at)
{
    constexpr std::string_view relay = ">, relay=";
    constexpr std::string_view original = ">, orig_to=<";
    const std::size_t left = text.size() - std::min(at, text.size());
    return (left >= relay.size() && sameBytes(text.data() + at, relay.data(), relay.size()))
        || (left >= original.size() && sameBytes(text.data() + at, original.data(), original.size()));
}

// Takes "<address>" off the front, and the ", " behind it. Quoted local parts may hold anything, even
// ">, relay=x, status=sent (": a quoted string is skipped as a whole. Unquoted, the address ends where the
// next field begins.
std::string_view takeAddress(std::string_view& text)
{
    const std::size_t usual = placeOf(text, '>');
    if (!text.starts_with('"') && endsAddress(text, usual)) {
        const std::string_view address = text.substr(0, usual);
        text.remove_prefix(std::min(usual + 3, text.size()));
        return address;
    }
    std::size_t from = 0;
    if (text.starts_with('"')) {
        for (from = 1; from < text.size() && text[from] != '"'; ++from)
            from += text[from] == '\\' ? 1 : 0;
    }
    // Old releases do not quote: then a quotation mark at the front need not have a twin.
    if (text.find('>', from) == std::string_view::npos)
        from = 0;
    std::size_t end = text.find('>', from);
    const std::size_t first = end;
    while (end != std::string_view::npos && !endsAddress(text, end))
        end = text.find('>', end + 1);
    if (end == std::string_view::npos)
        end = first;
    const std::string_view address = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : std::min(end + 3, text.size()));
    return address;
}

std::string_view takeField(std::string_view& text)
{
    const std::size_t comma = placeOf(text, ',');
    const std::string_view field = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 2, text.size()));
    return field;
}

Status statusOf(std::string_view word)
{
    const auto as
        = [word](std::string_view name, Status status) { return word == name ? status : Status::Unknown; };
    switch (word.empty() ? '\0' : word.front()) {
    case 's':
        return as("sent", Status::Sent);
    case 'd':
        return word == "deferred" ? Status::Deferred : as("deliverable", Status::Deliverable);
    case 'b':
        return as("bounced", Status::Bounced);
    case 'e':
        return as("expired", Status::Expired);
    case 'f':
        return as("force-expired", Status::Expired);
    case 'u':
        return as("undeliverable", Status::Undeliverable);
    case 'r':
        return as("rejected", Status::Rejected);
    default:
        return Status::Unknown;
    }
}

struct Verdict {
    Status status = Status::Unknown;
    std::string_view response;
};

// "sent (250 2.0.0 Ok (really) queued)": the reply is between the first and the last parenthesis.
Verdict readVerdict(std::string_view text)
{
    const std::size_t blank = placeOf(text, ' ');
    const Status status = statusOf(text.substr(0, blank));
    if (blank == text.size())
        return {status, {}};
    text.remove_prefix(blank + 1);
    if (text.starts_with('(') && text.ends_with(')'))
        text = text.substr(1, text.size() - 2);
    else if (text.starts_with('('))
        text.remove_prefix(1); // a line cut by syslog's limit
    return {status, text};
}

double readDelay(std::string_view text)
{
    double value = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9') // no "nan", no "inf"
        return value;
    std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
    return value;
}

void readFields(std::string_view text, Attempt& attempt)
{
    while (!text.empty()) {
        if (text.starts_with("status=")) {
            const Verdict verdict = readVerdict(text.substr(7));
            attempt.status = verdict.status;
            attempt.response = verdict.response;
            return;
        }
        const std::string_view field = takeField(text);
        if (field.starts_with("relay="))
            attempt.relay = field.substr(6);
        else if (field.starts_with("delay="))
            attempt.delay = readDelay(field.substr(6));
        else if (field.starts_with("dsn="))
            attempt.dsn = field.substr(4);
    }
}

// What stands between the brackets of "mx.example[192.0.2.7]:25".
std::string_view addressOf(std::string_view relay)
{
    relay.remove_prefix(std::min(placeOf(relay, '[') + 1, relay.size()));
    return relay.substr(0, placeOf(relay, ']'));
}

} // namespace

Attempt readAttempt(std::string_view text)
{
    Attempt attempt;
    text.remove_prefix(4); // to=<
    attempt.to = takeAddress(text);
    if (text.starts_with("orig_to=<")) {
        text.remove_prefix(9);
        attempt.origTo = takeAddress(text);
    }
    readFields(text, attempt);
    return attempt;
}

namespace {

// Only what is handed on to a filter on this machine comes back under another queue id.
bool mayBeLoopback(std::string_view relay)
{
    relay.remove_prefix(std::min(placeOf(relay, '[') + 1, relay.size()));
    return relay.starts_with("127.") || relay.starts_with(':') || relay.starts_with('u');
}

std::string_view handedOnAs(const AttemptGlance& attempt)
{
    if (attempt.status != Status::Sent)
        return {};
    std::string_view id;
    if (attempt.response.starts_with("forwarded as ")) {
        id = attempt.response.substr(13);
    } else if (mayBeLoopback(attempt.relay) && isLoopback(addressOf(attempt.relay))) {
        constexpr std::string_view mark = "queued as ";
        const auto at = attempt.response.rfind(mark);
        id = at == std::string_view::npos ? id : attempt.response.substr(at + mark.size());
        id = upTo(upTo(id, " "), ")");
    }
    return !id.empty() && looksLikeId(id) ? id : std::string_view {};
}

void takeVerdict(std::string_view text, AttemptGlance& glance)
{
    constexpr std::string_view sent = "sent (";
    if (text.starts_with(sent) && text.back() == ')') {
        glance.status = Status::Sent;
        glance.response = text.substr(sent.size(), text.size() - sent.size() - 1);
        return;
    }
    const Verdict verdict = readVerdict(text);
    glance.status = verdict.status;
    glance.response = verdict.response;
}

// "to=<a>, relay=b, delay=1, delays=0/0/1/0, dsn=2.0.0, status=sent (c)": nearly all look like this. What
// stands between relay and status is of no use now.
bool glanceAtUsual(std::string_view text, AttemptGlance& glance)
{
    constexpr std::string_view relay = ">, relay=";
    text.remove_prefix(4); // to=<
    const std::size_t end = placeOf(text, '>');
    if (text.size() - end <= relay.size() || text.front() == '"'
        || std::memcmp(text.data() + end, relay.data(), relay.size()) != 0)
        return false;
    glance.to = text.substr(0, end);
    text.remove_prefix(end + relay.size());
    const std::size_t comma = placeOf(text, ',');
    glance.relay = text.substr(0, comma);
    text.remove_prefix(comma);
    constexpr std::string_view status = "status=";
    if (const std::size_t at = placeOfMark(text, status); at != std::string_view::npos)
        takeVerdict(text.substr(at + status.size()), glance);
    return true;
}

void glanceAtOther(std::string_view text, AttemptGlance& glance)
{
    text.remove_prefix(4); // to=<
    glance.to = takeAddress(text);
    if (text.starts_with("orig_to=<")) {
        text.remove_prefix(9);
        takeAddress(text);
    }
    if (!text.starts_with("relay=")) {
        Attempt attempt;
        readFields(text, attempt);
        glance.relay = attempt.relay;
        glance.response = attempt.response;
        glance.status = attempt.status;
        return;
    }
    glance.relay = takeField(text).substr(6);
    if (const std::size_t status = placeOfMark(text, "status="); status != std::string_view::npos)
        takeVerdict(text.substr(status + 7), glance);
}

} // namespace

AttemptGlance glanceAtAttempt(std::string_view text)
{
    AttemptGlance glance;
    if (!glanceAtUsual(text, glance))
        glanceAtOther(text, glance);
    glance.next = handedOnAs(glance);
    return glance;
}

Reach reachOf(std::string_view relay)
{
    const std::string_view address = addressOf(relay);
    if (address.empty()) // "[]:25": nobody knows
        return relay.empty() || relay == "none"   ? Reach::Nowhere
            : placeOf(relay, '[') == relay.size() ? Reach::Inside
                                                  : Reach::Unknown;
    const bool isNumber = address.front() >= '0' && address.front() <= '9';
    const bool isAddress = isNumber || placeOf(address, ':') != address.size();
    return isAddress && !isLoopback(address) ? Reach::Outside : Reach::Inside;
}

} // namespace sluicegate::maillog
