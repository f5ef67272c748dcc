// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/attribution/visitors.h"

#include "models/attribution/network.h"
#include "models/attribution/requests.h"
#include "models/attribution/split.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <unordered_map>

namespace sluicegate::attribution {

namespace {

using base::Instant;
using std::chrono::minutes;
using std::chrono::seconds;

// A mail follows its request at once; the web server's stamp has whole seconds.
constexpr seconds before {3};
constexpr seconds after {2};
constexpr minutes visit {30};
constexpr std::size_t pagesOfAReader = 3;
constexpr std::uint64_t postsOfAReader = 2; // somebody may mistype once

bool isAsset(std::string_view target)
{
    const std::string path = lowered(target.substr(0, target.find('?')));
    static constexpr std::array<std::string_view, 12> endings {
        ".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".woff", ".woff2", ".ico"};
    return std::ranges::any_of(endings, [&](std::string_view ending) { return path.ends_with(ending); });
}

// The requests of one site, divided by the misused form.
class Visits {
public:
    Visits(const Scene& scene, const EndpointMatch& misused)
    {
        for (const Tally& client : misused.clients)
            m_posts[client.name] = client.count;
        for (const SiteRequests* site : logsOf(scene))
            if (site->domain == misused.domain)
                for (const hosting::Request& request : site->log.requests)
                    add(request, misused);
        std::ranges::stable_sort(m_misuses, {}, &hosting::Request::at);
        std::ranges::stable_sort(m_others, {}, &hosting::Request::at);
        findReaders();
    }

    /// Bots that load the pages as well cannot be told from people by it.
    bool readersAreFew() const
    {
        const auto theirs = std::ranges::count_if(
            m_misuses, [&](const hosting::Request& request) { return m_readers.contains(request.ip); });
        return static_cast<std::size_t>(theirs) * 5 <= m_misuses.size();
    }

    bool isAsked(Instant at) const { return !around(m_misuses, at).empty(); }
    bool hasOther(Instant at) const { return !around(m_others, at).empty(); }

    /// Every request that can have written a message of that time is an honest one, and there is one.
    bool isHonest(Instant at) const
    {
        const auto misuses = around(m_misuses, at);
        const auto others = around(m_others, at);
        const auto isReaders
            = [&](const hosting::Request& request) { return m_readers.contains(request.ip); };
        const auto isStrangers
            = [&](const hosting::Request& request) { return !m_posts.contains(request.ip); };
        if (!misuses.empty())
            return std::ranges::all_of(misuses, isReaders);
        return !others.empty() && std::ranges::all_of(others, isStrangers);
    }

private:
    struct Reading {
        std::vector<Instant> pages;
        std::vector<Instant> assets;
        std::vector<Instant> posts;
    };

    void add(const hosting::Request& request, const EndpointMatch& misused)
    {
        const bool isMisuse = canWrite(request) && endpointOf(request.target) == misused.endpoint;
        if (isMisuse)
            m_misuses.push_back(request);
        else if (canWrite(request))
            m_others.push_back(request);
        const auto posts = m_posts.find(request.ip);
        if (posts == m_posts.end() || posts->second > postsOfAReader)
            return;
        Reading& reading = m_reading[request.ip];
        if (isMisuse)
            reading.posts.push_back(request.at);
        else if (request.method != "GET" || request.status >= 400)
            return;
        else if (isAsset(request.target))
            reading.assets.push_back(request.at);
        else if (pathOf(request.target) != pathOf(misused.endpoint))
            reading.pages.push_back(request.at);
    }

    void findReaders()
    {
        for (const auto& [ip, reading] : m_reading) {
            const auto within = [&](const std::vector<Instant>& times, Instant post) {
                return static_cast<std::size_t>(std::ranges::count_if(
                    times, [&](Instant at) { return at <= post && at >= post - visit; }));
            };
            const bool readsFirst = std::ranges::all_of(reading.posts, [&](Instant post) {
                const std::size_t assets = within(reading.assets, post);
                return assets > 0 && assets + within(reading.pages, post) >= pagesOfAReader;
            });
            if (readsFirst)
                m_readers.insert(ip);
        }
    }

    static std::span<const hosting::Request> around(const std::vector<hosting::Request>& requests, Instant at)
    {
        const auto begin = std::ranges::lower_bound(requests, at - before, {}, &hosting::Request::at);
        const auto end
            = std::ranges::upper_bound(begin, requests.end(), at + after, {}, &hosting::Request::at);
        return {begin, end};
    }

    std::map<std::string_view, std::uint64_t> m_posts; // to the misused form
    std::map<std::string_view, Reading> m_reading;
    std::set<std::string_view> m_readers;
    std::vector<hosting::Request> m_misuses;
    std::vector<hosting::Request> m_others;
};

// Many clients, many of whose requests the form answered with mail: not a script that its owner's enemy
// calls.
bool isMisusedForm(const Scene& scene, const EndpointMatch& match)
{
    return dataFolder(match.endpoint).empty() && match.paired * 10 >= scene.spam.size() * 3;
}

// An application words its messages by what they are about: what it also writes when the misused form was not
// asked is not the form's. In every language: what differs between two messages is left out, words are not
// looked at.
std::string templateOf(std::string_view subject)
{
    std::string words;
    bool quoted = false;
    for (const char c : subject.substr(0, 200)) {
        quoted = quoted != (c == '"');
        if (!quoted && (c < '0' || c > '9'))
            words += c;
    }
    return words;
}

class OtherTemplates {
public:
    OtherTemplates(const Scene& scene, const Visits& visits) : m_scene(scene)
    {
        for (const auto& [id, queued] : scene.facts().queued)
            if (const auto lives = scene.log().findQueueId(id); !lives.empty())
                for (const message::Field& field : queued.inspection.fields)
                    if (field.name == "Subject")
                        m_queued.emplace(lives.back(), field.value);
        for (const Row& row : scene.rows)
            if (const std::string_view subject = subjectOf(row);
                !subject.empty() && !row.noticed && visits.hasOther(row.at) && !visits.isAsked(row.at))
                m_others.insert(templateOf(subject));
        for (const Row& row : scene.rows)
            if (row.noticed)
                m_others.erase(templateOf(subjectOf(row)));
    }
    bool contain(const Row& row) const
    {
        const std::string_view subject = subjectOf(row);
        return !subject.empty() && m_others.contains(templateOf(subject));
    }

private:
    std::string_view subjectOf(const Row& row) const
    {
        const auto& calls = m_scene.background.scripts.calls;
        if (const auto call = calls.find(row.journey); call != calls.end())
            return call->second.mail->subject;
        const auto queued = m_queued.find(row.journey);
        return queued == m_queued.end() ? std::string_view() : queued->second;
    }

    const Scene& m_scene;
    std::unordered_map<std::uint32_t, std::string> m_queued; // by journey
    std::set<std::string> m_others;
};

} // namespace

bool spareVisitors(Scene& scene)
{
    const bool byProgram = scene.origin.path == Path::Pickup || scene.origin.path == Path::LocalSmtp;
    if (!byProgram || scene.endpoints.empty() || !isMisusedForm(scene, scene.endpoints.front()))
        return false;
    const Visits visits(scene, scene.endpoints.front());
    const OtherTemplates others(scene, visits);
    const bool tellsReaders = visits.readersAreFew();
    std::vector<std::uint32_t> honest;
    for (const std::uint32_t index : scene.spam)
        if (const Row& row = scene.rows[index]; !row.noticed
            && ((tellsReaders && visits.isHonest(row.at))
                || (visits.hasOther(row.at) && others.contain(row))))
            honest.push_back(index);
    if (honest.empty() || honest.size() * 5 > scene.spam.size())
        return false;
    for (const std::uint32_t index : honest)
        scene.rows[index].spam = false;
    collectSpam(scene);
    return true;
}

} // namespace sluicegate::attribution
