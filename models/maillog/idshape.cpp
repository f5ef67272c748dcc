// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/idshape.h"

#include "models/maillog/bytescan.h"
#include "models/maillog/hash.h"

#include <array>

namespace sluicegate::maillog {

namespace {

constexpr auto isRun = [] {
    std::array<bool, 256> table {};
    for (const char c : std::string_view("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

} // namespace

std::uint32_t idShape(std::string_view id)
{
    const std::size_t at = lastPlaceOf(id, '@');
    std::uint64_t shape = id.empty() ? 1 : 2;
    bool inRun = false;
    for (const char c : id.substr(0, at)) {
        const bool run = isRun[static_cast<unsigned char>(c)];
        if (!run || !inRun)
            shape = mix(shape, run ? 7 : static_cast<unsigned char>(c));
        inRun = run;
    }
    if (at != std::string_view::npos)
        shape = mix(shape, hashOf(id.substr(at + 1)));
    return static_cast<std::uint32_t>(shape ^ shape >> 32) | 1u;
}

} // namespace sluicegate::maillog
