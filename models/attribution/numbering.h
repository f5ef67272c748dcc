// SPDX-License-Identifier: GPL-3.0-or-later
// Names that come again and again, told by small numbers: counting and comparing them costs no hashing.
#pragma once

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace sluicegate::attribution {

template <typename Name> class Numbering {
public:
    /// The number of a name, a new one if it is new. Runs of one name are common: the last is compared first.
    std::uint32_t of(const Name& name)
    {
        if (m_last < m_names.size() && m_names[m_last] == name)
            return m_last;
        const auto [at, isNew] = m_numbers.try_emplace(name, size());
        if (isNew)
            m_names.push_back(name);
        return m_last = at->second;
    }
    std::optional<std::uint32_t> find(const Name& name) const
    {
        const auto at = m_numbers.find(name);
        return at == m_numbers.end() ? std::nullopt : std::optional(at->second);
    }
    const Name& operator[](std::uint32_t number) const { return m_names[number]; }
    std::uint32_t size() const { return static_cast<std::uint32_t>(m_names.size()); }

private:
    std::unordered_map<Name, std::uint32_t> m_numbers;
    std::vector<Name> m_names;
    std::uint32_t m_last = 0;
};

} // namespace sluicegate::attribution
