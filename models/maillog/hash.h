// SPDX-License-Identifier: GPL-3.0-or-later
// Hashing of short byte strings: seeded per run, because ids and addresses are chosen by strangers.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluicegate::maillog {

namespace detail {
extern const std::uint64_t hashSeed;
}
inline std::uint64_t hashSeed()
{
    return detail::hashSeed;
}

template <typename Word> Word wordAt(const char* bytes)
{
    Word word;
    std::memcpy(&word, bytes, sizeof word);
    return word;
}

inline std::uint64_t mix(std::uint64_t a, std::uint64_t b)
{
    __extension__ using Wide = unsigned __int128;
    const Wide product = static_cast<Wide>(a ^ 0x9E3779B97F4A7C15ull) * (b ^ 0xD6E8FEB86659FD93ull);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hashOf(std::string_view text)
{
    const char* at = text.data();
    const std::size_t size = text.size();
    std::uint64_t state = hashSeed() ^ size;
    if (size >= 8) { // the last eight may overlap those before: no bytes are counted one by one
        for (const char* last = at + size - 8; at < last; at += 8)
            state = mix(state, wordAt<std::uint64_t>(at));
        return mix(state, wordAt<std::uint64_t>(text.data() + size - 8));
    }
    std::uint64_t word = 0;
    if (size >= 4)
        word = std::uint64_t(wordAt<std::uint32_t>(at)) << 32 | wordAt<std::uint32_t>(at + size - 4);
    else if (size != 0)
        word = std::uint64_t(static_cast<unsigned char>(at[0])) << 16
            | std::uint64_t(static_cast<unsigned char>(at[size / 2])) << 8
            | static_cast<unsigned char>(at[size - 1]);
    return mix(state, word);
}

} // namespace sluicegate::maillog
