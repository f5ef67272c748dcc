// SPDX-License-Identifier: GPL-3.0-or-later
// Writes one item into evidence/: to a file of its own first, which takes the hash as its name when it is
// whole.
#pragma once

#include "models/casefile/durable.h"
#include "models/evidence/pull.h"
#include "models/evidence/sha256.h"

#include <functional>

namespace sluicegate::casefile {

/// Told of every item that is durably in its place, before finish() returns.
using Stored = std::function<base::Result<void>(const evidence::Item&)>;

class EvidenceWriter : public evidence::Writer {
public:
    static base::Result<std::unique_ptr<evidence::Writer>> begin(
        const std::filesystem::path& folder, Stored stored);
    EvidenceWriter(std::filesystem::path folder, std::filesystem::path part, File file, Stored stored);
    ~EvidenceWriter() override;

    bool write(std::string_view bytes) override;
    base::Result<evidence::Item> finish(evidence::Item about) override;

private:
    base::Result<void> moveInPlace(const std::filesystem::path& place);

    std::filesystem::path m_folder;
    std::filesystem::path m_part;
    File m_file;
    Stored m_stored;
    evidence::Sha256 m_hash;
    std::uint64_t m_bytes = 0;
    int m_trouble = 0;
};

/// The name of a file that a writer has not finished.
bool isPart(std::string_view name);

/// What writers of a killed process left behind.
void removeParts(const std::filesystem::path& folder);

} // namespace sluicegate::casefile
