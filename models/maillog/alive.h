// SPDX-License-Identifier: GPL-3.0-or-later
// The queue ids alive while the log is read: an open-addressing table that stays small, in the processor's
// cache, because it has only hashes and finished ids leave.
#pragma once

#include "models/maillog/store.h"

#include <vector>

namespace sluicegate::maillog {

class IdTable {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// The lives know their keys.
    explicit IdTable(const Arena<Life>& lives) : m_lives(lives), m_slots(1 << 12) { }
    std::uint32_t find(const IdKey& key) const { return m_slots[slotOf(hashOf(key), key)].life; }
    void set(const IdKey& key, std::uint32_t life);
    /// Takes the id out, unless it has meanwhile got another life.
    void remove(std::uint32_t hash, std::uint32_t life);

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t life = none;
    };
    std::size_t slotOf(std::uint32_t hash, const IdKey& key) const
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = hash & mask;
        while (m_slots[slot].life != none
            && (m_slots[slot].hash != hash || !(m_lives[m_slots[slot].life].key == key)))
            slot = (slot + 1) & mask;
        return slot;
    }
    void grow();

    const Arena<Life>& m_lives;
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

} // namespace sluicegate::maillog
