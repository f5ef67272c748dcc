// SPDX-License-Identifier: GPL-3.0-or-later
// The menu of cases kept before, the one worked on last first.
#pragma once

#include <QMenu>

#include <filesystem>
#include <functional>
#include <vector>

namespace sluicegate::shell {

/// Case folders below `cases`, the one changed last first, at most `most`; empty when there is none or it
/// cannot be read.
std::vector<std::filesystem::path> recentCases(const std::filesystem::path& cases, std::size_t most);

/// Makes the menu say what there is now; without a case it says so.
void fillRecent(QMenu& menu, const std::filesystem::path& cases,
    const std::function<void(const std::filesystem::path&)>& open);

} // namespace sluicegate::shell
