// SPDX-License-Identifier: GPL-3.0-or-later
// From facts to the verdict, step by step.
#include "models/attribution/network.h"
#include "models/attribution/pastserver.h"
#include "models/attribution/queuesplit.h"
#include "models/attribution/scripts.h"
#include "models/attribution/sources.h"
#include "models/attribution/suspects.h"
#include "models/base/discard.h"

#include <algorithm>

namespace sluicegate::attribution {

namespace {

EventsByUser eventsByUser(const maillog::History& log, const Sources& sources, const std::stop_token& stop)
{
    EventsByUser events;
    for (const Origin& origin : sources.all)
        if (origin.path == Path::Login)
            events[origin.name];
    if (events.empty())
        return events;
    const maillog::Events all = log.events();
    for (std::uint32_t i = 0; i < all.size(); ++i) {
        if (i % 4096 == 0 && stop.stop_requested())
            break;
        const maillog::EventKind kind = all.kindOf(i);
        const bool isLogin = kind == maillog::EventKind::AuthFailure || kind == maillog::EventKind::Login;
        if (!isLogin || !all.mayNameUser(i)) // strangers who guess passwords are most, and rarely named
            continue;
        const maillog::Event event = all[i];
        if (const auto at = events.find(lowered(event.user)); at != events.end())
            at->second.push_back(event);
    }
    return events;
}

void addPastServer(const Facts& facts, Verdict& verdict)
{
    for (Suspect& suspect : suspectsPastServer(facts, verdict)) {
        suspect.rank = static_cast<int>(verdict.suspects.size()) + 1;
        verdict.suspects.push_back(std::move(suspect));
    }
}

// Nothing was read: the notice and the queue are all there is.
Verdict withoutLog(const Facts& facts)
{
    Verdict verdict {.situation = Situation::NoMailLog};
    if (facts.notice)
        for (const notice::NoticedId& noticed : facts.notice->ids)
            verdict.unexplained.push_back(noticed.id);
    for (const queue::Entry& entry : facts.queue)
        verdict.keepQueue.push_back(entry.id);
    addPastServer(facts, verdict);
    return verdict;
}

Situation situationOf(const Facts& facts, const Verdict& verdict)
{
    const std::size_t asked = facts.notice ? facts.notice->ids.size() : 0;
    if (asked > 0 && verdict.unexplained.size() == asked)
        return Situation::IdsNotInLog;
    if (!verdict.suspects.empty())
        return Situation::Named;
    return facts.notice && asked == 0 ? Situation::NothingNoticed : Situation::NothingSuspicious;
}

} // namespace

Verdict attribute(const Facts& facts, std::stop_token stop)
{
    if (!facts.log || facts.log->summary().lines == 0)
        return withoutLog(facts);
    Sources sources = findSources(facts, stop);
    const Scripts scripts = findScripts(facts, sources);
    divideByScript(sources, scripts, *facts.log);
    NoticedJourneys noticed = findNoticed(facts, sources);
    const EventsByUser logins = eventsByUser(*facts.log, sources, stop);
    const Background background {facts, sources, scripts, logins, std::move(noticed.of), stop};
    std::vector<Accused> accused = findSuspects(background, stop);
    Verdict verdict;
    if (stop.stop_requested()) {
        base::discard(std::move(accused));
        return verdict;
    }
    verdict.unexplained = std::move(noticed.missing);
    splitQueue(background, accused, verdict);
    for (Accused& one : accused)
        verdict.suspects.push_back(std::move(one.suspect));
    addPastServer(facts, verdict);
    verdict.situation = situationOf(facts, verdict);
    return verdict;
}

} // namespace sluicegate::attribution
