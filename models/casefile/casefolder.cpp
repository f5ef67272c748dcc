// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/casefolder.h"

#include "models/casefile/casestate.h"
#include "models/casefile/chain.h"
#include "models/casefile/manifest.h"

#include <format>

namespace sluicegate::casefile {

using base::fail;
using base::FailureKind;

CaseFolder::CaseFolder(std::unique_ptr<State> state) : m_state(std::move(state)) { }
CaseFolder::~CaseFolder() = default;

base::Result<std::unique_ptr<CaseFolder>> CaseFolder::open(const std::filesystem::path& folder)
{
    auto state = State::open(folder);
    if (!state)
        return std::unexpected(state.error());
    return std::unique_ptr<CaseFolder>(new CaseFolder(std::move(*state)));
}

const std::filesystem::path& CaseFolder::folder() const
{
    return m_state->folder;
}

base::Result<std::unique_ptr<evidence::Writer>> CaseFolder::begin()
{
    return EvidenceWriter::begin(m_state->evidence(), [state = m_state.get()](const evidence::Item& item) {
        return state->append({evidence::systemNow(), std::string(itemKind), item.path},
            {{QStringLiteral("item"), itemToJson(item)}});
    });
}

base::Result<void> CaseFolder::keepNotice(std::string_view raw)
{
    // Into its place without an item record: a notice is no evidence from the server.
    auto writer = EvidenceWriter::begin(
        m_state->evidence(), [](const evidence::Item&) { return base::Result<void>(); });
    if (!writer)
        return std::unexpected(writer.error());
    (*writer)->write(raw);
    const auto kept = (*writer)->finish({});
    if (!kept)
        return std::unexpected(kept.error());
    return m_state->append(
        {evidence::systemNow(), std::string(noticeKind), std::format("{} bytes", raw.size())},
        withHash(kept->sha256));
}

std::optional<std::string> CaseFolder::notice() const
{
    const auto hash = m_state->noticeHash();
    if (!hash || !isHash(*hash))
        return {};
    auto bytes = readFile(m_state->evidence() / *hash);
    return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
}

base::Result<void> CaseFolder::keepBundle(const evidence::Bundle& bundle)
{
    std::error_code error;
    for (const auto& item : bundle.items)
        if (item.sha256.empty() || !std::filesystem::exists(m_state->evidence() / item.sha256, error))
            return fail(FailureKind::NotFound, item.path, "its bytes are not in the case");
    return m_state->replaceManifest(manifestToJson(bundle), bundle.items.size());
}

base::Result<evidence::Bundle> CaseFolder::bundle() const
{
    return m_state->bundle();
}

base::Result<void> CaseFolder::record(const JournalEntry& entry)
{
    return m_state->append(entry);
}

std::vector<JournalEntry> CaseFolder::journal() const
{
    return m_state->entries();
}

base::Result<JournalView> CaseFolder::view() const
{
    return m_state->journal().transform([](const JournalContent& content) {
        return JournalView {stepsIn(content.lines), content.lines.size(), content.brokenAt, content.tornTail};
    });
}

base::Result<Verification> CaseFolder::verify() const
{
    return m_state->verify();
}

base::Result<evidence::Bundle> adopt(const evidence::Bundle& bundle, evidence::Store& store)
{
    evidence::Bundle result = bundle;
    result.items.clear();
    for (const auto& item : bundle.items) {
        const auto bytes = base::Bytes::map(item.local);
        if (!bytes) {
            result.warnings.push_back(
                std::format("{} could not be read: {}", item.path, bytes.error().detail));
            continue;
        }
        auto writer = store.begin();
        if (!writer)
            return std::unexpected(writer.error());
        auto about = item;
        if (!about.pulled)
            about.pulled = evidence::systemNow();
        (*writer)->write(bytes->view());
        auto stored = (*writer)->finish(std::move(about));
        if (!stored)
            return std::unexpected(stored.error());
        result.items.push_back(std::move(*stored));
    }
    return result;
}

} // namespace sluicegate::casefile
