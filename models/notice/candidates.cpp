// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/candidates.h"

#include "models/notice/shape.h"

#include <algorithm>
#include <format>

namespace sluicegate::notice {

void countCandidates(Notice& notice, const std::function<bool(std::string_view id)>& isSent)
{
    if (!notice.ids.empty() && !std::ranges::contains(notice.warnings, idsByShape))
        return;
    const auto sent = std::ranges::stable_partition(
        notice.candidates, [&](const std::string& token) { return !isSent(token); });
    if (sent.empty())
        return;
    for (std::string& token : sent) {
        NoticedId id;
        const auto at = notice.raw.find(token);
        id.offset = at == std::string::npos ? 0 : at; // encoded: nowhere as it is
        id.id.value = std::move(token);
        judgeShape(id);
        notice.ids.push_back(std::move(id));
    }
    std::erase(notice.warnings, noIdNamed);
    std::erase(notice.warnings, nothingNamed);
    notice.warnings.push_back(
        std::format("Message-IDs without a label were found in the mail log: {}", sent.size()));
    notice.candidates.erase(sent.begin(), sent.end());
}

} // namespace sluicegate::notice
