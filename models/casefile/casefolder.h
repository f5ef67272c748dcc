// SPDX-License-Identifier: GPL-3.0-or-later
// The case folder NAME.sluice/: evidence by SHA-256, manifest, hash-chained journal, backup of what was
// deleted. A crash at any instant loses nothing acknowledged.
#pragma once

#include "models/casefile/remark.h"
#include "models/casefile/steps.h"
#include "models/containment/ledger.h"
#include "models/evidence/bundle.h"
#include "models/evidence/pull.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace sluicegate::casefile {

/// One journal record: what the operator or the program did.
struct JournalEntry {
    base::Instant at;
    std::string kind; // "opened", "notice", "connected", "pulled", "report", "failed", ...
    std::string text; // untranslated; never a secret
    bool operator==(const JournalEntry&) const = default;
};

/// What verify() found; empty lists and intact chain mean: nothing was changed since it was recorded.
struct Verification {
    std::size_t itemsChecked = 0;
    std::vector<std::string> missing; // server paths whose bytes are gone
    std::vector<std::string> changed; // whose bytes have another hash
    std::vector<std::string> strangers; // files among the evidence that nobody recorded
    std::size_t journalEntries = 0;
    std::optional<std::size_t>
        brokenAt; // first journal line (from 1) whose hash does not follow from the one before
    bool tornTail = false; // the last line was cut by a crash: harmless, nothing acknowledged is lost
    bool whole() const { return missing.empty() && changed.empty() && strangers.empty() && !brokenAt; }
};

/// An open case; holds the folder's lock. All writes are durable (fdatasync) when a call returns.
class CaseFolder : public evidence::Store {
public:
    /// Makes the folder if it is absent, or opens it. WriteFailed, CaseBusy (another process has it),
    /// CaseDamaged, NotUnderstood (not a case).
    static base::Result<std::unique_ptr<CaseFolder>> open(const std::filesystem::path& folder);
    static bool isCase(const std::filesystem::path& folder);

    ~CaseFolder() override;
    base::Result<std::unique_ptr<evidence::Writer>> begin() override;

    base::Result<void> keepNotice(std::string_view raw);
    std::optional<std::string> notice() const;
    /// Records the bundle in manifest.json (items keep paths relative to the case).
    base::Result<void> keepBundle(const evidence::Bundle& bundle);
    /// What was pulled last. Items whose bytes are no longer what was recorded are left out, named in the
    /// bundle's `altered` and in a warning.
    base::Result<evidence::Bundle> bundle() const;
    base::Result<void> record(const JournalEntry& entry);
    /// Adds it, or writes the one of this id anew.
    base::Result<void> keepRemark(const Remark& remark);
    base::Result<void> removeRemark(const std::string& id);
    std::vector<Remark> remarks() const; // in order of time
    /// What the messages are filtered by, as the window wrote it.
    base::Result<void> keepFilter(std::string_view filter);
    std::string filter() const; // empty: none was kept
    /// The journal as it stands on the disk, its chain followed anew.
    base::Result<JournalView> view() const;
    std::vector<JournalEntry> journal() const;
    /// What actions note and keep, in the journal and in backup/. Not to outlive the case.
    std::unique_ptr<containment::Ledger> ledger();
    base::Result<Verification> verify() const;
    const std::filesystem::path& folder() const;

private:
    struct State;
    class Backup;
    explicit CaseFolder(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

/// Copies every item of a bundle into the store: a folder of evidence becomes part of a case. Items come back
/// with their new place and hash.
base::Result<evidence::Bundle> adopt(const evidence::Bundle& bundle, evidence::Store& store);

} // namespace sluicegate::casefile
