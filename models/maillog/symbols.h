// SPDX-License-Identifier: GPL-3.0-or-later
// Interned strings: each sender and login is kept once, in dense memory, and named by a number.
#pragma once

#include "models/maillog/arena.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace sluicegate::maillog {

class Symbols {
public:
    Symbols();
    /// The number of `text`; 0 is the empty string. Runs of the same sender are common: the last one is
    /// compared first.
    std::uint32_t intern(std::string_view text);
    /// A number of `text`, which may have others: for names of which most come once. The table of all would
    /// be too large for the processor's cache, and be asked in vain.
    std::uint32_t note(std::string_view text);
    std::string_view view(std::uint32_t symbol) const { return m_views[symbol]; }
    /// The symbols known so far, only to be looked at.
    Symbols snapshot();

private:
    std::string_view keep(std::string_view text);
    void grow();

    using Blocks = std::vector<std::unique_ptr<char[]>>;
    Arena<std::string_view> m_views;
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t symbol = 0; // 0 is free: the empty string is in no slot
    };
    std::vector<Slot> m_table;
    std::size_t m_interned = 0; // what is in the table
    std::array<Slot, 1024> m_noted {}; // what came last, by its hash
    std::shared_ptr<Blocks> m_blocks = std::make_shared<Blocks>(); // snapshots only keep it alive
    std::size_t m_left = 0;
    char* m_next = nullptr;
    std::uint32_t m_last = 0;
};

} // namespace sluicegate::maillog
