// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/casefile/durable.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace sluicegate::casefile {

using base::fail;
using base::FailureKind;

File::~File()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

File openRegular(const std::filesystem::path& path, int access)
{
    File file(::open(path.c_str(), access | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat about {};
    if (!file || (::fstat(file.descriptor(), &about) == 0 && S_ISREG(about.st_mode)))
        return file;
    errno = S_ISDIR(about.st_mode) ? EISDIR : EINVAL;
    return {};
}

base::Failure writeFailure(const std::filesystem::path& path)
{
    return {FailureKind::WriteFailed, path.string(), std::strerror(errno)};
}

bool writeAll(int descriptor, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t wrote = ::write(descriptor, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR)
            continue;
        if (wrote <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

base::Result<void> syncFolder(const std::filesystem::path& folder)
{
    const File file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!file || ::fsync(file.descriptor()) != 0)
        return std::unexpected(writeFailure(folder));
    return {};
}

base::Result<void> replaceFile(const std::filesystem::path& path, std::string_view bytes)
{
    const auto part = path.string() + ".part";
    {
        const File file(::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
        if (!file || !writeAll(file.descriptor(), bytes) || ::fsync(file.descriptor()) != 0) {
            const auto failure = writeFailure(path);
            ::unlink(part.c_str());
            return std::unexpected(failure);
        }
    }
    if (::rename(part.c_str(), path.c_str()) != 0)
        return std::unexpected(writeFailure(path));
    return syncFolder(path.parent_path());
}

base::Result<std::string> readFile(const std::filesystem::path& path)
{
    constexpr std::size_t limit = std::size_t(1) << 30; // a journal of millions of lines
    const File file = openRegular(path, O_RDONLY);
    if (!file)
        return fail(errno == ENOENT ? FailureKind::NotFound : FailureKind::Unreadable, path.string(),
            std::strerror(errno));
    std::string all;
    std::array<char, 1 << 16> buffer;
    for (;;) {
        const ssize_t got = ::read(file.descriptor(), buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(FailureKind::Unreadable, path.string(), std::strerror(errno));
        if (got == 0)
            return all;
        if (all.size() > limit)
            return fail(FailureKind::Unreadable, path.string(), "is too large");
        all.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

} // namespace sluicegate::casefile
