// SPDX-License-Identifier: GPL-3.0-or-later
// What a misused site was asked, by whom, and how long after it a message comes on this server.
#pragma once

#include "models/attribution/scene.h"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::attribution {

/// A request that can have written mail.
struct Visit {
    base::Instant at;
    const hosting::Request* request = nullptr;
    std::string endpoint {}; // with its domain: "shop.example/contact.php"
    bool misuse = false; // asks the misused form
    bool maybePerson = false; // reads before it writes, or never touched the misused form
};

/// The requests of the source's sites, divided by the misused form.
class Visits {
public:
    Visits(const Scene& scene, const EndpointMatch& misused);

    const std::vector<Visit>& all() const { return m_all; }
    /// Those that can have written a message of that time, however busy the server was.
    std::span<const Visit> around(base::Instant at) const;
    /// Those that it usually is one of.
    std::span<const Visit> closeTo(base::Instant at) const;

private:
    struct Reading {
        std::vector<base::Instant> pages;
        std::vector<base::Instant> assets;
        std::uint64_t posts = 0; // to the misused form
    };

    void add(const SiteRequests& site, const hosting::Request& request, const EndpointMatch& misused);
    void findPeople();
    bool hasRead(const Visit& visit, bool alsoAssets) const;
    void measureDelay(const Scene& scene);
    std::span<const Visit> within(base::Instant from, base::Instant to) const;

    std::map<std::string_view, Reading> m_reading; // by client
    std::vector<Visit> m_all; // by time
    base::Instant::duration m_usual; // a message comes no later after its request, but for a busy moment
    base::Instant::duration m_late; // or then
    base::Instant::duration m_early; // the web server may write its line when the request has ended
};

} // namespace sluicegate::attribution
