// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/hosting/programs.h"

#include "models/hosting/scan.h"

#include <chrono>
#include <optional>

namespace sluicegate::hosting {

namespace {

std::optional<base::Instant> takeTime(std::string_view& text)
{
    const std::string_view word = scan::takeUntil(text, ' ');
    const auto seconds = scan::number<std::int64_t>(word.substr(0, word.find('.')));
    constexpr std::int64_t most = 1LL << 33; // seconds; more would not fit an Instant
    if (!seconds || *seconds < 0 || *seconds > most)
        return {};
    return base::Instant(std::chrono::seconds(*seconds));
}

} // namespace

std::vector<Program> readPrograms(std::string_view bytes)
{
    std::vector<Program> programs;
    for (std::uint64_t number = 1; !bytes.empty(); ++number) {
        const std::string_view line = scan::takeLine(bytes);
        std::string_view rest = line;
        const auto changed = takeTime(rest);
        const auto modified = takeTime(rest);
        const auto uid = scan::number<std::uint32_t>(scan::takeUntil(rest, ' '));
        const auto size = scan::number<std::uint64_t>(scan::takeUntil(rest, ' '));
        if (changed && modified && uid && size && rest.starts_with('/'))
            programs.push_back(
                {*changed, *modified, *uid, *size, std::string(rest), number, std::string(line)});
    }
    return programs;
}

} // namespace sluicegate::hosting
