// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/anomalies.h"

#include "models/message/ascii.h"
#include "models/message/date.h"

#include <algorithm>
#include <array>
#include <format>
#include <map>
#include <vector>

namespace sluicegate::message {

namespace {

constexpr auto npos = std::string_view::npos;
using Fields = std::map<std::string, std::vector<const Field*>, std::less<>>;

void odd(Inspection& inspection, std::string id, std::string text, std::size_t offset)
{
    inspection.anomalies.push_back({std::move(id), std::move(text), offset});
}

// The address in "Name <a@b>" or "a@b (Name)".
std::string_view address(std::string_view value)
{
    const auto open = value.rfind('<');
    if (open != npos)
        return value.substr(open + 1, value.find('>', open) - open - 1);
    const auto at = value.find('@');
    if (at == npos)
        return {};
    const auto start = value.find_last_of(" \t,(\"", at);
    const auto begin = start == npos ? 0 : start + 1;
    return value.substr(begin, value.find_first_of(" \t,)\"", at) - begin);
}

// RFC 5322 3.6: at most once; Date and From must be there, Message-ID should.
void count(Inspection& inspection, const Fields& fields)
{
    static constexpr std::array<std::string_view, 10> once {"date", "from", "message-id", "subject", "to",
        "cc", "sender", "reply-to", "in-reply-to", "references"};
    for (const auto name : once) {
        const auto found = fields.find(name);
        if (found != fields.end() && found->second.size() > 1)
            odd(inspection, "duplicate-" + std::string(name),
                std::format("{} stands {} times", found->second[1]->name, found->second.size()),
                found->second[1]->offset);
    }
    for (const std::string_view name : {"date", "from", "message-id"})
        if (!fields.contains(name) && !inspection.fields.empty() && !inspection.truncated)
            odd(inspection, "missing-" + std::string(name), std::format("There is no {}", name),
                inspection.bodyOffset);
}

void checkMessageId(Inspection& inspection, const Fields& fields)
{
    const auto found = fields.find("message-id");
    if (found == fields.end())
        return;
    const auto value = std::string_view(found->second.front()->value);
    const bool whole = value.size() > 4 && value.front() == '<' && value.back() == '>'
        && value.find('@') != npos && value.find_first_of(" \t") == npos;
    if (!whole)
        odd(inspection, "bad-message-id", "Message-ID is not of the form <left@right>",
            found->second.front()->offset);
}

void checkDate(Inspection& inspection, const Fields& fields)
{
    const auto found = fields.find("date");
    if (found == fields.end())
        return;
    const Field& field = *found->second.front();
    const auto date = parseDate(field.value);
    if (!date) {
        odd(inspection, "bad-date", "Date cannot be read", field.offset);
        return;
    }
    if (!inspection.submission || !inspection.received[*inspection.submission].date)
        return;
    const auto off = *date - *inspection.received[*inspection.submission].date;
    if (off > std::chrono::hours(24) || off < -std::chrono::hours(24))
        odd(inspection, "date-far-from-arrival",
            std::format("Date is {} hours {} the arrival",
                std::abs(std::chrono::floor<std::chrono::hours>(off).count()),
                off.count() > 0 ? "after" : "before"),
            field.offset);
}

void checkHops(Inspection& inspection)
{
    constexpr double skew = -3; // clocks kept by NTP differ less
    constexpr double slow = 3600;
    for (const Received& hop : inspection.received) {
        if (!hop.date)
            odd(inspection, "received-without-date", "A Received field has no date that can be read",
                hop.offset);
        if (hop.delaySeconds && *hop.delaySeconds < skew)
            odd(inspection, "clock-skew",
                std::format("Received {} s before the hop before it sent it", -*hop.delaySeconds),
                hop.offset);
        if (hop.delaySeconds && *hop.delaySeconds > slow)
            odd(inspection, "slow-hop", std::format("Waited {} s for this hop", *hop.delaySeconds),
                hop.offset);
    }
}

// Below the hop where a client handed the message in, only webmail and local filters write Received fields.
// What else stands there came with the message.
void checkForgedHops(Inspection& inspection)
{
    if (!inspection.submission)
        return;
    const auto& hops = inspection.received;
    for (std::size_t i = *inspection.submission + 1; i < hops.size(); ++i) {
        const Received& hop = hops[i];
        const bool sameHost = sameText(hop.by, hops[*inspection.submission].by);
        if (hop.kind == "http" || (sameHost && (hop.kind == "local" || isLoopback(hop.ip))) || hop.by.empty())
            continue;
        odd(inspection, "received-below-submission",
            std::format(
                "A Received field of {} stands below the hop that took the message in: it may be forged",
                hop.by),
            hop.offset);
    }
}

void checkScripts(Inspection& inspection, const Fields& fields)
{
    static constexpr std::array<std::string_view, 3> names {
        "x-php-originating-script", "x-php-script", "x-additional-header"};
    for (const auto name : names) {
        const auto found = fields.find(name);
        if (found == fields.end())
            continue;
        const auto& all = found->second;
        if (all.size() > 1)
            odd(inspection, "two-php-headers",
                std::format("{} stands {} times; PHP writes the first, the script the others", all[1]->name,
                    all.size()),
                all[1]->offset);
        if (all.front()->value.find("eval()'d code") != npos)
            odd(inspection, "eval-in-script", "The script was run by eval()", all.front()->offset);
        if (inspection.origin.script.empty())
            odd(inspection, "script-header-over-smtp",
                std::format("{} came over SMTP, so anybody can have written it", all.front()->name),
                all.front()->offset);
    }
    const Origin& origin = inspection.origin;
    if (origin.uid && origin.scriptUid && origin.uid != origin.scriptUid)
        odd(inspection, "uid-differs",
            std::format(
                "Submitted by uid {}, but the script belongs to uid {}", *origin.uid, *origin.scriptUid),
            fields.find(names[0])->second.front()->offset);
    if (const auto vhosts = fields.find("x-ppp-vhost"); vhosts != fields.end() && vhosts->second.size() > 1)
        odd(inspection, "two-vhosts", "X-PPP-Vhost stands more than once; the last is the server's",
            vhosts->second.front()->offset);
}

// From against who really handed the message in.
void checkFrom(Inspection& inspection, const Fields& fields)
{
    const auto found = fields.find("from");
    if (found == fields.end())
        return;
    const Field& field = *found->second.front();
    const auto from = domainOf(address(field.value));
    if (from.empty()) {
        odd(inspection, "bad-from", "From holds no address", field.offset);
        return;
    }
    const auto login = domainOf(inspection.origin.authUser);
    if (!login.empty() && !sameOrganisation(from, login))
        odd(inspection, "from-unlike-submitter",
            std::format("From is of {}, but {} handed it in", from, inspection.origin.authUser),
            field.offset);
    const auto vhost = lowered(inspection.origin.vhost);
    if (!vhost.empty() && login.empty() && !sameOrganisation(from, vhost))
        odd(inspection, "from-unlike-site", std::format("From is of {}, but the site is {}", from, vhost),
            field.offset);
    const auto sender = inspection.envelope.find("sender");
    const auto envelope = sender == inspection.envelope.end() ? std::string {} : domainOf(sender->second);
    if (!envelope.empty() && !sameOrganisation(from, envelope))
        odd(inspection, "from-unlike-envelope",
            std::format("From is of {}, but the envelope's sender is of {}", from, envelope), field.offset);
}

void checkNames(Inspection& inspection, const Fields& fields)
{
    const auto found = fields.find("from");
    if (found == fields.end())
        return;
    const Field& field = *found->second.front();
    const auto value = std::string_view(field.value);
    const auto shown = value.substr(0, value.rfind('<') == npos ? 0 : value.rfind('<'));
    const auto real = domainOf(address(value));
    const auto claimed = domainOf(address(shown));
    if (!claimed.empty() && !real.empty() && shown.find('<') == npos && !sameOrganisation(claimed, real))
        odd(inspection, "name-shows-other-address",
            std::format("The name in From shows an address of {}, but it is of {}", claimed, real),
            field.offset);
    const auto reply = fields.find("reply-to");
    const auto replyDomain
        = reply == fields.end() ? std::string {} : domainOf(address(reply->second.front()->value));
    if (!replyDomain.empty() && !real.empty() && !sameOrganisation(replyDomain, real))
        odd(inspection, "reply-to-elsewhere", std::format("Replies go to {}, not to {}", replyDomain, real),
            reply->second.front()->offset);
}

// Characters that change how text looks without being seen: zero width, bidi controls, soft hyphen, tags.
bool isHidden(std::string_view utf8)
{
    static constexpr std::array<std::string_view, 7> exact {"\xC2\xAD", "\xE1\xA0\x8E", "\xEF\xBB\xBF",
        "\xD8\x9C", "\xF3\xA0\x80", "\xF3\xA0\x81", "\xE2\x81\xA0"};
    if (std::ranges::any_of(exact, [utf8](auto c) { return utf8.starts_with(c); }))
        return true;
    if (utf8.size() < 3)
        return false;
    const auto last = static_cast<unsigned char>(utf8[2]);
    return (utf8.starts_with("\xE2\x80")
               && ((last >= 0x8B && last <= 0x8F) || (last >= 0xAA && last <= 0xAE)))
        || (utf8.starts_with("\xE2\x81") && last >= 0xA6 && last <= 0xA9);
}

void checkHidden(Inspection& inspection)
{
    static constexpr std::array<std::string_view, 5> shown {"from", "subject", "to", "reply-to", "sender"};
    for (const Field& field : inspection.fields) {
        if (!std::ranges::any_of(shown, [&field](auto n) { return sameText(n, field.name); }))
            continue;
        for (std::size_t i = 0; i < field.value.size(); ++i) {
            if (static_cast<unsigned char>(field.value[i]) < 0x80
                || !isHidden(std::string_view(field.value).substr(i, 4)))
                continue;
            odd(inspection, "hidden-characters",
                std::format("{} holds characters that cannot be seen", field.name), field.offset);
            break;
        }
    }
}

} // namespace

void findAnomalies(Inspection& inspection)
{
    Fields fields;
    for (const Field& field : inspection.fields)
        fields[lowered(field.name)].push_back(&field);
    count(inspection, fields);
    checkMessageId(inspection, fields);
    checkDate(inspection, fields);
    checkHops(inspection);
    checkForgedHops(inspection);
    checkScripts(inspection, fields);
    checkFrom(inspection, fields);
    checkNames(inspection, fields);
    checkHidden(inspection);
}

} // namespace sluicegate::message
