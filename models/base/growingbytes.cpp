// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/growingbytes.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace sluicegate::base {

struct GrowingBytes::File {
    int descriptor = -1;
    void* start = MAP_FAILED;
    std::uint64_t room = 0;

    File() = default;
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    ~File()
    {
        if (start != MAP_FAILED)
            ::munmap(start, room);
        if (descriptor >= 0)
            ::close(descriptor);
    }
};

// /tmp is often memory: a log of gigabytes belongs in /var/tmp.
int openUnlinkedFile()
{
    for (const char* folder : {static_cast<const char*>(std::getenv("TMPDIR")), "/var/tmp", "/tmp"}) {
        if (!folder)
            continue;
        const int file = ::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (file >= 0)
            return file;
        std::string name = std::string(folder) + "/sluicegate-XXXXXX";
        if (const int named = ::mkostemp(name.data(), O_CLOEXEC); named >= 0) {
            ::unlink(name.c_str());
            return named;
        }
    }
    return -1;
}

Result<GrowingBytes> GrowingBytes::open(std::string subject)
{
    auto file = std::make_shared<File>();
    file->descriptor = openUnlinkedFile();
    if (file->descriptor < 0)
        return fail(FailureKind::WriteFailed, std::move(subject),
            std::string("no temporary file: ") + std::strerror(errno));
    // Address space may be limited (ulimit -v): then less must do.
    constexpr std::uint64_t least = 256u << 20;
    for (file->room = most; file->room >= least && file->start == MAP_FAILED; file->room /= 2) {
        file->start = ::mmap(nullptr, file->room, PROT_READ, MAP_SHARED | MAP_NORESERVE, file->descriptor, 0);
        if (file->start != MAP_FAILED)
            break;
    }
    if (file->start == MAP_FAILED)
        return fail(FailureKind::WriteFailed, std::move(subject), std::strerror(errno));
    const auto* start = static_cast<const char*>(file->start);
    const std::uint64_t room = file->room;
    return GrowingBytes(std::move(file), start, room, std::move(subject));
}

Result<void> GrowingBytes::append(std::string_view bytes)
{
    if (bytes.size() > m_room - m_size)
        return fail(FailureKind::WriteFailed, m_subject, "larger than the address space for it");
    while (!bytes.empty()) {
        const ssize_t wrote
            = ::pwrite(m_file->descriptor, bytes.data(), bytes.size(), static_cast<off_t>(m_size));
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return fail(FailureKind::WriteFailed, m_subject, std::strerror(wrote < 0 ? errno : ENOSPC));
        m_size += static_cast<std::uint64_t>(wrote);
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return {};
}

Bytes GrowingBytes::upTo(std::uint64_t size) const
{
    return {std::shared_ptr<const void>(m_file), view().substr(0, size)};
}

} // namespace sluicegate::base
