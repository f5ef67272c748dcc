// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/requests.h"

#include "models/attribution/network.h"

#include <algorithm>
#include <map>
#include <set>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::seconds;

constexpr seconds near {2};
constexpr seconds after {120};

struct Asked {
    Instant at;
    const SiteRequests* log = nullptr;
    const hosting::Request* request = nullptr;
};

std::string_view fileName(std::string_view path)
{
    return path.substr(path.rfind('/') + 1);
}

// With nginx in front of Apache a request stands in both logs; nginx' has the client's own address.
std::set<std::string> domainsBehindProxy(const Facts& facts)
{
    std::set<std::string> domains;
    for (const SiteRequests& site : facts.requests)
        if (fileName(site.file).starts_with("proxy_access") && !site.log.requests.empty())
            domains.insert(site.domain);
    return domains;
}

bool mayBeSource(const Scene& scene, const SiteRequests& site)
{
    if (scene.sites.empty())
        return true;
    return std::ranges::any_of(
        scene.sites, [&](const hosting::Site* known) { return related(site.domain, known->domain); });
}

using Endpoints = std::map<std::pair<std::string, std::string>, std::vector<Asked>>;

// Requests to one site within the time of the spam, by domain and endpoint.
Endpoints collect(Scene& scene)
{
    Endpoints found;
    const Instant from = scene.first().at - after;
    const Instant to = scene.last().at + near;
    for (const SiteRequests* site : logsOf(scene)) {
        for (const hosting::Request& request : site->log.requests) {
            if (request.at < from || request.at > to)
                continue;
            scene.webLogsCover = true;
            if (canWrite(request))
                found[{site->domain, endpointOf(request.target)}].push_back({request.at, site, &request});
        }
    }
    for (auto& [key, asked] : found)
        std::ranges::stable_sort(asked, {}, &Asked::at);
    return found;
}

// First of the spam not before `at`. Requests are walked and messages searched, not the other way round: a
// flood of made-up addresses has as many endpoints as requests.
std::size_t firstSpam(const Scene& scene, Instant at, std::size_t from)
{
    const auto begin = scene.spam.begin() + static_cast<std::ptrdiff_t>(from);
    const auto found = std::ranges::lower_bound(
        begin, scene.spam.end(), at, {}, [&](std::uint32_t index) { return scene.rows[index].at; });
    return static_cast<std::size_t>(found - scene.spam.begin());
}

// Every request takes the first free message within reach.
void pairUp(const Scene& scene, const std::vector<Asked>& asked, EndpointMatch& match)
{
    std::size_t free = 0;
    for (const Asked& one : asked) {
        free = firstSpam(scene, one.at - near, free);
        if (free == scene.spam.size())
            break;
        // The web server's stamp has whole seconds: a message at 10:00:02.9 is two seconds after it.
        if (scene.rows[scene.spam[free]].at < one.at + near + seconds(1))
            match.pairs.push_back({scene.spam[free++], one.log, one.request});
    }
    match.paired = match.pairs.size();
}

void follow(const Scene& scene, const std::vector<Asked>& asked, EndpointMatch& match)
{
    std::size_t counted = 0; // messages before this one are counted, or precede every request so far
    for (const Asked& one : asked) {
        counted = firstSpam(scene, one.at - near, counted);
        const std::size_t end = firstSpam(scene, one.at + after, counted);
        match.followed += end - counted;
        counted = end;
    }
}

std::vector<Tally> clientsOf(const std::vector<Asked>& asked)
{
    std::map<std::string_view, std::uint64_t> counts;
    for (const Asked& one : asked)
        ++counts[one.request->ip];
    std::vector<Tally> clients;
    for (const auto& [ip, count] : counts)
        clients.push_back({ip, count, 0});
    std::ranges::stable_sort(clients, std::greater {}, &Tally::count);
    return clients;
}

