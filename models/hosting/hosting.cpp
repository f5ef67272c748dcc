// SPDX-License-Identifier: GPL-3.0-or-later
// Whose uid, whose path: look-ups over accounts and sites.
#include "models/hosting/hosting.h"

#include <algorithm>
#include <array>

namespace sluicegate::hosting {

namespace {

bool liesIn(std::string_view path, std::string_view folder)
{
    return !folder.empty() && path.starts_with(folder)
        && (path.size() == folder.size() || path[folder.size()] == '/' || folder.ends_with('/'));
}

// A name with a dot inside and nothing that no domain has: "default", "system", "html" and "chroot" are none.
bool isDomain(std::string_view name)
{
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 2 >= name.size() || name.size() > 253)
        return false;
    return std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.'
            || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    });
}

std::string_view firstPart(std::string_view path)
{
    return path.substr(0, path.find('/'));
}

struct Place {
    std::string_view home;
    std::string_view domain;
};

Place placeBelow(std::string_view path, std::string_view prefix)
{
    const std::string_view name = firstPart(path.substr(prefix.size()));
    if (!isDomain(name))
        return {};
    return {path.substr(0, prefix.size() + name.size()), name};
}

Place placeOf(std::string_view path)
{
    static constexpr std::array<std::string_view, 6> prefixes {"/var/www/vhosts/system/", "/var/www/vhosts/",
        "/var/www/virtual/", "/var/www/", "/srv/www/", "/usr/local/www/"};
    for (const std::string_view prefix : prefixes)
        if (path.starts_with(prefix))
            if (const Place place = placeBelow(path, prefix); !place.domain.empty())
                return place;
    // DirectAdmin: /home/USER/domains/DOMAIN/public_html.
    static constexpr std::string_view middle = "/domains/";
    if (path.starts_with("/home/")) {
        const std::size_t at = path.find(middle);
        if (at != std::string_view::npos)
            return placeBelow(path, path.substr(0, at + middle.size()));
    }
    return {};
}

} // namespace

const Account* Hosting::byUid(std::uint32_t uid) const
{
    const auto found = std::ranges::find(accounts, uid, &Account::uid);
    return found == accounts.end() ? nullptr : &*found;
}

const Account* Hosting::byUser(std::string_view user) const
{
    const auto found = std::ranges::find(accounts, user, &Account::user);
    return found == accounts.end() ? nullptr : &*found;
}

std::vector<const Site*> Hosting::sitesOf(std::string_view user) const
{
    std::vector<const Site*> found;
    for (const Site& site : sites)
        if (!user.empty() && site.user == user)
            found.push_back(&site);
    return found;
}

const Site* Hosting::siteOfPath(std::string_view absolutePath) const
{
    const Site* best = nullptr;
    for (const Site& site : sites)
        if (liesIn(absolutePath, site.documentRoot)
            && (!best || best->documentRoot.size() < site.documentRoot.size()))
            best = &site;
    return best ? best : byDomain(domainOfPath(absolutePath));
}

const Site* Hosting::byDomain(std::string_view domain) const
{
    const auto found = std::ranges::find(sites, domain, &Site::domain);
    return found == sites.end() || domain.empty() ? nullptr : &*found;
}

std::string_view domainOfPath(std::string_view absolutePath)
{
    return placeOf(absolutePath).domain;
}

std::string_view homeOfPath(std::string_view absolutePath)
{
    return placeOf(absolutePath).home;
}

void addSitesOfLayout(Hosting& hosting, const std::vector<std::string>& domains)
{
    for (const Account& account : hosting.accounts) {
        const std::string_view domain = domainOfPath(account.home);
        if (domain.empty() || !hosting.sitesOf(account.user).empty())
            continue;
        const auto known = std::ranges::find(hosting.sites, domain, &Site::domain);
        if (known == hosting.sites.end())
            hosting.sites.push_back({std::string(domain), account.home, account.user});
        else if (known->user.empty()
            || known->user == "root") // a folder of root's says nothing of whose site it is
            known->user = account.user;
    }
    for (const std::string& domain : domains) {
        if (!isDomain(domain) || hosting.byDomain(domain))
            continue;
        // Plesk keeps a subscription's sites below the home of its first one; without the database only a
        // subdomain shows whose it is.
        const Site* parent = nullptr;
        for (std::size_t dot = domain.find('.'); dot != std::string::npos && !parent;
            dot = domain.find('.', dot + 1))
            parent = hosting.byDomain(std::string_view(domain).substr(dot + 1));
        hosting.sites.push_back({domain, "/var/www/vhosts/" + domain, parent ? parent->user : std::string()});
    }
}

} // namespace sluicegate::hosting
