// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/ledger.h"

#include <algorithm>
#include <format>

namespace sluicegate::containment {

base::Result<void> noteRows(Ledger& ledger, std::string_view kind, std::span<const Row> rows)
{
    constexpr std::size_t most = 2000; // in one line
    for (std::size_t from = 0; from < rows.size(); from += most) {
        const auto part = rows.subspan(from, std::min(most, rows.size() - from));
        const Note note {
            std::string(kind), std::format("{} messages", part.size()), {part.begin(), part.end()}};
        if (auto noted = ledger.note(note); !noted)
            return noted;
    }
    return {};
}

} // namespace sluicegate::containment