EndpointMatch matchOf(const Scene& scene, const std::string& domain, const std::string& endpoint,
    const std::vector<Asked>& asked)
{
    EndpointMatch match {.domain = domain,
        .endpoint = endpoint,
        .script = scriptPath(scene.facts().hosting, domain, endpoint)};
    match.requests = asked.size();
    match.clients = clientsOf(asked);
    pairUp(scene, asked, match);
    follow(scene, asked, match);
    for (std::size_t i = 0; i < asked.size() && i < 5; ++i)
        match.examples.emplace_back(asked[i].log, asked[i].request);
    return match;
}

// How well requests explain the messages: one to one first; a program in a data folder may write many.
double worth(const Scene& scene, const EndpointMatch& match)
{
    const auto mails = static_cast<double>(scene.spam.size());
    const double explained = static_cast<double>(match.paired) / mails;
    const double used = static_cast<double>(match.paired) / static_cast<double>(match.requests);
    if (isProgram(match.endpoint.substr(0, match.endpoint.find('?'))) && !dataFolder(match.endpoint).empty())
        return 1 + static_cast<double>(match.followed) / mails;
    return explained * (0.25 + 0.75 * used) + (isKnownForm(match.endpoint) ? 0.1 * explained : 0);
}

} // namespace

std::vector<const SiteRequests*> logsOf(const Scene& scene)
{
    std::vector<const SiteRequests*> logs;
    const auto proxied = domainsBehindProxy(scene.facts());
    for (const SiteRequests& site : scene.facts().requests) {
        const bool twin = fileName(site.file).starts_with("access") && proxied.contains(site.domain);
        if (!twin && mayBeSource(scene, site))
            logs.push_back(&site);
    }
    return logs;
}

// nginx answers 499 when the client left early; the script may have run.
bool canWrite(const hosting::Request& request)
{
    if (request.status >= 400 && request.status != 499 && request.status < 500)
        return false;
    if (request.method == "POST")
        return request.target.find("wp-cron.php") == std::string_view::npos;
    const std::string_view path = request.target.substr(0, request.target.find('?'));
    return request.method == "GET" && isProgram(path) && !dataFolder(path).empty();
}

std::string scriptPath(
    const hosting::Hosting& hosting, const std::string& domain, const std::string& endpoint)
{
    const std::string path = endpoint.substr(0, endpoint.find('?'));
    const hosting::Site* site = hosting.byDomain(domain);
    if (!site || !isProgram(path) || path.find("..") != std::string::npos)
        return {};
    std::string root = site->documentRoot;
    // A home is known rather than a document root: Plesk's sites live in httpdocs below it.
    if (root == hosting::homeOfPath(root))
        root += "/httpdocs";
    return root + path;
}

void findSites(Scene& scene)
{
    const hosting::Hosting& hosting = scene.facts().hosting;
    if (!scene.origin.script.empty())
        if (const hosting::Site* site = hosting.siteOfPath(scene.origin.script)) {
            scene.sites = {site};
            scene.site = site->domain;
            return;
        }
    if (scene.origin.uid && !scene.origin.name.empty())
        scene.sites = hosting.sitesOf(scene.origin.name);
    if (scene.sites.size() == 1)
        scene.site = scene.sites.front()->domain;
}

void matchRequests(Scene& scene)
{
    scene.endpoints.clear();
    if (scene.spam.empty())
        return;
    const Endpoints endpoints = collect(scene);
    for (const auto& [key, asked] : endpoints) {
        EndpointMatch match = matchOf(scene, key.first, key.second, asked);
        if (match.paired > 0 || match.followed > 0)
            scene.endpoints.push_back(std::move(match));
    }
    std::ranges::stable_sort(
        scene.endpoints, std::greater {}, [&](const EndpointMatch& match) { return worth(scene, match); });
    if (scene.endpoints.size() > 8)
        scene.endpoints.resize(8);
}

} // namespace sluicegate::attribution
