// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/base/bytes.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluicegate::base {

Result<Bytes> Bytes::map(const std::filesystem::path& file)
{
    const int fd
        = ::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC); // a pipe must not wait for its writer
    if (fd < 0)
        return fail(errno == ENOENT ? FailureKind::NotFound : FailureKind::Unreadable, file.string(),
            std::strerror(errno));
    auto bytes = map(fd, file.string());
    ::close(fd);
    return bytes;
}

Result<Bytes> Bytes::map(int fd, std::string subject)
{
    struct stat about {};
    if (::fstat(fd, &about) != 0)
        return fail(FailureKind::Unreadable, std::move(subject), std::strerror(errno));
    if (!S_ISREG(about.st_mode))
        return fail(FailureKind::Unreadable, std::move(subject),
            S_ISDIR(about.st_mode) ? "is a folder" : "is not a regular file");
    const auto size = static_cast<std::size_t>(about.st_size);
    if (size == 0)
        return Bytes {};
    void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (start == MAP_FAILED)
        return fail(FailureKind::Unreadable, std::move(subject), std::strerror(errno));
    std::shared_ptr<const void> owner(start, [size](const void* p) { ::munmap(const_cast<void*>(p), size); });
    return Bytes(std::move(owner), {static_cast<const char*>(start), size});
}

Bytes Bytes::own(std::string text)
{
    auto owner = std::make_shared<const std::string>(std::move(text));
    const std::string_view view = *owner;
    return Bytes(std::move(owner), view);
}

} // namespace sluicegate::base
