// SPDX-License-Identifier: GPL-3.0-or-later
// Shared, immutable bytes: a mapped file or an owned string, cheap to copy, safe to hand to another thread.
#pragma once

#include "models/base/failure.h"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace sluicegate::base {

class Bytes {
public:
    Bytes() = default;

    /// Maps a whole regular file for reading. An empty file gives empty bytes. NotFound or Unreadable on
    /// failure.
    static Result<Bytes> map(const std::filesystem::path& file);
    /// Maps the open regular file behind `fd` (not closed here); for unlinked temporary files.
    static Result<Bytes> map(int fd, std::string subject);
    static Bytes own(std::string text);

    std::string_view view() const { return m_view; }
    bool empty() const { return m_view.empty(); }

private:
    friend class GrowingBytes;
    Bytes(std::shared_ptr<const void> owner, std::string_view view) : m_owner(std::move(owner)), m_view(view)
    {
    }

    std::shared_ptr<const void> m_owner;
    std::string_view m_view;
};

} // namespace sluicegate::base
