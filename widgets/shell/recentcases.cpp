// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/recentcases.h"

#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace sluicegate::shell {

namespace {

namespace fs = std::filesystem;
constexpr std::size_t mostShown = 12;

/// The journal grows with each step; a folder's own time stands still when a file in it grows.
fs::file_time_type lastStep(const fs::path& folder)
{
    std::error_code failed;
    const fs::file_time_type at = fs::last_write_time(folder / "journal.ndjson", failed);
    return failed ? fs::file_time_type::min() : at;
}

} // namespace

std::vector<fs::path> recentCases(const fs::path& cases, std::size_t most)
{
    std::vector<std::pair<fs::file_time_type, fs::path>> found;
    std::error_code failed;
    for (fs::directory_iterator entry(cases, failed), end; !failed && entry != end; entry.increment(failed)) {
        if (entry->path().extension() == ".sluice")
            found.emplace_back(lastStep(entry->path()), entry->path());
    }
    std::ranges::sort(found, std::ranges::greater());
    std::vector<fs::path> paths;
    for (const auto& [at, path] : found) {
        if (paths.size() < most)
            paths.push_back(path);
    }
    return paths;
}

void fillRecent(QMenu& menu, const fs::path& cases, const std::function<void(const fs::path&)>& open)
{
    menu.clear();
    for (const fs::path& path : recentCases(cases, mostShown)) {
        // Foreign parts of a name (the host's) are neither a mnemonic nor anything else.
        QAction* action = menu.addAction(
            words::inert(path.stem().string()).replace(QStringLiteral("&"), QStringLiteral("&&")));
        QObject::connect(action, &QAction::triggered, &menu, [open, path] { open(path); });
    }
    if (menu.isEmpty())
        menu.addAction(QCoreApplication::translate("sluicegate::shell", "No case was kept yet"))
            ->setEnabled(false);
}

} // namespace sluicegate::shell
