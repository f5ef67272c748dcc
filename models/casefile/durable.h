// SPDX-License-Identifier: GPL-3.0-or-later
// Writing so that a crash at any instant leaves either the old or the new, and what is acknowledged stays.
#pragma once

#include "models/base/failure.h"

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace sluicegate::casefile {

/// An open file descriptor; closed with its owner.
class File {
public:
    File() = default;
    explicit File(int descriptor) : m_descriptor(descriptor) { }
    File(File&& other) noexcept : m_descriptor(std::exchange(other.m_descriptor, -1)) { }
    File& operator=(File&& other) noexcept
    {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~File();

    explicit operator bool() const { return m_descriptor >= 0; }
    int descriptor() const { return m_descriptor; }

private:
    int m_descriptor = -1;
};

/// A regular file in a case; no link, pipe or device that somebody put in its place, and no file is made.
File openRegular(const std::filesystem::path& path, int access);

/// WriteFailed about a path, with errno's words.
base::Failure writeFailure(const std::filesystem::path& path);

/// All bytes or false with errno.
bool writeAll(int descriptor, std::string_view bytes);
base::Result<void> syncFolder(const std::filesystem::path& folder);
/// A temporary file beside it, fsync, rename, fsync of the folder.
base::Result<void> replaceFile(const std::filesystem::path& path, std::string_view bytes);
base::Result<std::string> readFile(const std::filesystem::path& path);

} // namespace sluicegate::casefile
