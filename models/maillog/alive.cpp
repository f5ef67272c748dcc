// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/alive.h"

namespace sluicegate::maillog {

void IdTable::set(const IdKey& key, std::uint32_t life)
{
    const std::uint32_t hash = hashOf(key);
    Slot& slot = m_slots[slotOf(hash, key)];
    m_used += slot.life == none ? 1 : 0;
    slot = {hash, life};
    if (m_used * 2 > m_slots.size())
        grow();
}

void IdTable::remove(std::uint32_t hash, std::uint32_t life)
{
    const std::size_t mask = m_slots.size() - 1;
    std::size_t hole = hash & mask;
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
