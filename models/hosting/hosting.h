// SPDX-License-Identifier: GPL-3.0-or-later
// The hosting side of a server: who owns a uid, which site has which document root.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::hosting {

/// A line of /etc/passwd.
struct Account {
    std::string user;
    std::uint32_t uid = 0;
    std::string home;
    std::string shell;
    bool operator==(const Account&) const = default;
};

/// One web site. On Plesk all sites of a subscription share one system user.
struct Site {
    std::string domain;
    std::string documentRoot;
    std::string user;
    bool operator==(const Site&) const = default;
};

struct Hosting {
    std::vector<Account> accounts;
    std::vector<Site> sites;

    const Account* byUid(std::uint32_t uid) const;
    const Account* byUser(std::string_view user) const;
    std::vector<const Site*> sitesOf(std::string_view user) const;
    const Site* siteOfPath(
        std::string_view absolutePath) const; // longest document root (or vhost home) above it
    const Site* byDomain(std::string_view domain) const;
};

std::vector<Account> readPasswd(std::string_view bytes);

/// Tab-separated rows "domain, document root or vhost home, login", as plesk db -Ne prints them.
std::vector<Site> readPleskSites(std::string_view bytes);

/// The domain a path belongs to by its place alone: /var/www/vhosts/D/..., /var/www/vhosts/system/D/...,
/// /home/USER/domains/D/..., /var/www/D/... and /srv/www/D/...; empty when the layout does not tell.
std::string_view domainOfPath(std::string_view absolutePath);

/// The home of the site a path lies in, by the same layouts: "/var/www/vhosts/D".
std::string_view homeOfPath(std::string_view absolutePath);

/// Without a panel's database: a site for each account whose home stands in such a layout, and for each of
/// `domains` (as seen in the names of web logs) that no known site has. Known sites are kept as they are.
void addSitesOfLayout(Hosting& hosting, const std::vector<std::string>& domains);

} // namespace sluicegate::hosting
