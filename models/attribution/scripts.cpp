// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/scripts.h"

#include "models/attribution/network.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_set>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::seconds;

// PHP stamps the log before it starts sendmail; pickup may take the message up to a minute later on a busy
// server.
constexpr seconds early {3};
constexpr seconds late {120};

std::string_view firstAddress(std::string_view to)
{
    if (const std::size_t open = to.find('<'); open != std::string_view::npos)
        return to.substr(open + 1, to.find('>', open) - open - 1);
    to = to.substr(0, to.find(','));
    while (!to.empty() && to.front() == ' ')
        to.remove_prefix(1);
    while (!to.empty() && to.back() == ' ')
        to.remove_suffix(1);
    return to;
}

Instant handedIn(const maillog::Journey& journey)
{
    return journey.arrived().value_or(journey.first());
}

struct Candidate {
    Instant at;
    std::uint32_t journey = 0;
    std::string_view user; // empty: unknown
    bool taken = false;
};

// By time; what lies before `next` is taken or too old for every later call.
struct Queue {
    std::vector<Candidate> list;
    std::size_t next = 0;
};

// Journeys that were picked up, by recipient.
using Candidates = std::unordered_map<std::string, Queue>;

Candidates candidatesOf(const Facts& facts, const Sources& sources)
{
    Candidates found;
    for (const Origin& origin : sources.all) {
        if (origin.path != Path::Pickup)
            continue;
        for (const std::uint32_t index : origin.journeys) {
            const maillog::Journey journey = facts.log->journey(index);
            std::string last;
            for (const maillog::Attempt& attempt : journey.attempts())
                if (std::string to = lowered(attempt.origTo.empty() ? attempt.to : attempt.origTo);
                    to != last) {
                    found[to].list.push_back({handedIn(journey), index, origin.name, false});
                    last = std::move(to);
                }
        }
    }
    for (auto& [to, queue] : found)
        std::ranges::sort(queue.list, {}, [](const Candidate& c) { return std::pair(c.at, c.journey); });
    return found;
}

// PHP writes date.timezone's name, which need not be the server's zone: the difference most calls agree on,
// in quarters of an hour.
seconds zoneError(const PhpMailLog& log, const Candidates& candidates)
{
    std::map<std::int64_t, int> votes;
    std::size_t asked = 0;
    for (const hosting::PhpMail& mail : log.mails) {
        const auto found = candidates.find(lowered(firstAddress(mail.to)));
        if (found == candidates.end() || found->second.list.size() > 3)
            continue;
        for (const Candidate& candidate : found->second.list) {
            const auto difference = std::chrono::floor<seconds>(candidate.at - mail.at).count();
            const auto quarters = (difference + (difference < 0 ? -450 : 450)) / 900;
            if (std::abs(quarters) <= 4 * 14 && std::abs(difference - quarters * 900) <= late.count())
                ++votes[quarters];
        }
        if (++asked == 500)
            break;
    }
    const auto best = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    if (best == votes.end() || votes[0] >= best->second)
        return {};
    return seconds(best->first * 900);
}

// A pool runs as its subscription's user: another user's message is not of this script, be it to the same
// recipient.
Candidate* nearest(Queue& queue, Instant at, std::string_view user)
{
    auto& [list, next] = queue;
    while (next < list.size() && (list[next].taken || list[next].at < at - early))
        ++next;
    constexpr std::size_t most = 1000; // of others' messages to one recipient within two minutes
    const std::size_t end = std::min(list.size(), next + most);
    for (std::size_t i = next; i < end && list[i].at <= at + late; ++i)
        if (!list[i].taken && (user.empty() || list[i].user.empty() || user == list[i].user))
            return &list[i];
    return nullptr;
}

// Whose site a script lies in; empty where another user may run it: mod_php's www-data, or nobody known.
class ScriptOwners {
public:
    explicit ScriptOwners(const Facts& facts, const Sources& sources) : m_hosting(facts.hosting)
    {
        for (const Origin& origin : sources.all)
            if (origin.path == Path::Pickup)
                m_senders.insert(origin.name);
    }
    std::string_view of(const std::string& script)
    {
        const auto [at, isNew] = m_known.try_emplace(script);
        if (isNew)
            if (const hosting::Site* site = m_hosting.siteOfPath(script);
                site && m_senders.contains(site->user))
                at->second = site->user;
        return at->second;
    }

private:
    const hosting::Hosting& m_hosting;
    std::unordered_set<std::string_view> m_senders; // users that handed in mail
    std::unordered_map<std::string_view, std::string_view> m_known;
};

// By the id the script set; the first call takes all messages of its id. These go first, so that no call
// without an id is given their messages.
void matchIds(const PhpMailLog& log, const Facts& facts, std::unordered_set<const hosting::PhpMail*>& matched,
    std::unordered_set<std::string_view>& seenIds, Scripts& scripts)
{
    for (const hosting::PhpMail& mail : log.mails) {
        if (mail.messageId.empty() || !seenIds.insert(mail.messageId).second)
            continue;
        for (const std::uint32_t index : facts.log->findMessageId(mail.messageId))
            if (facts.log->journey(index).entry() == maillog::Entry::Pickup
                && scripts.calls.try_emplace(index, PhpCall {&log, &mail}).second)
                matched.insert(&mail);
    }
}

