// SPDX-License-Identifier: GPL-3.0-or-later
// The queue ids alive while the log is read: an open-addressing table that stays small, in the processor's
// cache, because it has only hashes and finished ids leave.
#pragma once

#include "models/maillog/hash.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace sluicegate::maillog {

/// A whole queue id, padded with zeros: comparing keys is comparing ids.
struct IdKey {
    static constexpr std::size_t longest = 24;
    std::uint64_t word[3] {};
    bool operator==(const IdKey&) const = default;
};

inline IdKey keyOf(std::string_view id)
{
    IdKey key;
    const std::size_t size = id.size() < IdKey::longest ? id.size() : IdKey::longest;
    if (size >= 8 && size <= 16) { // nearly all: two loads that overlap
        std::memcpy(&key.word[0], id.data(), 8);
        std::memcpy(&key.word[1], id.data() + size - 8, 8);
        key.word[1] = size == 8 ? 0 : key.word[1] >> (8 * (16 - size));
    } else {
        std::memcpy(key.word, id.data(), size);
    }
    return key;
}

inline std::uint32_t hashOf(const IdKey& key)
{
    std::uint64_t hash = mix(key.word[0] ^ hashSeed(), key.word[1]);
    if (key.word[2] != 0)
        hash = mix(hash, key.word[2]);
    return static_cast<std::uint32_t>(hash);
}

struct Life;
template <typename T> class Arena;

class IdTable {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// The lives know their keys.
    explicit IdTable(const Arena<Life>& lives);
    std::uint32_t find(const IdKey& key) const;
    void set(const IdKey& key, std::uint32_t life);
    /// Takes the id out, unless it has meanwhile got another life.
    void remove(const IdKey& key, std::uint32_t life);

private:
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t life = none;
    };
    std::size_t slotOf(std::uint32_t hash, const IdKey& key) const;
    void grow();

    const Arena<Life>& m_lives;
    std::vector<Slot> m_slots;
    std::size_t m_used = 0;
};

/// The queue id at the front of a daemon's message ("3A1B2C4D5E: ..."); empty if there is none.
std::string_view leadingId(std::string_view message);
/// Whether `text` could be a queue id: short (hexadecimal) or long (the alphabet without vowels).
bool looksLikeId(std::string_view text);

} // namespace sluicegate::maillog
