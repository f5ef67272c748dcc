// SPDX-License-Identifier: GPL-3.0-or-later
// Growing storage that never moves: chunks of equal size, so that growth costs no copy and no doubled peak.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace sluicegate::maillog {

template <typename T> class Arena {
public:
    std::uint32_t push(const T& value)
    {
        if ((m_size & (chunk - 1)) == 0)
            m_chunks.push_back(std::make_unique_for_overwrite<T[]>(chunk));
        m_chunks[m_size / chunk][m_size & (chunk - 1)] = value;
        return m_size++;
    }

    T& operator[](std::uint32_t index) { return m_chunks[index / chunk][index & (chunk - 1)]; }
    const T& operator[](std::uint32_t index) const { return m_chunks[index / chunk][index & (chunk - 1)]; }
    std::uint32_t size() const { return m_size; }

private:
    static constexpr std::uint32_t chunk = 1 << 14;
    std::vector<std::unique_ptr<T[]>> m_chunks;
    std::uint32_t m_size = 0;
};

} // namespace sluicegate::maillog
