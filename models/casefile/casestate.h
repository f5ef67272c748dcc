// SPDX-License-Identifier: GPL-3.0-or-later
// What an open case holds: its lock, its journal, its manifest's hash; one lock of its own, as a pull stores
// items on another thread than the one that records the operator's steps.
#pragma once

#include "models/casefile/casefolder.h"
#include "models/casefile/durable.h"
#include "models/casefile/evidencewriter.h"
#include "models/casefile/journal.h"

#include <QByteArray>
#include <QJsonObject>

#include <mutex>

namespace sluicegate::casefile {

struct CaseFolder::State {
    std::filesystem::path folder;
    std::string id; // random; the journal's chain starts from it

    static base::Result<std::unique_ptr<State>> open(const std::filesystem::path& folder);

    std::filesystem::path evidence() const { return folder / "evidence"; }
    std::filesystem::path backup() const { return folder / "backup"; }
    std::filesystem::path manifest() const { return folder / "manifest.json"; }
    std::filesystem::path caseFile() const { return folder / "case.json"; }

    base::Result<void> append(const JournalEntry& entry, const QJsonObject& more = {});
    std::vector<JournalEntry> entries() const;
    std::vector<JournalLine> lines() const;
    base::Result<JournalContent> journal() const; // read anew
    base::Result<void> replaceManifest(const QByteArray& bytes, std::size_t items);
    base::Result<evidence::Bundle> bundle() const;
    base::Result<evidence::Bundle> recordedBundle() const;
    std::optional<std::string> noticeHash() const;
    base::Result<Verification> verify() const;

private:
    base::Result<void> takeLock();
    base::Result<void> makeOrRead();
    base::Result<void> make();
    base::Result<void> read(const std::string& bytes);
    base::Result<void> writeCaseFile() const;
    base::Result<void> healManifest();
    base::Result<void> addLooseItems(evidence::Bundle& bundle) const;
    void verifyManifest(const JournalContent& content, Verification& result) const;

    mutable std::mutex m_mutex;
    File m_lock;
    bool m_writable = true;
    Journal m_journal;
    QJsonObject m_case;
};

} // namespace sluicegate::casefile
