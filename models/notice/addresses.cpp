// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/addresses.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <array>
#include <map>

namespace sluicegate::notice {

namespace {

using message::findText;
using message::isAlnum;
using message::isAlpha;
using message::isDigit;
using message::isHex;
using message::startsWith;
constexpr auto npos = std::string_view::npos;
constexpr std::size_t lineLimit = 1000; // how far back a line's begin is looked for
constexpr std::size_t addressLimit = 2000;

struct Word {
    std::string_view text;
    int worth = 0;
};

constexpr std::array<Word, 31> calling {
    {{"your ip", 9}, {"your server", 8}, {"your vps", 8}, {"source ip", 9}, {"source-ip", 9},
        {"server ip", 8}, {"blocked ip", 9}, {"adresse ip", 8}, {"ip-adresse", 8}, {"ip adresse", 8},
        {"dirección ip", 8}, {"ip address", 7}, {"email from", 8}, {"abuse from", 8}, {"spam from", 8},
        {"originating", 6}, {"listed", 5}, {"spamcop (", 9}, {"for your", 5}, {"votre ip", 9}, {"ihre ip", 9},
        {"source:", 6}, {"ip:", 5}, {"ip ", 4}, {"ip\t", 4}, {"destination", -90}, {"dest ip", -90},
        {"dest. ip", -90}, {"ziel-ip", -90}, {"reporter", -40}, {"recipient", -40}}};

int worthOf(std::string_view before)
{
    // The label nearest to the address counts.
    int worth = 0;
    std::size_t nearest = 0;
    for (const auto& word : calling) {
        auto found = npos;
        for (auto at = findText(before, word.text); at != npos; at = findText(before, word.text, at + 1))
            found = at;
        if (found == npos || (worth != 0 && found + word.text.size() < nearest))
            continue;
        worth = found + word.text.size() == nearest ? std::max(worth, word.worth) : word.worth;
        nearest = found + word.text.size();
    }
    return worth;
}

bool isPrivate(std::string_view ip)
{
    const bool middle = startsWith(ip, "172.") && ip.size() > 6 && isDigit(ip[4]) && isDigit(ip[5])
        && (ip[4] - '0') * 10 + (ip[5] - '0') >= 16 && (ip[4] - '0') * 10 + (ip[5] - '0') < 32
        && ip[6] == '.';
    return middle || message::isLoopback(ip) || startsWith(ip, "10.") || startsWith(ip, "192.168.")
        || startsWith(ip, "0.") || startsWith(ip, "255.") || startsWith(ip, "169.254.")
        || startsWith(ip, "fe80:") || startsWith(ip, "fc") || startsWith(ip, "fd") || ip == "::";
}

// Lines of a quoted message's header hold many addresses, ours among others: they are no accusation.
bool inHeaderLine(std::string_view text, std::size_t at)
{
    const auto window = text.substr(at > lineLimit ? at - lineLimit : 0, std::min(at, lineLimit));
    const auto newline = window.rfind('\n');
    const auto line = window.substr(newline == npos ? 0 : newline + 1);
    static constexpr std::array<std::string_view, 8> names {
        "received:", "received-spf:", "authentication-results:", "x-", "arc-", "dkim-", "from:", "to:"};
    return std::ranges::any_of(names, [line](auto name) { return startsWith(line, name); })
        || (line.starts_with('\t') && findText(line, "by ") != npos)
        || startsWith(message::trimmed(line), "by ");
}

constexpr int quotedHeader = -5;

struct Found {
    std::string ip;
    int worth = 0;
    std::size_t order = 0;
};

} // namespace

bool isHostName(std::string_view text)
{
    if (text.size() < 4 || text.size() > 253 || message::isIpv4(text))
        return false;
    const auto dot = text.rfind('.');
    if (dot == npos || text.size() - dot < 3
        || !std::ranges::all_of(text.substr(dot + 1), [](char c) { return isAlpha(c); }))
        return false;
    char before = '.';
    for (const char c : text) {
        if (!isAlnum(c) && c != '-' && c != '.')
            return false;
        if ((c == '.' || c == '-') && before == '.')
            return false;
        before = c;
    }
    return true;
}

namespace {

bool startsAddress(std::string_view text, std::size_t at)
{
    if (!isHex(text[at]) && text[at] != ':')
        return false;
    return at == 0 || (!isAlnum(text[at - 1]) && std::string_view(".-@_").find(text[at - 1]) == npos);
}

// The address in text[from, end), or empty.
std::string_view addressIn(std::string_view text, std::size_t from, std::size_t end)
{
    auto token = text.substr(from, end - from);
    while (token.ends_with('.') || (token.ends_with(':') && !token.ends_with("::")))
        token.remove_suffix(1);
    const bool goesOn
        = end < text.size() && (isAlnum(text[end]) || std::string_view("-@_").find(text[end]) != npos);
    const bool isAddress = !goesOn && token.size() >= 3 && (message::isIpv4(token) || message::isIpv6(token));
    return isAddress && !isPrivate(token) ? token : std::string_view {};
}

void note(std::map<std::string, Found, std::less<>>& found, std::string_view ip, int worth, std::size_t at)
{
    const auto known = found.find(ip);
    if (known == found.end())
        found.emplace(ip, Found {std::string(ip), worth, at});
    else if (worth == quotedHeader)
        return;
    else if (known->second.worth == quotedHeader)
        known->second.worth = worth;
    else if (worth < 0 || known->second.worth < 0)
        known->second.worth = std::min(worth, known->second.worth);
    else
        known->second.worth = std::max(worth, known->second.worth);
}

} // namespace

std::vector<std::string> accusedIps(std::string_view text)
{
    std::map<std::string, Found, std::less<>> found;
    for (std::size_t i = 0, looked = 0; i < text.size() && looked < addressLimit;) {
        if (!startsAddress(text, i)) {
            ++i;
            continue;
        }
        const auto end = std::min(text.find_first_not_of("0123456789abcdefABCDEF.:", i), text.size());
        if (const auto ip = addressIn(text, i, end); !ip.empty()) {
            ++looked;
            const auto from = i > 50 ? i - 50 : 0;
            note(found, ip, inHeaderLine(text, i) ? quotedHeader : worthOf(text.substr(from, i - from)), i);
        }
        i = end;
    }
    std::vector<Found> ranked;
    const bool anyCalled
        = std::ranges::any_of(found, [](const auto& entry) { return entry.second.worth > 0; });
    for (auto& [ip, entry] : found)
        if (entry.worth > 0 || (!anyCalled && entry.worth == 0))
            ranked.push_back(std::move(entry));
    std::ranges::sort(ranked, [](const Found& a, const Found& b) {
        return a.worth != b.worth ? a.worth > b.worth : a.order < b.order;
    });
    std::vector<std::string> result;
    for (std::size_t i = 0; i < ranked.size() && i < 20; ++i)
        result.push_back(std::move(ranked[i].ip));
    return result;
}

namespace {

// A host name at the front of `rest`; a short name counts behind a colon only.
std::string hostAt(std::string_view rest, bool labelled)
{
    const auto end = std::min(
        std::size_t(std::ranges::find_if_not(rest, [](char c) { return isAlnum(c) || c == '-' || c == '.'; })
            - rest.begin()),
        rest.size());
    auto token = rest.substr(0, end);
    const char next = end < rest.size() ? rest[end] : '\n';
    while (token.ends_with('.') || token.ends_with('-'))
        token.remove_suffix(1);
    if (next == '@' || next == '/' || next == '_' || token.empty())
        return {};
    if (isHostName(token))
        return std::string(token);
    const bool isShort = labelled && token.size() >= 3 && token.size() <= 63 && token.find('.') == npos
        && isAlpha(token[0]) && std::ranges::any_of(token, isDigit);
    return isShort ? std::string(token) : std::string {};
}

struct Named {
    std::string host;
    int worth = -1;
};

void consider(Named& best, std::string_view text, std::size_t at, std::string_view word)
{
    if (at > 0
        && (isAlnum(text[at - 1]) || text[at - 1] == '-' || text[at - 1] == '.' || text[at - 1] == '/'))
        return;
    const auto before = text.substr(at > 5 ? at - 5 : 0, std::min<std::size_t>(at, 5));
    auto rest = text.substr(at + word.size(), 400);
    const auto skip = [&rest](std::string_view what) {
        if (startsWith(rest, what))
            rest.remove_prefix(what.size());
    };
    skip("name");
    skip(" name");
    const auto start = std::min(rest.find_first_not_of(" \t*\"'`"), rest.size());
    rest.remove_prefix(start);
    const bool labelled = rest.starts_with(':') || rest.starts_with('=') || rest.starts_with('#');
    if (!labelled && start == 0 && !rest.starts_with('('))
        return;
    rest.remove_prefix(std::min(rest.find_first_not_of(":=# \t*\"'`(<["), rest.size()));
    auto host = hostAt(rest, labelled);
    const bool other = message::sameText(before, "mail ") || message::sameText(before, "smtp ")
        || message::sameText(before, "name ");
    const int worth = (labelled ? 4 : 2) + (host.find('.') != npos ? 2 : 0) - (other ? 3 : 0);
    if (!host.empty() && worth > best.worth)
        best = {std::move(host), worth};
}

} // namespace

std::string serverNamed(std::string_view text, const std::vector<std::string>& ips)
{
    Named best;
    static constexpr std::array<std::string_view, 9> words {
        "server", "hostname", "host", "vps", "machine", "serveur", "servidor", "servername", "service"};
    for (const auto word : words)
        for (auto at = findText(text, word); at != npos; at = findText(text, word, at + word.size()))
            consider(best, text, at, word);
    for (const auto& ip : ips)
        for (const auto* const open : {" (", " [", " / "})
            if (const auto at = text.find(ip + open); best.host.empty() && at != npos)
                best.host = hostAt(text.substr(at + ip.size() + std::string_view(open).size(), 300), false);
    // "[vps-1a2b.hoster.example] ...": the subject's mark.
    text = text.substr(0, lineLimit);
    for (auto at = text.find('['); best.host.empty() && at != npos; at = text.find('[', at + 1))
        if (const auto host = hostAt(text.substr(at + 1, 300), false);
            text.substr(at + 1 + host.size()).starts_with(']'))
            best.host = host;
    return message::lowered(best.host);
}

namespace {

// The mail ports in a list like " 25 (SMTP), 465 as well as 587".
void addPorts(std::vector<int>& ports, std::string_view rest)
{
    static constexpr std::array<int, 4> mail {25, 465, 587, 2525};
    static constexpr std::array<std::string_view, 21> glue {"and", "or", "et", "und", "y", "e", "en", "sowie",
        "oder", "ou", "o", "as", "well", "plus", "smtp", "smtps", "ssl", "tcp", "tls", "out", "submission"};
    while (!rest.empty()) {
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n:#,;&()/+"), rest.size()));
        const auto end = std::size_t(std::ranges::find_if_not(rest, isAlnum) - rest.begin());
        const auto token = rest.substr(0, end);
        const auto port = message::number(token);
        const bool known = port && std::ranges::find(mail, int(std::min(*port, 65535U))) != mail.end();
        if (known && std::ranges::find(ports, int(*port)) == ports.end())
            ports.push_back(int(*port));
        else if (!port
            && std::ranges::none_of(glue, [token](auto word) { return message::sameText(word, token); }))
            break;
        rest.remove_prefix(end);
        if (rest.starts_with('-') || rest.starts_with('.'))
            rest.remove_prefix(1);
    }
}

} // namespace

std::vector<int> portsNamed(std::string_view text)
{
    std::vector<int> ports;
    for (const std::string_view word : {"port", "porta", "puerto", "poort"})
        for (auto at = findText(text, word); at != npos; at = findText(text, word, at + word.size())) {
            if (at > 0 && isAlnum(text[at - 1]))
                continue;
            auto rest = text.substr(at + word.size(), 80);
            if (rest.starts_with('='))
                continue; // Exim's "port=53210"
            if (rest.starts_with('s') || rest.starts_with('S'))
                rest.remove_prefix(1);
            addPorts(ports, rest);
        }
    return ports;
}

} // namespace sluicegate::notice
