// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/chain.h"

#include "models/message/ascii.h"
#include "models/message/received.h"

#include <algorithm>
#include <format>

namespace sluicegate::message {

namespace {

std::string envelopeValue(const Inspection& inspection, const std::string& name)
{
    const auto found = inspection.envelope.find(name);
    return found == inspection.envelope.end() ? std::string {} : found->second;
}

bool isBounce(const Inspection& inspection)
{
    const auto returnPath = inspection.value("Return-Path");
    const auto sender = inspection.envelope.find("sender");
    return returnPath == "<>" || (sender != inspection.envelope.end() && sender->second.empty())
        || findText(inspection.value("From"), "mailer-daemon") != std::string_view::npos;
}

// Whether the hop above names the host that wrote the hop below, or never left its own host.
bool vouchesFor(const Received& above, const Received& below)
{
    if (above.by.empty() || below.by.empty() || isLoopback(above.ip) || above.localUser == "alias")
        return true; // qmail writes two fields a hop, one of them without names
    const auto by = lowered(below.by);
    // A client from outside likes to call itself by this server's name, above a field it forged in that name.
    if (sameText(above.by, by) && !above.ip.empty() && !sameText(above.rdns, by))
        return false;
    return sameText(above.rdns, by) || sameText(above.helo, by) || sameText(above.by, by)
        || (!above.rdns.empty() && sameOrganisation(lowered(above.rdns), by));
}

bool isSubmission(const Received& hop)
{
    if (hop.kind == "bounce" || (hop.kind == "local" && hop.localUser != "alias"))
        return true;
    return hop.kind == "smtp" && isAuthenticated(hop);
}

// "10003:x7.php(1) : eval()'d code"
void takeScript(Origin& origin, std::string_view value)
{
    const auto colon = value.find(':');
    const auto uid = colon == std::string_view::npos ? std::nullopt : number(value.substr(0, colon));
    origin.scriptUid = uid;
    origin.script = trimmed(uid ? value.substr(colon + 1) : value);
}

// "www.shop.example/wp-content/x7.php for 203.0.113.9, 198.51.100.2"
void takeRequest(Origin& origin, std::string_view value)
{
    const auto client = value.find(" for ");
    const auto path = trimmed(value.substr(0, client));
    if (origin.script.empty())
        origin.script = path;
    if (origin.vhost.empty())
        origin.vhost = path.substr(0, path.find('/'));
    if (client != std::string_view::npos && origin.ip.empty()) {
        const auto first = trimmed(value.substr(client + 5));
        origin.ip = ipIn(first.substr(0, first.find_first_of(", ")));
    }
}

// cPanel: "X-Source-Dir: shop.example:/public_html/wp-content"
void takeDirectory(Inspection& inspection)
{
    Origin& origin = inspection.origin;
    const auto wrapper = inspection.value("X-Additional-Header");
    const auto cpanel = inspection.value("X-Source-Dir");
    origin.directory = wrapper.empty() ? cpanel : wrapper;
    if (wrapper.empty() && origin.vhost.empty())
        origin.vhost = cpanel.substr(0, cpanel.find(':'));
    if (origin.script.empty())
        origin.script = wrapper;
}

// A header of the sending script proves nothing once anybody outside could have written it: only a message
// picked up on the machine itself carries what PHP or a wrapper put there.
bool scriptsCanBeTrusted(const Inspection& inspection)
{
    if (!inspection.submission)
        return inspection.envelope.empty() || envelopeValue(inspection, "sasl_username").empty();
    return inspection.received[*inspection.submission].kind == "local";
}

void takeScripts(Inspection& inspection)
{
    if (!scriptsCanBeTrusted(inspection))
        return;
    if (const auto php = inspection.value("X-PHP-Originating-Script"); !php.empty())
        takeScript(inspection.origin, php);
    if (const auto request = inspection.value("X-PHP-Script"); !request.empty())
        takeRequest(inspection.origin, request);
    takeDirectory(inspection);
}

void takeEnvelope(Inspection& inspection)
{
    Origin& origin = inspection.origin;
    if (auto login = envelopeValue(inspection, "sasl_username"); !login.empty())
        origin.authUser = std::move(login);
    for (const auto* const key : {"client_address", "log_client_address"})
        if (const auto address = envelopeValue(inspection, key); origin.ip.empty() && !ipIn(address).empty())
            origin.ip = ipIn(address);
}

// "1oyXyz-0001bo-D3"
bool isOfExim(const Received& hop)
{
    return std::ranges::count(hop.id, '-') == 2;
}

// cPanel's Exim: "X-Get-Message-Sender-Via: host.example: authenticated_id: anna@shop.example"
void takePanelLogin(Inspection& inspection)
{
    const bool elsewhere = inspection.submission && !isOfExim(inspection.received[*inspection.submission]);
    if (!inspection.origin.authUser.empty() || elsewhere)
        return;
    constexpr std::string_view mark = "authenticated_id: ";
    const auto via = inspection.value("X-Get-Message-Sender-Via");
    if (const auto at = via.find(mark); at != std::string_view::npos) {
        const auto rest = via.substr(at + mark.size());
        const auto user = rest.substr(0, rest.find_first_of(" /"));
        if (user.find('@') != std::string_view::npos)
            inspection.origin.authUser = user;
        else if (inspection.origin.localUser.empty())
            inspection.origin.localUser = user;
    }
}

} // namespace

void readHops(Inspection& inspection)
{
    for (const Field& field : inspection.fields) {
        if (!sameText(field.name, "Received"))
            continue;
        bool tooDeep = false;
        Received hop = parseReceived(field.value, &tooDeep);
        hop.offset = field.offset;
        if (tooDeep)
            inspection.anomalies.push_back({"deep-comment",
                "A Received field has unclosed, too deep or too long comments", field.offset});
        inspection.received.push_back(std::move(hop));
    }
    auto& hops = inspection.received;
    for (std::size_t i = 0; i + 1 < hops.size(); ++i)
        if (hops[i].date && hops[i + 1].date)
            hops[i].delaySeconds = std::chrono::duration<double>(*hops[i].date - *hops[i + 1].date).count();
    // Postfix writes its own notices as "by HOST (Postfix) id QID", the same as for clients it hides.
    if (!hops.empty() && isBounce(inspection))
        for (Received& hop : hops)
            if (hop.kind == "smtp" && hop.with.empty() && hop.ip.empty())
                hop.kind = "bounce";
}

void findSubmission(Inspection& inspection)
{
    const auto& hops = inspection.received;
    // The queue file knows the client it was taken from: below the newest hop all came with the message.
    const std::string address = envelopeValue(inspection, "client_address");
    const auto client = ipIn(address);
    const bool fromOutside = !client.empty() && !isLoopback(client);
    for (std::size_t i = 0; i < hops.size(); ++i) {
        const bool last = i + 1 == hops.size();
        if (isSubmission(hops[i]) || last || fromOutside || !vouchesFor(hops[i], hops[i + 1])) {
            inspection.submission = i;
            return;
        }
    }
}

void findOrigin(Inspection& inspection)
{
    Origin& origin = inspection.origin;
    if (inspection.submission) {
        const Received& hop = inspection.received[*inspection.submission];
        origin.authUser = hop.authUser;
        origin.uid = hop.uid;
        origin.localUser = hop.localUser;
        origin.ip = hop.ip;
        const auto below = *inspection.submission + 1;
        if (isLoopback(hop.ip) && below < inspection.received.size()
            && inspection.received[below].kind == "http")
            origin.ip = inspection.received[below].ip; // webmail on the same host names its own client
    }
    takeEnvelope(inspection);
    // Plesk's milter appends its fields at the end: what stands before was the sender's.
    for (const Field& field : inspection.fields)
        if (sameText(field.name, "X-PPP-Vhost") && !field.value.empty())
            origin.vhost = field.value;
    takeScripts(inspection);
    takePanelLogin(inspection);
    if (!origin.uid && scriptsCanBeTrusted(inspection))
        origin.uid = origin.scriptUid;
}

} // namespace sluicegate::message
