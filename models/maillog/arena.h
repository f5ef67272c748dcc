// SPDX-License-Identifier: GPL-3.0-or-later
// Growing storage that never moves: chunks of equal size, so that growth costs no copy and no doubled peak.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <sys/mman.h>
#include <type_traits>
#include <vector>

namespace sluicegate::maillog {

template <typename T> class Arena {
    static_assert(std::is_trivially_destructible_v<T>);

public:
    std::uint32_t push(const T& value)
    {
        if ((m_size & (chunk - 1)) == 0)
            m_chunks.push_back(newChunk());
        new (m_chunks[m_size / chunk].get() + (m_size & (chunk - 1))) T(value);
        return m_size++;
    }

    T& operator[](std::uint32_t index) { return m_chunks[index / chunk].get()[index & (chunk - 1)]; }
    const T& operator[](std::uint32_t index) const
    {
        return m_chunks[index / chunk].get()[index & (chunk - 1)];
    }
    std::uint32_t size() const { return m_size; }

private:
    // As large as the processor's large pages: asked for as such, filling them costs a tenth of the faults.
    static constexpr std::size_t largePage = 2u << 20;
    static constexpr std::uint32_t chunk = std::bit_floor(largePage / sizeof(T));

    struct Free {
        void operator()(T* memory) const
        {
            ::operator delete(static_cast<void*>(memory), std::align_val_t(largePage));
        }
    };
    using Chunk = std::unique_ptr<T, Free>;

    static Chunk newChunk()
    {
        void* memory = ::operator new(largePage, std::align_val_t(largePage));
        ::madvise(memory, largePage, MADV_HUGEPAGE); // a wish: without it all works as well
        return Chunk(static_cast<T*>(memory));
    }

    std::vector<Chunk> m_chunks;
    std::uint32_t m_size = 0;
};

} // namespace sluicegate::maillog
