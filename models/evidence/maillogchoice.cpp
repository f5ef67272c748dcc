// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/maillogchoice.h"

#include "models/evidence/logname.h"

#include <algorithm>
#include <map>

namespace sluicegate::evidence {

std::uint64_t LogFamily::bytes() const
{
    std::uint64_t sum = 0;
    for (const auto& file : files)
        sum += file.stat.size;
    return sum;
}

std::int64_t LogFamily::modified() const
{
    std::int64_t newest = 0;
    for (const auto& file : files)
        newest = std::max(newest, file.stat.modified);
    return newest;
}

std::vector<LogFamily> mailLogFamilies(const std::vector<ListedFile>& files, const std::string& own)
{
    std::map<std::string, LogFamily> byName;
    const auto ownName = readLogName(own);
    for (const auto& file : files) {
        const auto name = readLogName(file.path);
        const bool isOwn = !own.empty() && name.folder == ownName.folder && name.stem == ownName.stem;
        const auto kind = isOwn ? IsMailLog::Sure : isMailLog(name);
        if (kind == IsMailLog::No)
            continue;
        auto& family = byName[std::string(name.folder) + '/' + std::string(name.stem)];
        family.sure = kind == IsMailLog::Sure;
        family.files.push_back(file);
    }
    std::vector<LogFamily> result;
    for (auto& [name, family] : byName) {
        std::ranges::stable_sort(family.files, [](const ListedFile& one, const ListedFile& other) {
            return olderThan(readLogName(other.path), readLogName(one.path));
        });
        if (family.bytes() > 0)
            result.push_back(std::move(family));
    }
    std::ranges::stable_sort(result, [](const LogFamily& one, const LogFamily& other) {
        const auto key = [](const LogFamily& f) { return std::tuple(f.sure, f.modified(), f.bytes()); };
        return key(one) > key(other);
    });
    return result;
}

bool speaksOfMail(std::string_view tail)
{
    return tail.contains(" postfix/") || tail.contains("qmail") || tail.contains(" exim[")
        || tail.contains(" sendmail[") || tail.contains(" smtp_auth");
}

} // namespace sluicegate::evidence
