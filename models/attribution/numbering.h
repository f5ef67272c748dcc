// SPDX-License-Identifier: GPL-3.0-or-later
// Names that come again and again, told by small numbers: counting and comparing them costs no hashing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

namespace sluicegate::attribution {

/// An open-addressing table: a spammer's senders are as many as the messages, and a node of memory for each
/// cost a third of filling the rows.
template <typename Name> class Numbering {
public:
    /// The number of a name, a new one if it is new. Runs of one name are common: the last is compared first.
    std::uint32_t of(const Name& name)
    {
        if (m_last < m_names.size() && m_names[m_last] == name)
            return m_last;
        if (m_names.size() * 2 >= m_slots.size())
            grow();
        const std::uint32_t hash = hashOf(name);
        Slot& slot = m_slots[slotOf(hash, name)];
        if (slot.number == none) {
            slot = {hash, size()};
            m_names.push_back(name);
        }
        return m_last = slot.number;
    }
    std::optional<std::uint32_t> find(const Name& name) const
    {
        if (m_slots.empty())
            return {};
        const std::uint32_t number = m_slots[slotOf(hashOf(name), name)].number;
        return number == none ? std::nullopt : std::optional(number);
    }
    const Name& operator[](std::uint32_t number) const { return m_names[number]; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_names.size()); }

private:
    static constexpr std::uint32_t none = UINT32_MAX;
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number = none;
    };

    static std::uint32_t hashOf(const Name& name)
    {
        const std::uint64_t spread = std::hash<Name> {}(name) * 0x9E3779B97F4A7C15ull;
        return static_cast<std::uint32_t>(spread >> 32);
    }

    std::size_t slotOf(std::uint32_t hash, const Name& name) const
    {
        const std::size_t mask = m_slots.size() - 1;
        std::size_t slot = hash & mask;
        while (m_slots[slot].number != none
            && (m_slots[slot].hash != hash || !(m_names[m_slots[slot].number] == name)))
            slot = (slot + 1) & mask;
        return slot;
    }

    void grow()
    {
        constexpr std::size_t least = 16;
        std::vector<Slot> slots(m_slots.empty() ? least : m_slots.size() * 2);
        const std::size_t mask = slots.size() - 1;
        for (const Slot& known : m_slots) {
            std::size_t slot = known.hash & mask;
            while (known.number != none && slots[slot].number != none)
                slot = (slot + 1) & mask;
            if (known.number != none)
                slots[slot] = known;
        }
        m_slots = std::move(slots);
    }

    std::vector<Slot> m_slots;
    std::vector<Name> m_names;
    std::uint32_t m_last = 0;
};

} // namespace sluicegate::attribution
