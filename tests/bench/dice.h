// SPDX-License-Identifier: GPL-3.0-or-later
// Random numbers that are the same on every machine for the same seed.
#pragma once

#include <cstdint>
#include <vector>

namespace sluicegate::bench {

class Dice {
public:
    explicit Dice(std::uint64_t seed) : m_state(seed * 0x9E3779B97F4A7C15ull + 1) { }
    std::uint64_t roll()
    {
        std::uint64_t z = m_state += 0x9E3779B97F4A7C15ull;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
        return z ^ (z >> 31);
    }
    std::uint64_t below(std::uint64_t end) { return roll() % end; }
    bool percent(std::uint64_t chance) { return below(100) < chance; }
    template <typename T> const T& pick(const std::vector<T>& from) { return from[below(from.size())]; }

private:
    std::uint64_t m_state;
};

} // namespace sluicegate::bench
