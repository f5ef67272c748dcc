// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/pastserver.h"

#include "models/attribution/judge.h"
#include "models/attribution/requests.h"
#include "models/attribution/weights.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace sluicegate::attribution {

namespace {

constexpr std::size_t quoteLimit = 10;

Suspect weighed(Cause cause, SuspectSource source, Clue clue)
{
    clue.weight = weightOf(clue.rule).of(cause);
    Suspect suspect;
    suspect.cause = cause;
    suspect.source = std::move(source);
    suspect.score = std::exp(clue.weight) / (1 + std::exp(clue.weight));
    suspect.confidence = confidenceOf(suspect.score);
    suspect.clues.push_back(std::move(clue));
    return suspect;
}

// The mail server alone has business with other servers' port 25.
std::vector<Suspect> processes(const Facts& facts)
{
    std::map<std::uint32_t, std::vector<const hosting::MailSocket*>> byUid;
    for (const hosting::MailSocket& socket : facts.sockets)
        if (socket.uid && !hosting::isMailServer(socket.process) && (socket.port == 25 || socket.port == 465))
            byUid[*socket.uid].push_back(&socket);
    std::vector<Suspect> suspects;
    for (const auto& [uid, sockets] : byUid) {
        SuspectSource source {
            .kind = SourceKind::User, .account = {}, .domain = {}, .uid = uid, .script = {}, .client = {}};
        if (const hosting::Account* account = facts.hosting.byUid(uid))
            source.account = account->user;
        const auto sites = facts.hosting.sitesOf(source.account);
        if (!sites.empty()) {
            source.kind = SourceKind::Site;
            source.domain = sites.front()->domain;
        }
        Clue clue {.rule = "mail-socket",
            .weight = 0,
            .count = sockets.size(),
            .values = {sockets.front()->process, source.account},
            .evidence = {}};
        for (std::size_t i = 0; i < std::min(sockets.size(), quoteLimit); ++i)
            clue.evidence.push_back({facts.socketsFile, sockets[i]->line, sockets[i]->text});
        suspects.push_back(weighed(
            sites.empty() ? Cause::DirectToMx : Cause::WebsiteHacked, std::move(source), std::move(clue)));
    }
    return suspects;
}

struct Driven {
    std::uint64_t requests = 0;
    std::vector<base::EvidenceLine> lines;
};

std::vector<Suspect> droppedPrograms(const Facts& facts)
{
    std::map<std::pair<std::string, std::string>, Driven> driven;
    for (const SiteRequests& site : facts.requests)
        for (const hosting::Request& request : site.log.requests) {
            if (request.method != "POST" || request.status < 200 || request.status >= 300)
                continue;
            const std::string_view path = request.target.substr(0, request.target.find('?'));
            if (!isProgram(path) || dataFolder(path).empty())
                continue;
            Driven& one = driven[{site.domain, std::string(path)}];
            ++one.requests;
            if (one.lines.size() < quoteLimit)
                one.lines.push_back({site.file, request.line, std::string(request.text)});
        }
    std::vector<Suspect> suspects;
    for (auto& [key, one] : driven) {
        SuspectSource source {.kind = SourceKind::Script,
            .account = {},
            .domain = key.first,
            .uid = {},
            .script = {},
            .client = {}};
        source.script = scriptPath(facts.hosting, key.first, key.second);
        if (const hosting::Site* site = facts.hosting.byDomain(key.first))
            source.account = site->user;
        if (const hosting::Account* account = facts.hosting.byUser(source.account))
            source.uid = account->uid;
        suspects.push_back(weighed(Cause::WebsiteHacked, std::move(source),
            Clue {.rule = "script-posts",
                .weight = 0,
                .count = one.requests,
                .values = {key.first + key.second, std::to_string(one.requests), "1"},
                .evidence = std::move(one.lines)}));
    }
    std::ranges::stable_sort(
        suspects, std::greater {}, [](const Suspect& suspect) { return suspect.clues.front().count; });
    if (suspects.size() > 3)
        suspects.resize(3);
    return suspects;
}

// Only a log that reaches over the time in question can show that a message is not in it.
bool logCovers(const Facts& facts)
{
    if (!facts.log || facts.log->size() == 0)
        return false;
    const maillog::Summary& summary = facts.log->summary();
    if (!summary.from || !summary.to)
        return false;
    if (const auto detected = facts.notice->detected)
        return *summary.from <= *detected - std::chrono::hours(6) && *summary.to >= *detected;
    return *summary.to - *summary.from >= std::chrono::hours(24);
}

Suspect nobody(const Facts& facts, std::uint64_t ids)
{
    const auto first = facts.log->journey(0).lines();
    const auto last = facts.log->journey(facts.log->size() - 1).lines();
    Clue clue {.rule = "not-in-log", .weight = 0, .count = ids, .values = {}, .evidence = {}};
    if (!first.empty() && !last.empty())
        clue.evidence = {facts.log->evidence(first.front()), facts.log->evidence(last.back())};
    SuspectSource source;
    source.kind = SourceKind::Client;
    return weighed(Cause::DirectToMx, std::move(source), std::move(clue));
}

} // namespace

std::vector<Suspect> suspectsPastServer(const Facts& facts, const Verdict& verdict)
{
    if (!facts.notice || verdict.unexplained.empty())
        return {};
    std::vector<Suspect> suspects = processes(facts);
    // While some ids are explained, the others may be of another server or another day: a process is proof of
    // its own, requests and absence are not.
    if (verdict.unexplained.size() < facts.notice->ids.size())
        return suspects;
    if (suspects.empty())
        suspects = droppedPrograms(facts);
    if (suspects.empty() && verdict.suspects.empty() && logCovers(facts))
        suspects.push_back(nobody(facts, verdict.unexplained.size()));
    return suspects;
}

} // namespace sluicegate::attribution
