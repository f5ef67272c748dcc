// SPDX-License-Identifier: GPL-3.0-or-later
// Which web requests are worth reading: those around mail that was written on this server and looks like
// spam.
#include "models/attribution/measure.h"
#include "models/attribution/network.h"
#include "models/attribution/requests.h"
#include "models/attribution/split.h"
#include "models/attribution/suspects.h"

#include <algorithm>

namespace sluicegate::attribution {

namespace {

constexpr std::size_t fewMessages = 20;
constexpr std::chrono::minutes margin {3};
constexpr std::chrono::minutes visit {30}; // a person reads before writing: what bots do not

bool isWrittenHere(const Facts& facts, const Origin& origin)
{
    if (origin.path == Path::Pickup)
        return origin.uid != 0u;
    if (origin.path != Path::Login || origin.journeys.empty())
        return origin.path == Path::LocalSmtp;
    return std::ranges::any_of(origin.journeys, [&](std::uint32_t journey) {
        const std::string_view client = facts.log->journey(journey).clientIp();
        return isLoopback(client) || std::ranges::contains(facts.localAddresses, client);
    });
}

void widen(WebInterest& interest, base::Instant from, base::Instant to)
{
    interest.since = interest.since ? std::min(*interest.since, from) : from;
    interest.until = interest.until ? std::max(*interest.until, to) : to;
}

void add(WebInterest& interest, const Scene& scene)
{
    widen(interest, scene.first().at - visit, scene.last().at + margin);
    if (scene.sites.empty() || scene.origin.path != Path::Pickup)
        interest.allDomains = true;
    for (const hosting::Site* site : scene.sites)
        interest.domains.push_back(site->domain);
}

// Mail that passed the server's own: the hours before it was seen.
void addUnexplained(WebInterest& interest, const Facts& facts)
{
    const base::Instant seen = facts.notice->detected.value_or(facts.now);
    widen(interest, seen - std::chrono::hours(24), seen + std::chrono::hours(1));
    interest.allDomains = true;
}

} // namespace

WebInterest webInterest(const Facts& facts, std::stop_token stop)
{
    WebInterest interest;
    if (!facts.log) {
        if (facts.notice)
            addUnexplained(interest, facts);
        return interest;
    }
    const Sources sources = findSources(facts, stop);
    NoticedJourneys noticed = findNoticed(facts, sources);
    if (facts.notice && !facts.notice->ids.empty() && noticed.missing.size() == facts.notice->ids.size())
        addUnexplained(interest, facts);
    const Scripts scripts;
    const EventsByUser logins;
    const Background background {facts, sources, scripts, logins, std::move(noticed.of)};
    for (const Origin& origin : sources.all) {
        const bool isNoticed = std::ranges::any_of(
            origin.journeys, [&](std::uint32_t journey) { return background.noticed[journey]; });
        if (stop.stop_requested() || (!isNoticed && origin.journeys.size() < fewMessages)
            || !isWrittenHere(facts, origin))
            continue;
        const auto owned = std::make_unique<Scene>(background, origin);
        Scene& scene = *owned;
        findSites(scene);
        fillRows(scene);
        splitRows(scene);
        if (!scene.spam.empty())
            add(interest, scene);
    }
    return interest;
}

} // namespace sluicegate::attribution
