// SPDX-License-Identifier: GPL-3.0-or-later
// Searching in short texts, 16 bytes at a time. Fields of a log line are so short that calling libc's search
// costs more than the search; nothing outside the text is read.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace sluicegate::maillog {

#ifdef __SSE2__
inline __m128i load16(const char* bytes)
{
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes));
}
/// One bit for each of 16 bytes that equals `wanted`.
inline std::uint32_t equal16(__m128i bytes, char wanted)
{
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(wanted))));
}
#endif

/// Where the first `wanted` stands; the text's size if there is none.
inline std::size_t placeOf(std::string_view text, char wanted)
{
    std::size_t at = 0;
#ifdef __SSE2__
    for (; at + 16 <= text.size(); at += 16)
        if (const std::uint32_t found = equal16(load16(text.data() + at), wanted); found != 0)
            return at + static_cast<std::size_t>(std::countr_zero(found));
#endif
    while (at < text.size() && text[at] != wanted)
        ++at;
    return at;
}

/// Where the last `wanted` stands; npos if there is none.
inline std::size_t lastPlaceOf(std::string_view text, char wanted)
{
    std::size_t end = text.size();
#ifdef __SSE2__
    for (; end >= 16; end -= 16)
        if (const std::uint32_t found = equal16(load16(text.data() + end - 16), wanted); found != 0)
            return end - 1 - static_cast<std::size_t>(std::countl_zero(found << 16));
#endif
    while (end != 0)
        if (text[--end] == wanted)
            return end;
    return std::string_view::npos;
}

/// Whether `size` bytes are the same; quicker than a call while they are few.
inline bool sameBytes(const char* a, const char* b, std::size_t size)
{
    const auto same = [&](auto word, std::size_t at) {
        auto other = word;
        std::memcpy(&word, a + at, sizeof word);
        std::memcpy(&other, b + at, sizeof other);
        return word == other;
    };
    if (size >= 8) {
        for (std::size_t at = 0; at + 8 < size; at += 8)
            if (!same(std::uint64_t(), at))
                return false;
        return same(std::uint64_t(), size - 8);
    }
    if (size >= 4)
        return same(std::uint32_t(), 0) && same(std::uint32_t(), size - 4);
    while (size != 0 && a[size - 1] == b[size - 1])
        --size;
    return size == 0;
}

/// Where the first `mark` (two bytes or more) stands; npos if there is none. Looks for its first and last
/// byte together.
inline std::size_t placeOfMark(std::string_view text, std::string_view mark)
{
    const std::size_t size = mark.size();
    std::size_t at = 0;
#ifdef __SSE2__
    for (; at + 15 + size <= text.size(); at += 16) {
        std::uint32_t found = equal16(load16(text.data() + at), mark.front())
            & equal16(load16(text.data() + at + size - 1), mark.back());
        for (; found != 0; found &= found - 1) {
            const std::size_t here = at + static_cast<std::size_t>(std::countr_zero(found));
            if (size == 2 || sameBytes(text.data() + here, mark.data(), size))
                return here;
        }
    }
#endif
    for (; at + size <= text.size(); ++at)
        if (text[at] == mark.front() && sameBytes(text.data() + at, mark.data(), size))
            return at;
    return std::string_view::npos;
}

} // namespace sluicegate::maillog
