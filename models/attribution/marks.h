// SPDX-License-Identifier: GPL-3.0-or-later
// What divides a source's messages: the marks of the spam's tool, and the wave they came in.
#pragma once

#include "models/attribution/scene.h"

#include <algorithm>
#include <vector>

namespace sluicegate::attribution {

inline constexpr std::chrono::minutes pause {45}; // a longer silence ends an attack's wave

// Some of the numbers that the scene's names have.
class Chosen {
public:
    explicit Chosen(std::size_t names) : m_in(names, false) { }
    void insert(std::uint32_t number)
    {
        m_size += m_in[number] ? 0 : 1;
        m_in[number] = true;
    }
    bool contains(std::uint32_t number) const { return m_in[number]; }
    std::size_t size() const { return m_size; }

private:
    std::vector<bool> m_in;
    std::size_t m_size = 0;
};

// What the spam's tool leaves. Tools that change it with every message cannot be told by it.
struct Marks {
    Chosen signatures;
    Chosen clients;
    std::size_t seeds = 0;

    bool diverse() const { return seeds >= 3 && signatures.size() * 2 > seeds; }
    bool knows(const Row& row) const { return signatures.contains(row.signature); }
    bool uses(const Row& row) const { return clients.contains(row.client); }
};

Marks marksOf(const Scene& scene, const std::vector<bool>& seeds);

// The wave that holds the first seed begins where its like was silent before.
base::Instant beginOf(const std::vector<Row>& rows, const std::vector<bool>& seeds, auto like)
{
    std::size_t first = 0;
    while (!seeds[first])
        ++first;
    base::Instant begin = rows[first].at;
    for (std::size_t i = first; i-- > 0 && begin - rows[i].at <= pause;)
        if (like(rows[i]))
            begin = rows[i].at;
    return begin;
}

/// Where nothing else does, words tell: what is worded as two of the spam are is spam, and what is worded as
/// none of them only bears the same program's mark.
void readWords(Scene& scene, const Marks& ofSeeds);

/// Divides a login's messages: the thief's from the owner's.
void splitLogin(Scene& scene, std::vector<bool> seeds);

} // namespace sluicegate::attribution
