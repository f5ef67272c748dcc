// SPDX-License-Identifier: GPL-3.0-or-later
// Where the lines of a text end. They are looked for some thousand bytes ahead and all at once: asked one by
// one, the processor guesses wrong at nearly each how far the next is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace sluicegate::maillog {

class LineEnds {
public:
    LineEnds(std::string_view text, std::size_t from) : m_text(text), m_next(from) { }

    /// The next line's end, or the text's; not to be asked behind it.
    std::size_t next()
    {
        while (m_at == m_count)
            if (!lookAhead())
                return m_text.size();
        return m_start + m_ends[m_at++];
    }

private:
    static constexpr std::size_t ahead = 4096; // with what is read of it, it stays in the nearest cache
    bool lookAhead();

    std::string_view m_text;
    std::size_t m_next; // not yet looked at
    std::size_t m_start = 0; // what the ends are counted from
    std::size_t m_at = 0;
    std::size_t m_count = 0;
    std::array<std::uint16_t, ahead> m_ends;
};

/// How many lines of a text have an end.
std::uint64_t countLineEnds(std::string_view text);

} // namespace sluicegate::maillog
