// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/idshape.h"

#include "models/maillog/bytescan.h"
#include "models/maillog/hash.h"

#include <algorithm>
#include <array>

namespace sluicegate::maillog {

namespace {

constexpr auto isRun = [] {
    std::array<bool, 256> table {};
    for (const char c : std::string_view("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

// One bit for each of the first 16 bytes that is a letter or a digit.
std::uint32_t runsIn(std::string_view id)
{
    const std::size_t size = id.size() < 16 ? id.size() : 16;
    std::uint32_t runs = 0;
#ifdef __SSE2__
    if (size == 16) {
        const __m128i bytes = load16(id.data());
        const __m128i lower = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
        const auto within = [](__m128i block, char low, char high) {
            return _mm_and_si128(_mm_cmpgt_epi8(block, _mm_set1_epi8(static_cast<char>(low - 1))),
                _mm_cmplt_epi8(block, _mm_set1_epi8(static_cast<char>(high + 1))));
        };
        return static_cast<std::uint32_t>(
            _mm_movemask_epi8(_mm_or_si128(within(bytes, '0', '9'), within(lower, 'a', 'z'))));
    }
#endif
    for (std::size_t at = 0; at < size; ++at)
        runs |= std::uint32_t(isRun[static_cast<unsigned char>(id[at])] ? 1 : 0) << at;
    return runs;
}

} // namespace

std::uint32_t idShape(std::string_view id)
{
    const std::size_t split = lastPlaceOf(id, '@');
    std::uint64_t shape = id.empty() ? 1 : 2;
    std::uint32_t before = 0; // whether the byte before these 16 is in a run
    for (std::string_view left = id.substr(0, split); !left.empty();
        left.remove_prefix(std::min<std::size_t>(16, left.size()))) {
        const std::uint32_t all = left.size() < 16 ? (1u << left.size()) - 1 : 0xFFFF;
        const std::uint32_t runs = runsIn(left);
        for (std::uint32_t told = all & ~(runs & (runs << 1 | before)); told != 0; told &= told - 1) {
            const auto at = static_cast<unsigned>(std::countr_zero(told));
            shape = mix(shape, (runs >> at & 1) != 0 ? 7 : static_cast<unsigned char>(left[at]));
        }
        before = runs >> 15 & 1;
    }
    if (split != std::string_view::npos)
        shape = mix(shape, hashOf(id.substr(split + 1)));
    return static_cast<std::uint32_t>(shape ^ shape >> 32) | 1u;
}

} // namespace sluicegate::maillog
