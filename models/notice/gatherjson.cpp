// SPDX-License-Identifier: GPL-3.0-or-later
// What pasted JSON says: the answers of OVH's API, X-ARF's xarf.json and their like.
#include "models/notice/gather.h"

#include "models/message/ascii.h"
#include "models/notice/dates.h"
#include "models/notice/pastedjson.h"

#include <algorithm>
#include <map>

namespace sluicegate::notice {

namespace {

using Members = std::vector<JsonMember>;

bool isOneOf(std::string_view key, std::initializer_list<std::string_view> names)
{
    return std::ranges::find(names, key) != names.end();
}

bool isId(std::string_view key)
{
    return isOneOf(key, {"messageid", "message_id", "message-id", "msgid"});
}

// Seconds or milliseconds since 1970, or a date in text.
std::optional<base::Instant> instantIn(std::string_view value, bool& hasZone)
{
    const auto whole = value.substr(0, value.find('.'));
    const bool milliseconds = whole.size() == 13;
    const auto seconds = message::number(milliseconds ? whole.substr(0, 10) : whole);
    if (seconds && *seconds > 100'000'000) {
        hasZone = true;
        return base::Instant(std::chrono::seconds(*seconds));
    }
    const auto dates = findDates(value);
    hasZone = !dates.empty() && dates.front().hasZone;
    return dates.empty() ? std::nullopt : std::optional(dates.front().at);
}

std::string_view withoutBrackets(std::string_view id)
{
    id = message::trimmed(id);
    if (id.starts_with('<'))
        id.remove_prefix(1);
    return id.ends_with('>') ? id.substr(0, id.size() - 1) : id;
}

// Where the mails of one object went.
std::map<std::size_t, std::string> destinations(const Members& all)
{
    std::map<std::size_t, std::string> result;
    for (const auto& member : all)
        if (isOneOf(member.key, {"destinationip", "destination_ip", "destination-ip"}))
            result[member.object] = member.value;
    return result;
}

struct Time {
    std::optional<base::Instant> at;
    bool hasZone = false;
};

// The earliest date; of the block itself when one stands outside of the single mails.
Time earliest(const Members& all)
{
    std::map<std::size_t, bool> ofMail;
    for (const auto& member : all)
        ofMail[member.object] = ofMail[member.object] || isId(member.key);
    Time own;
    Time mail;
    Time counted; // "timestamp": when the figures were made
    for (const auto& member : all) {
        if (!isOneOf(member.key,
                {"date", "detected", "time", "timestamp", "detectiondate", "blockedsince", "arrival-date"}))
            continue;
        bool zone = false;
        const auto at = instantIn(member.value, zone);
        Time& time = ofMail[member.object] ? mail : member.key == "timestamp" ? counted : own;
        if (at && (!time.at || *at < *time.at))
            time = {at, zone};
    }
    return own.at ? own : mail.at ? mail : counted;
}

} // namespace

void Gatherer::takeJson(std::string_view json, std::size_t offset)
{
    const auto all = members(json);
    const auto where = destinations(all);
    for (const auto& member : all) {
        const auto ip = message::ipIn(member.value);
        if (isId(member.key)) {
            const auto destination = where.find(member.object);
            addId(std::string(withoutBrackets(member.value)), offset + member.offset,
                destination == where.end() ? std::string {} : destination->second);
        } else if (!ip.empty()
            && isOneOf(member.key,
                {"ip", "ipspamming", "ip_spamming", "ipaddress", "ip_address", "sourceip", "source_ip",
                    "source-ip", "source", "ipblock", "serverip"})) {
            addIp(ip);
        } else if (m_notice.server.empty() && member.isString
            && isOneOf(member.key, {"server", "servername", "hostname", "host", "servicename", "reverse"})) {
            m_notice.server = member.value;
        } else if (isOneOf(member.key, {"port", "ports", "blockedport"})) {
            if (const auto port = message::number(member.value); port && *port > 0 && *port < 65536)
                m_notice.ports.push_back(int(*port));
        }
    }
    if (const auto time = earliest(all); time.at && !m_notice.detected) {
        m_notice.detected = time.at;
        m_notice.detectedHasZone = time.hasZone;
    }
}

} // namespace sluicegate::notice
