// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bundle.h"

#include "models/evidence/logname.h"
#include "models/evidence/output.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

namespace sluicegate::evidence {

namespace {

struct LogFile {
    const Item* item;
    LogName name;
    IsMailLog kind;
};

// The last line of a plain file, or what of it stands in its last 4 KiB.
std::string lastLine(const std::filesystem::path& file)
{
    std::ifstream stream(file, std::ios::binary | std::ios::ate);
    const auto size = static_cast<std::streamoff>(stream.tellg());
    if (!stream || size <= 0)
        return {};
    std::string tail(static_cast<std::size_t>(std::min<std::streamoff>(size, 4096)), '\0');
    stream.seekg(size - static_cast<std::streamoff>(tail.size()));
    stream.read(tail.data(), static_cast<std::streamsize>(tail.size()));
    while (tail.ends_with('\n'))
        tail.pop_back();
    const auto line = tail.rfind('\n');
    return line == tail.npos ? tail : tail.substr(line + 1);
}

// The same log is often written to two files (rsyslog's rule and Plesk's): reading both counts every message
// twice.
bool areTwins(const std::vector<LogFile>& one, const std::vector<LogFile>& other)
{
    const auto live = [](const std::vector<LogFile>& files) -> const Item* {
        const auto at = std::ranges::find_if(files, [](const LogFile& file) { return file.name.live(); });
        return at == files.end() ? nullptr : at->item;
    };
    const Item* first = live(one);
    const Item* second = live(other);
    if (!first || !second)
        return false;
    const auto line = lastLine(first->local);
    return !line.empty() && line == lastLine(second->local);
}

using Family = std::vector<LogFile>;

std::uint64_t bytesOf(const Family& family)
{
    std::uint64_t bytes = 0;
    for (const auto& file : family)
        bytes += file.item->bytes;
    return bytes;
}

void dropTwins(std::vector<Family>& families)
{
    std::ranges::stable_sort(families, std::ranges::greater {}, bytesOf);
    for (std::size_t i = 0; i < families.size(); ++i)
        std::erase_if(families,
            [&](const Family& other) { return &other > &families[i] && areTwins(families[i], other); });
}

// "maillog.1" and "maillog.1.gz" side by side: logrotate was interrupted, the plain one is whole.
void dropPackedTwins(Family& family)
{
    std::ranges::stable_sort(family, olderThan, &LogFile::name);
    const auto same = [](const LogFile& one, const LogFile& other) {
        return !olderThan(one.name, other.name) && !olderThan(other.name, one.name);
    };
    for (std::size_t i = 1; i < family.size();) {
        if (!same(family[i - 1], family[i]))
            ++i;
        else if (family[i - 1].name.compressed)
            family.erase(family.begin() + static_cast<std::ptrdiff_t>(i - 1));
        else
            family.erase(family.begin() + static_cast<std::ptrdiff_t>(i));
    }
}

std::vector<Family> families(const std::vector<LogFile>& files, IsMailLog kind)
{
    std::map<std::pair<std::string_view, std::string_view>, Family> byName;
    for (const auto& file : files)
        if (file.kind == kind)
            byName[{file.name.folder, file.name.stem}].push_back(file);
    std::vector<Family> result;
    for (auto& [name, family] : byName)
        result.push_back(std::move(family));
    return result;
}

} // namespace

const Item* Bundle::find(std::string_view path) const
{
    const auto at = std::ranges::find(items, path, &Item::path);
    return at == items.end() ? nullptr : &*at;
}

const Item* Bundle::command(std::string_view name) const
{
    static constexpr std::string_view folder = "commands/";
    const std::string path = name.starts_with(folder) ? std::string(name) : std::string(folder).append(name);
    if (const Item* exact = find(path))
        return exact;
    const auto at = std::ranges::find_if(items, [&path](const Item& item) {
        return item.path.size() > path.size() && item.path.starts_with(path) && item.path[path.size()] == '.'
            && item.path.find('/', path.size()) == item.path.npos;
    });
    return at == items.end() ? nullptr : &*at;
}

std::vector<const Item*> Bundle::below(std::string_view prefix) const
{
    std::vector<const Item*> result;
    for (const Item& item : items)
        if (item.path.starts_with(prefix))
            result.push_back(&item);
    return result;
}

std::vector<const Item*> Bundle::mailLogs() const
{
    // Postfix can be told to write its log to any file.
    const Item* setting = command("maillog_file");
    const std::string own = setting ? firstLine(*setting) : std::string {};
    std::vector<LogFile> files;
    std::set<std::filesystem::path> seen; // a link and its target are one file
    for (const Item& item : items) {
        const auto name = readLogName(item.path);
        const bool isOwn
            = !own.empty() && readLogName(own).stem == name.stem && readLogName(own).folder == name.folder;
        const auto kind = isOwn ? IsMailLog::Sure : isMailLog(name);
        if (kind != IsMailLog::No && seen.insert(item.local).second)
            files.push_back({&item, name, kind});
    }
    auto chosen = families(files, IsMailLog::Sure);
    std::erase_if(chosen, [](const Family& family) { return bytesOf(family) == 0; });
    if (chosen.empty())
        chosen = families(files, IsMailLog::Perhaps);
    dropTwins(chosen);
    std::vector<const Item*> result;
    for (Family& family : chosen) {
        dropPackedTwins(family);
        for (const LogFile& file : family)
            result.push_back(file.item);
    }
    if (result.empty())
        for (const std::string_view name : {"journalctl-mail", "journalctl"})
            if (const Item* journal = command(name))
                return {journal};
    return result;
}

const Item* Bundle::accounts() const
{
    for (const std::string_view name : {"getent-passwd", "passwd"})
        if (const Item* item = command(name); item && item->bytes > 0)
            return item;
    return find("/etc/passwd");
}

std::vector<const Item*> Bundle::phpMailLogs() const
{
    std::vector<std::string> named;
    if (const Item* settings = command("php-settings"))
        if (const auto bytes = base::Bytes::map(settings->local))
            named = readPhpMailLogs(bytes->view());
    std::vector<std::pair<LogName, const Item*>> found;
    std::set<std::filesystem::path> seen;
    for (const Item& item : items)
        if ((isPhpMailLog(readLogName(item.path)) || std::ranges::find(named, item.path) != named.end())
            && seen.insert(item.local).second)
            found.emplace_back(readLogName(item.path), &item);
    std::ranges::stable_sort(found, [](const auto& one, const auto& other) {
        const auto key = [](const LogName& name) { return std::tie(name.folder, name.stem); };
        return key(one.first) != key(other.first) ? key(one.first) < key(other.first)
                                                  : olderThan(one.first, other.first);
    });
    std::vector<const Item*> result;
    for (const auto& [name, item] : found)
        result.push_back(item);
    return result;
}

std::vector<Bundle::WebLog> Bundle::webLogs() const
{
    struct Found {
        WebLog log;
        LogName name;
    };
    std::vector<Found> found;
    std::set<std::filesystem::path> seen;
    for (const Item& item : items)
        if (auto domain = webLogDomain(item.path); domain && seen.insert(item.local).second)
            found.push_back({{&item, std::move(*domain)}, readLogName(item.path)});
    std::ranges::stable_sort(found, [](const Found& one, const Found& other) {
        const auto key = [](const Found& f) { return std::tie(f.log.domain, f.name.folder, f.name.stem); };
        return key(one) != key(other) ? key(one) < key(other) : olderThan(one.name, other.name);
    });
    std::vector<WebLog> result;
    for (Found& each : found)
        result.push_back(std::move(each.log));
    return result;
}

} // namespace sluicegate::evidence
