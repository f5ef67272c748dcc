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

Symbols::Symbols() : m_hashes {0}, m_table(1024)
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
    for (; m_table[slot] != 0; slot = (slot + 1) & mask) {
        const std::uint32_t symbol = m_table[slot] - 1;
        if (m_hashes[symbol] == hash && view(symbol) == text)
            return m_last = symbol;
    }
    m_last = m_views.push(keep(text));
    m_hashes.push_back(hash);
    m_table[slot] = m_last + 1;
    if (m_views.size() * 2 > m_table.size())
        grow();
    return m_last;
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
    std::vector<std::uint32_t> table(m_table.size() * 2);
    const std::size_t mask = table.size() - 1;
    for (std::uint32_t symbol = 1; symbol < m_views.size(); ++symbol) {
        std::size_t slot = m_hashes[symbol] & mask;
        while (table[slot] != 0)
            slot = (slot + 1) & mask;
        table[slot] = symbol + 1;
    }
    m_table = std::move(table);
}

} // namespace sluicegate::maillog
