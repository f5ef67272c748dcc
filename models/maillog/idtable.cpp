// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/idtable.h"

#include "models/maillog/bytescan.h"
#include "models/maillog/store.h"

#include <array>

namespace sluicegate::maillog {

namespace {

constexpr unsigned char hexadecimal = 1;
constexpr unsigned char longAlphabet = 2;

// Long ids use 52 letters: no vowels in either case.
constexpr auto classes = [] {
    std::array<unsigned char, 256> table {};
    for (const char c : std::string_view("0123456789ABCDEF"))
        table[static_cast<unsigned char>(c)] |= hexadecimal;
    for (const char c : std::string_view("0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz"))
        table[static_cast<unsigned char>(c)] |= longAlphabet;
    return table;
}();

constexpr std::size_t shortestHexadecimal = 6;
constexpr std::size_t shortestLong = 10;

bool isId(unsigned char common, std::size_t length)
{
    return length <= IdKey::longest
        && (((common & hexadecimal) != 0 && length >= shortestHexadecimal)
            || ((common & longAlphabet) != 0 && length >= shortestLong));
}

#ifdef __SSE2__
// One bit for each of 16 bytes that is 0-9 or A-F.
std::uint32_t hexadecimalIn(__m128i bytes)
{
    const auto within = [bytes](char low, char high) {
        return _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(static_cast<char>(low - 1))),
            _mm_cmplt_epi8(bytes, _mm_set1_epi8(static_cast<char>(high + 1))));
    };
    return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(within('0', '9'), within('A', 'F'))));
}
#endif

} // namespace

std::string_view leadingId(std::string_view message)
{
#ifdef __SSE2__
    // Nearly all lines, decided at once: a hexadecimal id and its colon within the first 16 bytes, or no
    // colon.
    if (message.size() >= 16) {
        const auto bytes = load16(message.data());
        const std::uint32_t colons = equal16(bytes, ':');
        if (colons != 0) {
            const auto length = static_cast<std::size_t>(std::countr_zero(colons));
            if ((~hexadecimalIn(bytes) & ((1u << length) - 1)) == 0)
                return isId(hexadecimal, length) ? message.substr(0, length) : std::string_view {};
        }
    }
#endif
    unsigned char common = hexadecimal | longAlphabet;
    std::size_t length = 0;
    for (; length < message.size(); ++length) {
        const unsigned char next = common & classes[static_cast<unsigned char>(message[length])];
        if (next == 0)
            break;
        common = next;
    }
    if (length == message.size() || message[length] != ':' || !isId(common, length))
        return {};
    return message.substr(0, length);
}

bool looksLikeId(std::string_view text)
{
    unsigned char common = hexadecimal | longAlphabet;
    for (const char c : text)
        common &= classes[static_cast<unsigned char>(c)];
    return isId(common, text.size());
}

IdTable::IdTable(const Arena<Life>& lives) : m_lives(lives), m_slots(1 << 12) { }

std::size_t IdTable::slotOf(std::uint32_t hash, const IdKey& key) const
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = hash & mask;
    while (m_slots[slot].life != none
        && (m_slots[slot].hash != hash || !(m_lives[m_slots[slot].life].key == key)))
        slot = (slot + 1) & mask;
    return slot;
}

std::uint32_t IdTable::find(const IdKey& key) const
{
    return m_slots[slotOf(hashOf(key), key)].life;
}

void IdTable::set(const IdKey& key, std::uint32_t life)
{
    const std::uint32_t hash = hashOf(key);
    Slot& slot = m_slots[slotOf(hash, key)];
    m_used += slot.life == none ? 1 : 0;
    slot = {hash, life};
    if (m_used * 2 > m_slots.size())
        grow();
}

void IdTable::remove(const IdKey& key, std::uint32_t life)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t hole = hashOf(key) & mask;
    while (m_slots[hole].life != none && m_slots[hole].life != life)
        hole = (hole + 1) & mask;
    if (m_slots[hole].life == none)
        return;
    // Close the gap: whoever stands behind and could not be found past the hole moves into it.
    for (std::size_t next = (hole + 1) & mask; m_slots[next].life != none; next = (next + 1) & mask) {
        const std::size_t wanted = m_slots[next].hash & mask;
        if (((next - wanted) & mask) >= ((next - hole) & mask)) {
            m_slots[hole] = m_slots[next];
            hole = next;
        }
    }
    m_slots[hole].life = none;
    --m_used;
}

void IdTable::grow()
{
    std::vector<Slot> old(m_slots.size() * 2);
    old.swap(m_slots);
    const std::size_t mask = m_slots.size() - 1;
    for (const Slot& slot : old) {
        std::size_t at = slot.hash & mask;
        while (slot.life != none && m_slots[at].life != none)
            at = (at + 1) & mask;
        if (slot.life != none)
            m_slots[at] = slot;
    }
}

} // namespace sluicegate::maillog
