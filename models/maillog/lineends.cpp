// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/lineends.h"

#include "models/maillog/bytescan.h"

#include <algorithm>
#ifdef __SSE2__
#include <immintrin.h>
#endif

namespace sluicegate::maillog {

namespace {

// Writes down the places of the bits; nearly always there is one or none.
inline std::uint16_t* place(std::uint64_t bits, std::size_t at, std::uint16_t* out)
{
    *out = static_cast<std::uint16_t>(at + static_cast<std::size_t>(std::countr_zero(bits | 1ull << 63)));
    out += bits != 0 ? 1 : 0;
    while ((bits &= bits - 1) != 0) [[unlikely]]
        *out++ = static_cast<std::uint16_t>(at + static_cast<std::size_t>(std::countr_zero(bits)));
    return out;
}

constexpr std::size_t width = 64;

#ifdef __SSE2__
std::uint16_t* endsIn(const char* bytes, std::size_t size, std::uint16_t* out)
{
    for (std::size_t at = 0; at < size; at += width) {
        std::uint64_t ends = 0;
        for (unsigned part = 0; part < 4; ++part)
            ends |= std::uint64_t(equal16(load16(bytes + at + part * 16), '\n')) << (part * 16);
        out = place(ends, at, out);
    }
    return out;
}

[[gnu::target("avx2,bmi")]] inline std::uint64_t endsIn32(const char* bytes)
{
    const __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes));
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(_mm256_cmpeq_epi8(block, _mm256_set1_epi8('\n'))));
}

// Half as many instructions.
[[gnu::target("avx2,bmi")]] std::uint16_t* endsInWide(const char* bytes, std::size_t size, std::uint16_t* out)
{
    for (std::size_t at = 0; at < size; at += width)
        out = place(endsIn32(bytes + at) | endsIn32(bytes + at + 32) << 32, at, out);
    return out;
}

const auto endsInBlocks = __builtin_cpu_supports("avx2") != 0 ? endsInWide : endsIn;
#endif

} // namespace

bool LineEnds::lookAhead()
{
    const std::size_t size = std::min(ahead, m_text.size() - m_next);
    const char* const bytes = m_text.data() + m_next;
    std::uint16_t* out = m_ends.data();
    std::size_t at = 0;
#ifdef __SSE2__
    at = size - size % width;
    out = endsInBlocks(bytes, at, out);
#endif
    for (; at < size; ++at)
        if (bytes[at] == '\n')
            *out++ = static_cast<std::uint16_t>(at);
    m_start = m_next;
    m_next += size;
    m_at = 0;
    m_count = static_cast<std::size_t>(out - m_ends.data());
    return size != 0;
}

std::uint64_t countLineEnds(std::string_view text)
{
    std::uint64_t count = 0;
#ifdef __SSE2__
    while (text.size() >= 16) { // each byte of `found` counts to 255 at most
        const std::size_t blocks = std::min<std::size_t>(text.size() / 16, 255);
        __m128i found = _mm_setzero_si128();
        for (std::size_t n = 0; n < blocks; ++n)
            found = _mm_sub_epi8(found, _mm_cmpeq_epi8(load16(text.data() + n * 16), _mm_set1_epi8('\n')));
        const __m128i sums = _mm_sad_epu8(found, _mm_setzero_si128());
        count += static_cast<std::uint64_t>(_mm_cvtsi128_si32(sums))
            + static_cast<std::uint64_t>(_mm_cvtsi128_si32(_mm_srli_si128(sums, 8)));
        text.remove_prefix(blocks * 16);
    }
#endif
    return count + static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

} // namespace sluicegate::maillog
