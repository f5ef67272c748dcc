// SPDX-License-Identifier: GPL-3.0-or-later
// Queue ids: how they look, and as keys.
#pragma once

#include "models/maillog/bytescan.h"
#include "models/maillog/hash.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace sluicegate::maillog {

/// A whole queue id, padded with zeros: comparing keys is comparing ids.
struct IdKey {
    static constexpr std::size_t longest = 24;
    std::uint64_t word[3] {};
    bool operator==(const IdKey&) const = default;
};

inline IdKey keyOf(std::string_view id)
{
    IdKey key;
    const std::size_t size = id.size() < IdKey::longest ? id.size() : IdKey::longest;
    if (size >= 8 && size <= 16) { // nearly all: two loads that overlap
        std::memcpy(&key.word[0], id.data(), 8);
        std::memcpy(&key.word[1], id.data() + size - 8, 8);
        key.word[1] = size == 8 ? 0 : key.word[1] >> (8 * (16 - size));
    } else {
        std::memcpy(key.word, id.data(), size);
    }
    return key;
}

inline std::uint32_t hashOf(const IdKey& key)
{
    std::uint64_t hash = mix(key.word[0] ^ hashSeed(), key.word[1]);
    if (key.word[2] != 0)
        hash = mix(hash, key.word[2]);
    return static_cast<std::uint32_t>(hash);
}

/// Whether `text` could be a queue id: short (hexadecimal) or long (the alphabet without vowels).
bool looksLikeId(std::string_view text);
/// The queue id at the front of a daemon's message ("3A1B2C4D5E: ..."); empty if there is none.
std::string_view leadingId(std::string_view message);

namespace detail {
inline constexpr std::size_t shortestHexadecimal = 6;

#ifdef __SSE2__
/// One bit for each of 16 bytes that is 0-9 or A-F.
inline std::uint32_t hexadecimalIn(__m128i bytes)
{
    const auto within = [bytes](char low, char high) {
        return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(low - 1))),
            _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(high + 1))));
    };
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(within('0', '9'), within('A', 'F'))));
}
#endif
} // namespace detail

/// The length of a short id at the front, decided at once for nearly all lines; 0 if there is none, or a
/// closer look is needed. 16 bytes must be readable.
inline std::size_t shortIdAt(const char* message)
{
#ifdef __SSE2__
    const __m128i bytes = load16(message);
    const std::uint32_t colons = equal16(bytes, ':');
    const auto length = static_cast<std::size_t>(std::countr_zero(colons | 1u << 16));
    const bool isShort = colons != 0 && length >= detail::shortestHexadecimal
        && (~detail::hexadecimalIn(bytes) & ((1u << length) - 1)) == 0;
    return isShort ? length : 0;
#else
    static_cast<void>(message);
    return 0;
#endif
}

} // namespace sluicegate::maillog
