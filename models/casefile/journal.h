// SPDX-License-Identifier: GPL-3.0-or-later
// The hash-chained journal: one JSON object a line, each with the hash of the line before and its own.
#pragma once

#include "models/casefile/casefolder.h"
#include "models/casefile/durable.h"

#include <QJsonObject>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::casefile {

enum class Access { ReadOnly, ReadWrite, Create };

/// One line: the entry, and what else it carries (the item that was stored, the manifest's hash).
struct JournalLine {
    JournalEntry entry;
    QJsonObject more;
    std::string hash;
    std::string by {}; // who sat at the machine
};

/// What stands in the file.
struct JournalContent {
    std::vector<JournalLine> lines; // up to the first that does not follow
    std::optional<std::size_t> brokenAt; // its number, from 1; also when acknowledged lines are gone
    std::size_t wholeBytes = 0; // of complete lines
    bool tornTail = false;
};

class Journal {
public:
    /// `seed` names the case: the first line follows from it, so that no journal fits another case. A line
    /// cut by a crash is taken off: it was never acknowledged.
    static base::Result<Journal> open(
        const std::filesystem::path& folder, std::string_view seed, Access access);

    /// Durable when it returns. On failure nothing of it stays in the file. A broken chain is not continued:
    /// CaseDamaged.
    base::Result<void> append(const JournalEntry& entry, const QJsonObject& more = {});
    const std::vector<JournalLine>& lines() const { return m_content.lines; }
    const std::optional<std::size_t>& brokenAt() const { return m_content.brokenAt; }
    bool hadTornTail() const { return m_content.tornTail; }

    /// Reads the file anew.
    static base::Result<JournalContent> read(const std::filesystem::path& folder, std::string_view seed);

private:
    base::Result<void> openFiles(const std::filesystem::path& folder, std::string_view seed, Access access);
    base::Result<void> prepare();
    void noteHead();

    std::filesystem::path m_path;
    File m_file;
    File m_head;
    std::string m_last; // hash of the last line
    std::size_t m_bytes = 0;
    JournalContent m_content;
};

} // namespace sluicegate::casefile
