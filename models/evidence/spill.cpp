// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/spill.h"

#include "models/base/growingbytes.h"

#include <cerrno>
#include <cstring>
#include <sys/statvfs.h>
#include <unistd.h>

namespace sluicegate::evidence {

namespace {

constexpr std::size_t inMemory = 4u << 20;
constexpr std::uint64_t checkEvery = 64u << 20;
constexpr std::uint64_t leaveFree = 256u << 20;

} // namespace

Spill::~Spill()
{
    if (m_file >= 0)
        ::close(m_file);
}

bool Spill::write(std::string_view bytes)
{
    if (m_file < 0 && m_memory.size() + bytes.size() <= inMemory) {
        m_memory += bytes;
        m_size += bytes.size();
        return true;
    }
    if (m_file < 0 && !(openFile() && toFile(m_memory)))
        return false;
    m_memory.clear();
    if (!roomLeft() || !toFile(bytes))
        return false;
    m_size += bytes.size();
    return true;
}

bool Spill::openFile()
{
    m_file = base::openUnlinkedFile();
    if (m_file < 0)
        m_trouble = std::string("no temporary file: ") + std::strerror(errno);
    return m_file >= 0;
}

bool Spill::roomLeft()
{
    if (m_size < m_roomChecked)
        return true;
    m_roomChecked = m_size + checkEvery;
    struct statvfs about {};
    if (::fstatvfs(m_file, &about) != 0 || about.f_bavail * about.f_frsize > leaveFree)
        return true;
    m_trouble = "the disk for temporary files is nearly full";
    return false;
}

bool Spill::toFile(std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(m_file, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0) {
            m_trouble = std::strerror(errno);
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

base::Result<base::Bytes> Spill::finish()
{
    return m_file < 0 ? base::Bytes::own(std::move(m_memory)) : base::Bytes::map(m_file, "temporary file");
}

} // namespace sluicegate::evidence
