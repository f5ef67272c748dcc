// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/suspects.h"

#include "models/attribution/judge.h"
#include "models/attribution/measure.h"
#include "models/attribution/network.h"
#include "models/attribution/requests.h"
#include "models/attribution/split.h"
#include "models/attribution/visitors.h"
#include "models/base/discard.h"

#include <algorithm>
#include <set>

namespace sluicegate::attribution {

namespace {

constexpr std::size_t fewMessages = 20; // an unnoticed source below is not looked at

bool holdsNoticed(const Background& background, const Origin& origin)
{
    return std::ranges::any_of(
        origin.journeys, [&](std::uint32_t journey) { return background.noticed[journey]; });
}

// A look over the entry lines alone: most honest sources end here. A login that keeps to its places and its
// domain has nothing that a rule marked hard could find, and a mail plugin's is known by its localhost.
bool isWorthALook(const Background& background, const Origin& origin)
{
    if (origin.path == Path::Unclear || origin.journeys.size() < fewMessages)
        return false;
    if (origin.path != Path::Login)
        return true;
    const maillog::History& log = *background.facts.log;
    std::set<std::string_view> clients;
    const auto logins = background.logins.find(origin.name);
    if (logins != background.logins.end())
        for (const maillog::Event& event : logins->second)
            if (event.kind != maillog::EventKind::Login)
                return true;
    const std::string_view own = domainOf(origin.name);
    std::string_view lastSender;
    for (const std::uint32_t index : origin.journeys) {
        const maillog::Journey journey = log.journey(index);
        if (const std::string_view client = journey.clientIp(); !client.empty())
            clients.insert(client);
        const std::string_view sender = journey.sender();
        if (clients.size() >= 3 || clients.contains("127.0.0.1") || clients.contains("::1"))
            return true;
        if (sender != lastSender && !sender.empty() && !own.empty() && !related(domainOf(sender), own))
            return true;
        lastSender = sender;
    }
    return false;
}

bool isFromThisServer(const Scene& scene)
{
    if (scene.origin.path == Path::Pickup || scene.origin.path == Path::LocalSmtp)
        return true;
    return scene.origin.path == Path::Login && !scene.clients.empty()
        && (isLoopback(scene.clients.front().name)
            || std::ranges::contains(scene.facts().localAddresses, scene.clients.front().name));
}

std::unique_ptr<Scene> look(const Background& background, const Origin& origin)
{
    auto scene = std::make_unique<Scene>(background, origin);
    // Each step may look at every message: whoever cancels waits for one of them at most.
    for (const auto step : {findSites, fillRows, splitRows, measure}) {
        if (background.stop.stop_requested()) {
            base::discard(std::move(scene));
            return {};
        }
        if (step == measure && scene->spam.empty())
            return {};
        step(*scene);
    }
    if (isFromThisServer(*scene))
        matchRequests(*scene);
    if (spareVisitors(*scene)) {
        measure(*scene);
        matchRequests(*scene);
    }
    return scene;
}

// Passing mail is lawful business until somebody complains or the other side refuses it.
bool isRefused(const Counts& counts)
{
    const std::uint64_t bad = counts.bounced + counts.deferred + counts.rejected;
    return counts.messages >= fewMessages && bad * 10 >= counts.recipients * 3;
}

bool standsOut(const Scene& scene, const Judgement& judgement)
{
    if (scene.noticedCount > 0)
        return true;
    if (!judgement.hard || judgement.cause == Cause::LegitimateBulk || judgement.cause == Cause::SystemMail)
        return false;
    if (scene.origin.path == Path::Forward || scene.origin.path == Path::Backscatter)
        return isRefused(scene.ofSpam);
    if (scene.ofSpam.messages < fewMessages && scene.ofSpam.recipients < 50)
        return false;
    const bool hasNotice = scene.facts().notice && !scene.facts().notice->ids.empty();
    return judgement.score >= (hasNotice ? 0.65 : 0.4);
}

void describeSite(const Scene& scene, const Judgement& judgement, SuspectSource& source)
{
    source.domain = scene.site;
    source.script = scene.origin.script;
    const bool asked = !scene.endpoints.empty()
        && (judgement.cause == Cause::WebsiteForm || judgement.cause == Cause::WebsiteHacked);
    if (asked) {
        const EndpointMatch& best = scene.endpoints.front();
        const bool explains = std::max(best.paired, best.followed) * 10 >= scene.spam.size() * 4;
        if (explains && source.domain.empty())
            source.domain = best.domain;
        if (explains && (source.script.empty() || isMailLibrary(source.script))
            && best.domain == source.domain)
            source.script = best.script;
    }
    for (const Clue& clue : judgement.clues)
        if (source.script.empty() && clue.rule == "evaluated-code" && clue.values.front().starts_with('/'))
            source.script = clue.values.front();
}

// The domain of a subscription with several sites that its messages speak for: most senders'.
void guessSite(const Scene& scene, SuspectSource& source)
{
    if (!source.domain.empty())
        return;
    for (const Tally& sender : scene.senders)
        for (const hosting::Site* site : scene.sites)
            if (related(domainOf(sender.name), site->domain)) {
                source.domain = site->domain;
                return;
            }
    if (!scene.sites.empty())
        source.domain = scene.sites.front()->domain;
}

SuspectSource sourceOf(const Scene& scene, const Judgement& judgement)
{
    const Origin& origin = scene.origin;
    SuspectSource source;
    switch (origin.path) {
    case Path::Login:
        source.kind = SourceKind::Mailbox;
        source.account = origin.name;
        source.domain = domainOf(origin.name);
        if (isFromThisServer(scene) && judgement.cause != Cause::MailboxPassword
            && !scene.endpoints.empty()) {
            source.domain = scene.endpoints.front().domain;
            source.script = scene.endpoints.front().script;
        }
        break;
    case Path::Pickup:
        source.account = origin.name;
        source.uid = origin.uid;
        if (judgement.cause == Cause::SystemMail)
            break;
        describeSite(scene, judgement, source);
        guessSite(scene, source);
        source.kind = !source.script.empty() ? SourceKind::Script
            : !source.domain.empty()         ? SourceKind::Site
                                             : SourceKind::User;
        break;
    case Path::LocalSmtp:
        describeSite(scene, judgement, source);
        source.kind = !source.script.empty() ? SourceKind::Script
            : !source.domain.empty()         ? SourceKind::Site
                                             : SourceKind::Client;
        source.client = origin.name;
        break;
    case Path::Relay:
        source.kind = SourceKind::Client;
        source.client = origin.name;
        break;
    case Path::Backscatter:
        source.kind = SourceKind::Site;
        source.domain = origin.name;
        break;
    case Path::Forward:
    case Path::Unclear:
        source.kind = SourceKind::Mailbox;
        source.account = origin.name;
        source.domain = domainOf(origin.name);
        break;
    }
    return source;
}

void addNoticedIds(const Scene& scene, Suspect& suspect)
{
    if (!scene.facts().notice)
        return;
    std::set<std::string_view> own;
    for (const Row& row : scene.rows)
        if (row.noticed)
            own.insert(scene.log().journey(row.journey).messageId());
    for (const notice::NoticedId& noticed : scene.facts().notice->ids)
        if (own.contains(noticed.id.value))
            suspect.noticedIds.push_back(noticed.id);
}

void addMessages(const Scene& scene, Suspect& suspect)
{
    std::vector<bool> listed(scene.names.clients.size(), false);
    for (const Row& row : scene.rows) {
        if (row.isListed()) {
            suspect.journeys.push_back(row.journey);
            listed[row.client] = true;
        } else if (row.doubt != Doubt::None) {
            ++suspect.undecided[row.doubt];
        } else {
            ++suspect.spared;
        }
    }
    for (const Tally& client : scene.clients)
        if (const auto number = scene.names.clients.find(client.name); number && listed[*number])
            suspect.clients.emplace_back(client.name);
}

Suspect suspectOf(const Scene& scene, Judgement judgement)
{
    Suspect suspect;
    suspect.cause = judgement.cause;
    suspect.confidence = judgement.confidence;
    suspect.score = judgement.score;
    suspect.source = sourceOf(scene, judgement);
    suspect.clues = std::move(judgement.clues);
    suspect.messages = scene.all.messages;
    suspect.recipients = scene.all.recipients;
    suspect.sent = scene.all.sent;
    suspect.deferred = scene.all.deferred;
    suspect.bounced = scene.all.bounced;
    suspect.rejected = scene.all.rejected;
    suspect.first = scene.first().at;
    suspect.last = scene.last().at;
    addMessages(scene, suspect);
    addNoticedIds(scene, suspect);
    return suspect;
}

bool isInnocent(Cause cause)
{
    return cause == Cause::LegitimateBulk || cause == Cause::SystemMail;
}

// Noticed before unnoticed, guilty causes before innocent ones, then by what speaks for them.
auto order(const Accused& accused)
{
    const Suspect& suspect = accused.suspect;
    const double noticed = static_cast<double>(accused.scene->noticedCount);
    return std::tuple(isInnocent(suspect.cause), noticed == 0, -noticed * (0.1 + suspect.score),
        -suspect.score, -static_cast<double>(suspect.messages), accused.scene->spamJourneys.front());
}

} // namespace

std::vector<Accused> findSuspects(const Background& background, std::stop_token stop)
{
    std::vector<Accused> found;
    for (const Origin& origin : background.sources.all) {
        if (stop.stop_requested())
            break;
        if (origin.journeys.empty())
            continue;
        if (!holdsNoticed(background, origin) && !isWorthALook(background, origin))
            continue;
        auto scene = look(background, origin);
        if (!scene)
            continue;
        Judgement judgement = judge(*scene);
        if (stop.stop_requested()) {
            base::discard(std::move(scene));
            break;
        }
        if (!standsOut(*scene, judgement))
            continue;
        Suspect suspect = suspectOf(*scene, std::move(judgement));
        found.push_back({std::move(suspect), std::move(scene)});
    }
    std::ranges::sort(found, {}, order);
    for (std::size_t i = 0; i < found.size(); ++i)
        found[i].suspect.rank = static_cast<int>(i) + 1;
    return found;
}

} // namespace sluicegate::attribution