void takeMatched(Candidates& candidates, const Scripts& scripts)
{
    for (auto& [to, queue] : candidates)
        for (Candidate& candidate : queue.list)
            candidate.taken = scripts.calls.contains(candidate.journey);
}

void matchTimes(const PhpMailLog& log, Candidates& candidates, ScriptOwners& owners,
    const std::unordered_set<const hosting::PhpMail*>& matched, Scripts& scripts)
{
    const seconds error = zoneError(log, candidates);
    for (const hosting::PhpMail& mail : log.mails) {
        if (matched.contains(&mail))
            continue;
        const auto found = candidates.find(lowered(firstAddress(mail.to)));
        if (found == candidates.end())
            continue;
        if (Candidate* candidate = nearest(found->second, mail.at + error, owners.of(mail.script))) {
            candidate->taken = true;
            scripts.calls.try_emplace(candidate->journey, PhpCall {&log, &mail});
        }
    }
}

// What hangs on a message goes where the message went: its notices, and its life behind a content filter.
void followParents(Sources& sources, const maillog::History& log)
{
    std::vector<std::uint32_t> bounces;
    for (Origin& origin : sources.all) {
        bounces.insert(bounces.end(), origin.bounces.begin(), origin.bounces.end());
        origin.bounces.clear();
    }
    std::ranges::sort(bounces);
    for (const std::uint32_t bounce : bounces) {
        if (const auto parent = log.journey(bounce).parent())
            sources.ofJourney[bounce] = sources.ofJourney[*parent];
        sources.all[sources.ofJourney[bounce]].bounces.push_back(bounce);
    }
    for (std::uint32_t i = 0; i < sources.onward.size(); ++i)
        if (sources.onward[i] != 0)
            sources.ofJourney[sources.onward[i]] = sources.ofJourney[i];
}

std::string plainScript(std::string script)
{
    if (const std::size_t eval = script.find("(1) : eval()'d"); eval != std::string::npos)
        script.resize(eval);
    return script;
}

} // namespace

Scripts findScripts(const Facts& facts, const Sources& sources)
{
    Scripts scripts;
    if (!facts.phpMailLogs.empty()) {
        Candidates candidates = candidatesOf(facts, sources);
        ScriptOwners owners(facts, sources);
        std::unordered_set<std::string_view> seenIds;
        std::unordered_set<const hosting::PhpMail*> matched;
        for (const PhpMailLog& log : facts.phpMailLogs)
            matchIds(log, facts, matched, seenIds, scripts);
        takeMatched(candidates, scripts);
        for (const PhpMailLog& log : facts.phpMailLogs)
            matchTimes(log, candidates, owners, matched, scripts);
    }
    for (const auto& [queueId, queued] : facts.queued) {
        if (queued.inspection.origin.script.empty())
            continue;
        const auto lives = facts.log->findQueueId(queueId);
        if (!lives.empty()) // a queued message is the id's newest life
            scripts.named.emplace(lives.back(), plainScript(queued.inspection.origin.script));
    }
    return scripts;
}

void divideByScript(Sources& sources, const Scripts& scripts, const maillog::History& log)
{
    if (scripts.calls.empty())
        return;
    const std::size_t known = sources.all.size();
    std::map<std::pair<std::uint32_t, std::string_view>, std::uint32_t> parts;
    for (std::uint32_t source = 0; source < known; ++source) {
        if (sources.all[source].path != Path::Pickup)
            continue;
        std::vector<std::uint32_t> rest;
        const std::vector<std::uint32_t> journeys = std::move(sources.all[source].journeys);
        for (const std::uint32_t journey : journeys) {
            const auto call = scripts.calls.find(journey);
            if (call == scripts.calls.end() || isMailLibrary(call->second.mail->script)) {
                rest.push_back(journey);
                continue;
            }
            const auto next = static_cast<std::uint32_t>(sources.all.size());
            const auto [at, isNew] = parts.try_emplace({source, call->second.mail->script}, next);
            if (isNew) {
                Origin part {
                    .path = Path::Pickup, .name = sources.all[source].name, .uid = sources.all[source].uid};
                part.script = call->second.mail->script;
                sources.all.push_back(std::move(part));
            }
            sources.all[at->second].journeys.push_back(journey);
            sources.ofJourney[journey] = at->second;
        }
        sources.all[source].journeys = std::move(rest);
    }
    followParents(sources, log);
}

bool isMailLibrary(std::string_view script)
{
    static constexpr std::array<std::string_view, 12> files {"phpmailer.php", "class-phpmailer.php",
        "class.phpmailer.php", "class-wp-phpmailer.php", "pluggable.php", "mail.php", "sendmailtransport.php",
        "mailtransport.php", "simplemailinvoker.php", "phpmail.php", "sendmail.php",
        "nativemailerhandler.php"};
    const std::string name = lowered(script.substr(script.rfind('/') + 1));
    if (std::ranges::find(files, name) == files.end())
        return false;
    // A lone "mail.php" in a site's root is a form of its own; a library has its folder.
    static constexpr std::array<std::string_view, 7> folders {
        "/phpmailer/", "/wp-includes/", "/vendor/", "/libraries/", "/swift", "/lib/", "/pear/"};
    const std::string path = lowered(script);
    return std::ranges::any_of(
        folders, [&](std::string_view folder) { return path.find(folder) != std::string::npos; });
}

} // namespace sluicegate::attribution
