// SPDX-License-Identifier: GPL-3.0-or-later
// Verifying: everything is read from the disk again, nothing from memory is trusted.
#include "models/casefile/casestate.h"
#include "models/casefile/chain.h"
#include "models/casefile/manifest.h"
#include "models/evidence/sha256.h"

#include <algorithm>
#include <map>

namespace sluicegate::casefile {

namespace {

void verifyBytes(const std::filesystem::path& folder, const std::string& hash, const std::string& what,
    Verification& result)
{
    ++result.itemsChecked;
    const auto found = evidence::sha256Of(folder / hash);
    if (!found)
        result.missing.push_back(what);
    else if (*found != hash)
        result.changed.push_back(what);
}

std::vector<std::string> strangersIn(
    const std::filesystem::path& folder, const std::map<std::string, std::string>& recorded)
{
    std::vector<std::string> strangers;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        auto name = entry.path().filename().string();
        if (recorded.contains(name) || isPart(name))
            continue;
        // A crash between keeping an item and recording it leaves bytes under their own hash: no harm.
        const auto hash = isHash(name) ? evidence::sha256Of(entry.path()) : std::string();
        if (!hash || *hash != name)
            strangers.push_back(folder.filename().string() + '/' + std::move(name));
    }
    std::ranges::sort(strangers);
    return strangers;
}

} // namespace

base::Result<Verification> CaseFolder::State::verify() const
{
    Verification result;
    const auto content = Journal::read(folder, id);
    if (!content)
        return std::unexpected(content.error());
    result.journalEntries = content->lines.size();
    result.brokenAt = content->brokenAt;
    result.tornTail = content->tornTail || m_journal.hadTornTail();
    verifyManifest(*content, result);
    const auto present = recordedBundle();
    if (!present && present.error().kind != base::FailureKind::Empty && result.whole())
        return std::unexpected(present.error());
    // Evidence that a later pull replaced in the manifest is evidence still.
    auto recorded = recordedHashes(content->lines);
    if (present)
        for (const evidence::Item& item : present->items)
            recorded.try_emplace(item.sha256, item.path);
    for (const auto& [hash, what] : recorded)
        verifyBytes(evidence(), hash, what, result);
    const auto saved = backupHashes(content->lines);
    for (const auto& [hash, queueId] : saved)
        verifyBytes(backup(), hash, "backup of " + queueId, result);
    if (!result.brokenAt) // else what stands behind the break is not known
        for (const auto& [place, known] : {std::pair(evidence(), recorded), std::pair(backup(), saved)})
            std::ranges::move(strangersIn(place, known), std::back_inserter(result.strangers));
    return result;
}

void CaseFolder::State::verifyManifest(const JournalContent& content, Verification& result) const
{
    const auto recorded = lastHash(content.lines, manifestKind);
    if (!recorded && content.brokenAt)
        return; // its record may stand behind the break
    const auto bytes = readFile(manifest());
    const auto present = bytes ? evidence::sha256(*bytes) : std::string {};
    if (recorded.value_or("") == present || wasCutShort(content.lines, present))
        return;
    (bytes ? result.changed : result.missing).push_back("manifest.json");
}

} // namespace sluicegate::casefile
