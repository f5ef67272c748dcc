// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/evidencewriter.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluicegate::casefile {

namespace {

constexpr std::string_view partName = "part-";

}

base::Result<std::unique_ptr<evidence::Writer>> EvidenceWriter::begin(
    const std::filesystem::path& folder, Stored stored)
{
    std::string part = (folder / (std::string(partName) + "XXXXXX")).string();
    File file(::mkostemp(part.data(), O_CLOEXEC));
    if (!file)
        return std::unexpected(writeFailure(folder));
    return std::make_unique<EvidenceWriter>(folder, part, std::move(file), std::move(stored));
}

EvidenceWriter::EvidenceWriter(
    std::filesystem::path folder, std::filesystem::path part, File file, Stored stored)
    : m_folder(std::move(folder))
    , m_part(std::move(part))
    , m_file(std::move(file))
    , m_stored(std::move(stored))
{
}

EvidenceWriter::~EvidenceWriter()
{
    if (!m_part.empty())
        ::unlink(m_part.c_str());
}

bool EvidenceWriter::write(std::string_view bytes)
{
    if (m_trouble == 0 && !writeAll(m_file.descriptor(), bytes))
        m_trouble = errno;
    if (m_trouble != 0)
        return false;
    m_hash.add(bytes);
    m_bytes += bytes.size();
    return true;
}

base::Result<evidence::Item> EvidenceWriter::finish(evidence::Item about)
{
    if (m_trouble != 0)
        return base::fail(base::FailureKind::WriteFailed, m_folder.string(), std::strerror(m_trouble));
    about.bytes = m_bytes;
    about.sha256 = m_hash.hex();
    about.local = m_folder / about.sha256;
    if (auto moved = moveInPlace(about.local); !moved)
        return std::unexpected(moved.error());
    if (auto recorded = m_stored(about); !recorded)
        return std::unexpected(recorded.error());
    return about;
}

base::Result<void> EvidenceWriter::moveInPlace(const std::filesystem::path& place)
{
    // Where the same bytes are there already, the new file takes the old one's place: it is known to be
    // whole.
    if (::fchmod(m_file.descriptor(), 0400) != 0 || ::fsync(m_file.descriptor()) != 0
        || ::rename(m_part.c_str(), place.c_str()) != 0)
        return std::unexpected(writeFailure(place));
    m_part.clear();
    m_file = File();
    return syncFolder(m_folder);
}

bool isPart(std::string_view name)
{
    return name.starts_with(partName);
}

void removeParts(const std::filesystem::path& folder)
{
    std::error_code error;
    if (std::filesystem::is_symlink(folder, error))
        return; // what lies there need not be ours
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (isPart(entry.path().filename().string()))
            std::filesystem::remove(entry.path(), error);
}

} // namespace sluicegate::casefile
