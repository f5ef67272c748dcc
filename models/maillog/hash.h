// SPDX-License-Identifier: GPL-3.0-or-later
// Hashing of short byte strings: seeded per run, because ids and addresses are chosen by strangers.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluicegate::maillog {

std::uint64_t hashSeed();

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15ull) * (b ^ 0xD6E8FEB86659FD93ull);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hashOf(std::string_view text)
{
    std::uint64_t state = hashSeed() ^ text.size();
    while (text.size() >= 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data(), 8);
        state = mix(state, word);
        text.remove_prefix(8);
    }
    std::uint64_t rest = 0;
    if (!text.empty())
        std::memcpy(&rest, text.data(), text.size());
    return mix(state, rest + 1);
}

} // namespace sluicegate::maillog
