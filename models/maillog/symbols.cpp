// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/symbols.h"

#include "models/maillog/hash.h"

#include <algorithm>
#include <random>

namespace sluicegate::maillog {

namespace {

constexpr std::size_t blockSize = 1 << 16;

} // namespace

const std::uint64_t detail::hashSeed = [] {
    std::random_device device;
    return (std::uint64_t(device()) << 32) | device();
}();

Symbols::Symbols() : m_table(1024)
{
    m_views.push({});
}

Symbols Symbols::snapshot()
{
    Symbols shared;
    shared.m_views = m_views.snapshot();
    shared.m_blocks = m_blocks;
    return shared;
}

std::uint32_t Symbols::intern(std::string_view text)
{
    if (view(m_last) == text)
        return m_last;
    if (text.empty())
        return m_last = 0;
    const auto hash = static_cast<std::uint32_t>(hashOf(text));
    const std::size_t mask = m_table.size() - 1;
    std::size_t slot = hash & mask;
    for (; m_table[slot].symbol != 0; slot = (slot + 1) & mask)
        if (m_table[slot].hash == hash && view(m_table[slot].symbol) == text)
            return m_last = m_table[slot].symbol;
    m_last = m_views.push(keep(text));
    m_table[slot] = {hash, m_last};
    if (++m_interned * 2 > m_table.size())
        grow();
    return m_last;
}

std::uint32_t Symbols::note(std::string_view text)
{
    if (text.empty())
        return 0;
    const auto hash = static_cast<std::uint32_t>(hashOf(text));
    Slot& slot = m_noted[hash % m_noted.size()];
    if (slot.symbol == 0 || slot.hash != hash || view(slot.symbol) != text)
        slot = {hash, m_views.push(keep(text))};
    return slot.symbol;
}

std::string_view Symbols::keep(std::string_view text)
{
    if (text.size() > m_left) {
        m_left = std::max(blockSize, text.size());
        m_blocks->push_back(std::make_unique_for_overwrite<char[]>(m_left));
        m_next = m_blocks->back().get();
    }
    std::copy(text.begin(), text.end(), m_next);
    const std::string_view kept(m_next, text.size());
    m_next += text.size();
    m_left -= text.size();
    return kept;
}

void Symbols::grow()
{
    std::vector<Slot> table(m_table.size() * 2);
    const std::size_t mask = table.size() - 1;
    for (const Slot& known : m_table) {
        std::size_t slot = known.hash & mask;
        while (known.symbol != 0 && table[slot].symbol != 0)
            slot = (slot + 1) & mask;
        if (known.symbol != 0)
            table[slot] = known;
    }
    m_table = std::move(table);
}

} // namespace sluicegate::maillog
