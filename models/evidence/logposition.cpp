// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/logposition.h"

#include "models/evidence/sha256.h"

#include <algorithm>

namespace sluicegate::evidence {

std::string_view lastLineOf(std::string_view bytes)
{
    const std::string_view end = bytes.substr(bytes.size() - std::min(bytes.size(), mostOfLastLine));
    const std::size_t last = end.rfind('\n');
    if (last == std::string_view::npos || last == 0)
        return end;
    const std::size_t before = end.rfind('\n', last - 1);
    return before == std::string_view::npos ? end : end.substr(before + 1);
}

LogPosition positionBehind(std::string path, const ssh::FileStat& file, std::string_view bytes)
{
    const std::string_view line = lastLineOf(bytes);
    return {.path = std::move(path),
        .device = file.device,
        .inode = file.inode,
        .offset = bytes.size(),
        .lastLineLength = line.size(),
        .lastLineSha256 = sha256(line)};
}

} // namespace sluicegate::evidence
