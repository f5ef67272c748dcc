// SPDX-License-Identifier: GPL-3.0-or-later
// Growing storage that never moves. It is addressed in pages of equal size; memory is taken in blocks that
// grow from one page to two megabytes, so that a small log costs little and a large one few allocations. A
// snapshot shares the pages; who still writes copies a shared page before changing it.
#pragma once

#include <atomic>
#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>
#include <vector>

namespace sluicegate::maillog {

/// Has the kernel hand out all pages of a large block in one call: taking each when it is first touched costs
/// twice as much.
void takeAtOnce(void* memory, std::size_t size);

template <typename T> class Arena {
    static_assert(std::is_trivially_copyable_v<T>);

public:
    Arena() = default;
    Arena(Arena&&) noexcept = default;
    Arena& operator=(Arena&&) noexcept = default;

    std::uint32_t push(const T& value)
    {
        if (m_size % page == 0) [[unlikely]]
            addPage();
        // Also into a shared page: a snapshot does not look behind its own end.
        new (m_pages[m_size / page] + m_size % page) T(value);
        return m_size++;
    }

    T& operator[](std::uint32_t index)
    {
        T* items = m_own[index / page];
        if (items == nullptr) [[unlikely]]
            items = makeOwn(index / page);
        return items[index % page];
    }
    const T& operator[](std::uint32_t index) const { return m_pages[index / page][index % page]; }
    std::uint32_t size() const { return m_size; }

    /// The same content: it stays as it is while this one goes on. Nothing may be pushed to it.
    Arena snapshot()
    {
        std::ranges::fill(m_own, nullptr);
        Arena shared;
        shared.m_pages = m_pages;
        shared.m_own = m_own;
        shared.m_owners = m_owners;
        shared.m_size = m_size;
        return shared;
    }

private:
    static constexpr std::uint32_t page = std::bit_floor((32u << 10) / sizeof(T));
    static constexpr std::size_t largestBlock = 2u << 20;
    static constexpr std::size_t mostPages = largestBlock / (page * sizeof(T)); // of a block

    static constexpr auto alignment = static_cast<std::align_val_t>(alignof(T));

    struct Free {
        void operator()(T* memory) const { ::operator delete(static_cast<void*>(memory), alignment); }
    };
    using Memory = std::shared_ptr<T>;

    // The processor's large pages are not asked for: a virtual machine that hands its free memory back to its
    // host gets them five times slower than small ones.
    static Memory allocate(std::size_t pages)
    {
        const std::size_t size = pages * page * sizeof(T);
        void* memory = ::operator new(size, alignment);
        if (size == largestBlock)
            takeAtOnce(memory, size);
        return Memory(static_cast<T*>(memory), Free {});
    }

    // Rare, and apart from what is done for each line: inlined there they made it a third longer.
    [[gnu::noinline, gnu::cold]] void addPage()
    {
        if (m_left == 0) {
            m_left = std::clamp<std::size_t>(m_pages.size(), 1, mostPages);
            m_block = allocate(m_left);
            m_next = m_block.get();
        }
        m_owners.push_back(Memory(m_block, m_next));
        m_pages.push_back(m_next);
        m_own.push_back(m_next);
        m_next += page;
        --m_left;
    }

    [[gnu::noinline, gnu::cold]] T* makeOwn(std::uint32_t index)
    {
        Memory& owner = m_owners[index];
        // The fence: whoever let go of the page in another thread has read it before it is changed here.
        if (owner.use_count() != 1) {
            Memory copy = allocate(1);
            std::copy_n(owner.get(), std::min(page, m_size - index * page), copy.get());
            owner = std::move(copy);
        } else {
            std::atomic_thread_fence(std::memory_order_acquire);
        }
        return m_own[index] = m_pages[index] = owner.get();
    }

    std::vector<T*> m_pages;
    std::vector<T*> m_own; // none where a snapshot may share the page
    std::vector<Memory> m_owners;
    Memory m_block; // the last one
    T* m_next = nullptr; // what is left of it
    std::size_t m_left = 0;
    std::uint32_t m_size = 0;
};

} // namespace sluicegate::maillog
