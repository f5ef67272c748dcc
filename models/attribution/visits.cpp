// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/visits.h"

#include "models/attribution/network.h"
#include "models/attribution/requests.h"

#include <algorithm>
#include <array>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr minutes visit {30};
constexpr std::uint64_t postsOfPeople = 4; // somebody may mistype, or share the address with others

// Where nothing can be measured: a mail follows its request at once; the web server's stamp has whole
// seconds.
constexpr seconds usually {3};
constexpr seconds before {2};

bool isAsset(std::string_view target)
{
    const std::string path = lowered(target.substr(0, target.find('?')));
    static constexpr std::array<std::string_view, 12> endings {
        ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".woff", ".woff2", ".ico"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return path.ends_with(ending); });
}

} // namespace

Visits::Visits(const Scene& scene, const EndpointMatch& misused)
    : m_usual(usually), m_late(usually), m_early(before)
{
    for (const Tally& client : misused.clients)
        m_reading[client.name];
    for (const SiteRequests* site : logsOf(scene))
        for (const hosting::Request& request : site->log.requests)
            add(*site, request, misused);
    std::ranges::stable_sort(m_all, {}, &Visit::at);
    findPeople();
    measureDelay(scene);
}

std::span<const Visit> Visits::around(Instant at) const
{
    return within(at - m_late, at + m_early);
}

std::span<const Visit> Visits::closeTo(Instant at) const
{
    return within(at - m_usual, at + m_early);
}

std::span<const Visit> Visits::within(Instant from, Instant to) const
{
    const auto begin = std::ranges::lower_bound(m_all, from, {}, &Visit::at);
    const auto end = std::ranges::upper_bound(begin, m_all.end(), to, {}, &Visit::at);
    return {begin, end};
}

void Visits::add(const SiteRequests& site, const hosting::Request& request, const EndpointMatch& misused)
{
    const bool isHere = site.domain == misused.domain;
    const bool writes = canWrite(request);
    std::string endpoint = writes ? endpointOf(request.target) : std::string();
    const bool isMisuse = writes && isHere && endpoint == misused.endpoint;
    if (writes)
        m_all.push_back(
            {.at = request.at, .request = &request, .endpoint = site.domain + endpoint, .misuse = isMisuse});
    const auto found = m_reading.find(request.ip);
    if (found == m_reading.end())
        return;
    Reading& reading = found->second;
    if (isMisuse)
        ++reading.posts;
    else if (request.method != "GET" || request.status >= 400)
        return;
    else if (isAsset(request.target))
        reading.assets.push_back(request.at);
    else if (pathOf(request.target) != pathOf(misused.endpoint))
        reading.pages.push_back(request.at);
}

// Bots go straight to the form, or fetch it first; people read a site, and their browsers load what its pages
// are made of. A browser that has been here before need not load that again.
bool Visits::hasRead(const Visit& visited, bool alsoAssets) const
{
    const auto found = m_reading.find(visited.request->ip);
    if (found == m_reading.end())
        return false;
    const Reading& reading = found->second;
    const auto during = [&](const std::vector<Instant>& times) {
        return static_cast<std::size_t>(std::ranges::count_if(
            times, [&](Instant at) { return at <= visited.at && at >= visited.at - visit; }));
    };
    if (reading.posts > postsOfPeople)
        return false;
    const std::size_t assets = during(reading.assets);
    return alsoAssets ? assets > 0 && assets + during(reading.pages) >= 3
                      : assets > 0 || during(reading.pages) >= 2;
}

// Where many do read, it tells nothing: then their browsers must show, and if most load everything, nobody is
// told apart by it.
void Visits::findPeople()
{
    const auto mark = [this](bool alsoAssets) {
        std::size_t people = 0;
        std::size_t misuses = 0;
        for (Visit& each : m_all)
            if (each.misuse) {
                each.maybePerson = hasRead(each, alsoAssets);
                people += each.maybePerson ? 1 : 0;
                ++misuses;
            }
        return people * 5 <= misuses;
    };
    if (!mark(false))
        mark(true);
    std::map<std::string_view, bool> isBot;
    for (const Visit& each : m_all)
        if (each.misuse && !each.maybePerson)
            isBot[each.request->ip] = true;
    for (Visit& each : m_all)
        if (!each.misuse)
            each.maybePerson = !isBot.contains(each.request->ip);
}

// Postfix' pickup(8) is woken by postdrop(1) at once, and looks by itself every minute; how long the site
// takes to write a message differs from server to server. Told by requests that were not followed by another
// for a while.
void Visits::measureDelay(const Scene& scene)
{
    constexpr std::size_t few = 5;
    constexpr seconds alone {2};
    constexpr seconds longest {10};
    std::vector<Instant::duration> delays;
    std::size_t sooner = 0; // messages that stand before their request, ...
    std::size_t later = 0; // ... and behind it, where no other request came shortly before
    for (const std::uint32_t index : scene.spam) {
        const Instant at = scene.rows[index].at;
        const auto next = std::ranges::upper_bound(m_all, at, {}, &Visit::at);
        if (next == m_all.begin() || at - (next - 1)->at > longest) {
            sooner += next != m_all.end() && next->at - at <= before ? 1 : 0;
            continue;
        }
        const auto last = next - 1;
        const Instant::duration delay = at - last->at;
        if (last->misuse && (next == m_all.end() || next->at - last->at >= alone))
            delays.push_back(delay);
        if (next != m_all.end() && delay > alone && next->at - at <= before)
            ++sooner;
        if (delay <= alone && (last == m_all.begin() || last->at - (last - 1)->at >= alone))
            ++later;
    }
    if (delays.size() < few)
        return;
    const Instant::duration most = std::ranges::max(delays);
    m_usual = most + milliseconds(500);
    m_late = std::max<Instant::duration>(usually, 2 * most + seconds(1));
    // Apache's %t is the time the request came, nginx' $time_local the one when it was answered.
    if (later >= 3 && sooner * 10 <= later)
        m_early = Instant::duration::zero();
}

} // namespace sluicegate::attribution
