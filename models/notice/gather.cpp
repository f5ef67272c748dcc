// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/gather.h"

#include "models/message/ascii.h"
#include "models/message/date.h"
#include "models/message/head.h"
#include "models/message/inspection.h"
#include "models/notice/addresses.h"
#include "models/notice/candidates.h"
#include "models/notice/dates.h"
#include "models/notice/idsearch.h"
#include "models/notice/shape.h"

#include <algorithm>
#include <array>
#include <format>
#include <optional>
#include <unordered_map>

namespace sluicegate::notice {

namespace {

using message::findText;
using message::startsWith;
using message::trimmed;
constexpr auto npos = std::string_view::npos;
constexpr std::size_t idLimit = 20'000;
constexpr std::size_t candidateLimit = 500;
constexpr std::size_t ipLimit = 200;

bool has(std::string_view text, std::string_view lowerWords)
{
    return findText(text, lowerWords) != npos;
}

// Reports hide the addressee's or even our own name behind x's and stars.
bool isMasked(std::string_view id)
{
    return has(id, "xxxx") || id.find("**") != npos || has(id, "@x.") || id.ends_with("@x")
        || id.ends_with("@xxx");
}

void addOnce(std::vector<std::string>& list, std::string_view value)
{
    if (!value.empty() && std::ranges::find(list, value) == list.end())
        list.emplace_back(value);
}

std::string_view withoutBrackets(std::string_view id)
{
    id = trimmed(id);
    if (id.starts_with('<'))
        id.remove_prefix(1);
    if (id.ends_with('>'))
        id.remove_suffix(1);
    return trimmed(id);
}

} // namespace

Kind kindOf(std::string_view text, Kind otherwise)
{
    if (has(text, "[abuseid:") || has(text, "abuse.hetzner.") || has(text, "abuse@hetzner."))
        return Kind::Hetzner;
    if (has(text, "[spamcop (") || has(text, "- spamcop v") || has(text, "reports.spamcop.net"))
        return Kind::SpamCop;
    const bool perMessage = has(text, "destination ip") && has(text, "message-id") && has(text, "spam score");
    if (has(text, "anti-spam protection layer") || perMessage
        || (has(text, "ovh") && (has(text, "spam") || has(text, "anti-hack"))))
        return Kind::Ovh;
    if (has(text, "feedback-type:") && has(text, "user-agent:"))
        return Kind::Arf;
    return has(text, "spamhaus") ? Kind::Spamhaus : otherwise;
}

void Gatherer::addId(std::string id, std::size_t offset, std::string destinationIp)
{
    if (id.empty() || m_notice.ids.size() >= idLimit)
        return;
    NoticedId noticed;
    noticed.id.value = std::move(id);
    noticed.offset = offset;
    noticed.destinationIp = std::move(destinationIp);
    judgeShape(noticed);
    m_destinations.insert(noticed.destinationIp);
    m_notice.ids.push_back(std::move(noticed));
}

void Gatherer::addCandidate(std::string token)
{
    if (m_notice.candidates.size() < candidateLimit)
        addOnce(m_notice.candidates, token);
}

void Gatherer::addIp(std::string_view ip)
{
    if (m_notice.ips.size() < ipLimit)
        addOnce(m_notice.ips, ip);
}

void Gatherer::warn(std::string sentence)
{
    addOnce(m_notice.warnings, sentence);
}

void Gatherer::takeText(const Traced& traced)
{
    auto search = searchIds(traced.text);
    // What the prose says stands in front; behind it may follow megabytes of ids.
    const auto text = std::string_view(traced.text).substr(0, 256 * 1024);
    for (auto& hit : search.labelled)
        addId(std::move(hit.id), traced.origin(hit.begin), std::move(hit.destinationIp));
    for (auto& hit : search.others)
        m_others.emplace_back(std::move(hit.id), traced.origin(hit.begin));
    for (const auto& ip : accusedIps(text))
        addOnce(m_notice.ips, ip);
    for (const int port : portsNamed(text))
        if (std::ranges::find(m_notice.ports, port) == m_notice.ports.end())
            m_notice.ports.push_back(port);
    if (m_notice.server.empty())
        m_notice.server = serverNamed(text, m_notice.ips);
    takeDate(text);
    takeReference(text);
    // A sample's header quoted in the text: the hop that our address handed on names the server.
    for (auto at = findText(text, "received:"); at != npos; at = findText(text, "received:", at + 9)) {
        if (at > 0 && text[at - 1] != '\n')
            continue;
        for (const auto& hop : message::inspect(text.substr(at, 64 * 1024)).received)
            if (!hop.ip.empty() && !hop.rdns.empty())
                m_sampleHosts.push_back(hop.ip + ' ' + hop.rdns);
        break;
    }
}

void Gatherer::takeDate(std::string_view text)
{
    const auto date = m_notice.detected ? std::nullopt : blockDate(text, m_received);
    if (!date)
        return;
    m_notice.detected = date->at;
    m_notice.detectedHasZone = date->hasZone;
    if (date->otherwise)
        warn(std::format(
            "The date could also mean {}: day and month are not clear", base::iso(*date->otherwise)));
    if (!date->hasTime)
        warn("The notice names a day but no time");
}

void Gatherer::takeReference(std::string_view text)
{
    const auto behind = [text](std::string_view mark, std::string_view stops) -> std::string_view {
        const auto at = findText(text, mark);
        if (at == npos)
            return {};
        const auto rest = trimmed(text.substr(at + mark.size(), 80));
        return rest.substr(0, rest.find_first_of(stops));
    };
    if (m_notice.reference.empty())
        m_notice.reference = behind("[abuseid:", "]\n ");
    if (m_notice.reference.empty() && has(text, "[spamcop ("))
        m_notice.reference = behind(") id:", "] \n");
    if (m_notice.helo.empty())
        for (const auto* const mark :
            {"helo:", "helo name:", "helo used:", "helo string:", "helo of", "helo as"})
            if (auto helo = behind(mark, " ,;\n)\"'"); m_notice.helo.empty() && !helo.empty()) {
                while (helo.ends_with('.'))
                    helo.remove_suffix(1);
                m_notice.helo = helo;
            }
}

void Gatherer::takeFeedbackReport(std::string_view fields)
{
    const auto report = message::inspect(fields);
    for (const auto* const name : {"Source-IP", "Source"})
        if (const auto ip = message::ipIn(report.value(name)); !ip.empty()) {
            std::erase(m_notice.ips, ip);
            m_notice.ips.insert(m_notice.ips.begin(), std::string(ip)); // machine-readable: surer than prose
        }
    for (const auto* const name : {"Arrival-Date", "Received-Date", "Date"}) {
        bool zone = false;
        const auto text = report.value(name);
        auto at = message::parseDate(text, &zone);
        if (const auto dates = at ? std::vector<DateHit> {} : findDates(text); !dates.empty()) {
            at = dates.front().at;
            zone = dates.front().hasZone;
        }
        if (!at || m_dateIsFixed)
            continue;
        m_notice.detected = at;
        m_notice.detectedHasZone = zone;
        m_dateIsFixed = true;
    }
    if (const auto id = report.value("Original-Message-ID"); !id.empty())
        addId(std::string(withoutBrackets(id)), report.fields.front().offset);
}

void Gatherer::takeSample(std::string_view message, std::size_t offset)
{
    const auto sample = message::inspect(message);
    for (const auto& field : sample.fields)
        if (message::sameText(field.name, "Message-ID"))
            addId(std::string(withoutBrackets(field.value)), offset + field.offset);
    for (const auto& hop : sample.received)
        if (!hop.ip.empty() && !hop.rdns.empty())
            m_sampleHosts.push_back(hop.ip + ' ' + hop.rdns);
    if (!m_notice.detected && !sample.received.empty() && sample.received.front().date) {
        m_notice.detected = sample.received.front().date;
        m_notice.detectedHasZone = true;
    }
}

void Gatherer::nameServerBySample()
{
    for (const auto& ip : m_notice.ips)
        for (const auto& pair : m_sampleHosts)
            if (m_notice.server.empty() && pair.starts_with(ip + ' ')
                && isHostName(std::string_view(pair).substr(ip.size() + 1)))
                m_notice.server = pair.substr(ip.size() + 1);
}

void Gatherer::joinIds()
{
    std::vector<NoticedId> once;
    std::unordered_map<std::string, std::size_t> seen;
    const auto addNew = [&](NoticedId id) {
        const auto [known, isNew] = seen.emplace(id.id.value, once.size());
        if (isNew)
            once.push_back(std::move(id));
        else if (once[known->second].destinationIp.empty())
            once[known->second].destinationIp = id.destinationIp;
    };
    for (auto& id : m_notice.ids)
        addNew(std::move(id));
    // Nothing is labelled: then what no mail address can be counts. Else it is the operator's choice.
    const bool labelled = !once.empty();
    for (auto& [token, offset] : m_others) {
        if (labelled || !isMachineMade(token))
            continue;
        NoticedId id;
        id.id.value = token;
        id.offset = offset;
        judgeShape(id);
        addNew(std::move(id));
    }
    if (!labelled && !once.empty())
        warn(std::string(idsByShape));
    for (const bool machine : {true, false})
        for (const auto& [token, offset] : m_others)
            if (isMachineMade(token) == machine && !seen.contains(token) && token != m_itself)
                addCandidate(token);
    addOnce(m_notice.candidates, m_itself);
    m_notice.ids = std::move(once);
}

void Gatherer::finish()
{
    joinIds();
    std::erase_if(m_notice.ips, [this](const auto& ip) { return m_destinations.contains(ip); });
    nameServerBySample();
    std::ranges::sort(m_notice.ports);
    m_notice.ports.erase(std::ranges::unique(m_notice.ports).begin(), m_notice.ports.end());
    if (!m_notice.detected && m_received) {
        m_notice.detected = m_received;
        m_notice.detectedHasZone = true;
        warn("The notice does not say when it happened; the date of its own mail is taken");
    }
    if (std::ranges::any_of(m_notice.ids, [](const auto& id) { return isMasked(id.id.value); }))
        warn("Some Message-IDs are masked: only their unmasked part can be searched");
    if (m_notice.ids.empty())
        warn(std::string(noIdNamed));
    if (m_notice.ids.empty() && m_notice.ips.empty() && m_notice.server.empty() && !m_notice.detected)
        warn(std::string(nothingNamed));
}

} // namespace sluicegate::notice
