// SPDX-License-Identifier: GPL-3.0-or-later
// Verifying: everything is read from the disk again, nothing from memory is trusted.
#include "models/casefile/casestate.h"
#include "models/casefile/chain.h"
#include "models/casefile/manifest.h"
#include "models/evidence/sha256.h"

namespace sluicegate::casefile {

namespace {

void verifyBytes(const std::filesystem::path& evidence, const std::string& hash, const std::string& what,
    Verification& result)
{
    ++result.itemsChecked;
    const auto found = evidence::sha256Of(evidence / hash);
    if (!found)
        result.missing.push_back(what);
    else if (*found != hash)
        result.changed.push_back(what);
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
    if (const auto notice = lastHash(content->lines, noticeKind); notice && isHash(*notice))
        verifyBytes(evidence(), *notice, "notice", result);
    const auto present = bundle();
    if (!present && present.error().kind != base::FailureKind::Empty) {
        if (result.whole())
            return std::unexpected(present.error());
        return result;
    }
    if (present)
        for (const auto& item : present->items)
            verifyBytes(evidence(), item.sha256, item.path, result);
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
