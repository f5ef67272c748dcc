// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that name accounts and sites: /etc/passwd, and Plesk's database as rows.
#include "models/hosting/hosting.h"
#include "models/hosting/scan.h"

namespace sluicegate::hosting {

std::vector<Account> readPasswd(std::string_view bytes)
{
    std::vector<Account> accounts;
    while (!bytes.empty()) {
        std::string_view line = scan::takeLine(bytes);
        const std::string_view user = scan::takeUntil(line, ':');
        scan::takeUntil(line, ':'); // password, or x
        const auto uid = scan::number<std::uint32_t>(scan::takeUntil(line, ':'));
        scan::takeUntil(line, ':'); // group
        scan::takeUntil(line, ':'); // comment
        const std::string_view home = scan::takeUntil(line, ':');
        if (!user.empty() && uid && home.starts_with('/'))
            accounts.push_back({std::string(user), *uid, std::string(home), std::string(line)});
    }
    return accounts;
}

namespace {

// "plesk db" without -Ne frames its rows with | and rules of +---+.
std::vector<std::string_view> columns(std::string_view line)
{
    std::vector<std::string_view> cells;
    const char separator = line.find('\t') == std::string_view::npos && line.starts_with('|') ? '|' : '\t';
    if (separator == '|')
        line.remove_prefix(1);
    while (!line.empty() && cells.size() < 8)
        cells.push_back(scan::trim(scan::takeUntil(line, separator)));
    return cells;
}

} // namespace

std::vector<Site> readPleskSites(std::string_view bytes)
{
    std::vector<Site> sites;
    while (!bytes.empty()) {
        const auto cells = columns(scan::takeLine(bytes));
        if (cells.size() < 3 || cells[0].empty() || !cells[1].starts_with('/') || cells[2].empty())
            continue;
        std::string_view root = cells[1];
        while (root.size() > 1 && root.ends_with('/'))
            root.remove_suffix(1);
        sites.push_back({std::string(cells[0]), std::string(root), std::string(cells[2])});
    }
    return sites;
}

} // namespace sluicegate::hosting
