// SPDX-License-Identifier: GPL-3.0-or-later
// Programs below the sites that were changed of late, as find lists them.
#pragma once

#include "models/base/instant.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::hosting {

struct Program {
    base::Instant changed; // ctime: touch(1) cannot set it back as it can the other
    base::Instant modified;
    std::uint32_t uid = 0;
    std::uint64_t size = 0;
    std::string path;
    std::uint64_t line = 0;
    std::string text;
    bool operator==(const Program&) const = default;
};

/// Lines "CTIME MTIME UID SIZE PATH", both times in seconds since the epoch, with or without a fraction.
/// Other lines are left out.
std::vector<Program> readPrograms(std::string_view bytes);

} // namespace sluicegate::hosting
