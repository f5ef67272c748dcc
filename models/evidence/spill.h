// SPDX-License-Identifier: GPL-3.0-or-later
// Takes bytes of unknown length: a few stay in memory, many go to an unlinked temporary file, which is
// mapped.
#pragma once

#include "models/base/bytes.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace sluicegate::evidence {

class Spill {
public:
    Spill() = default;
    Spill(const Spill&) = delete;
    Spill& operator=(const Spill&) = delete;
    ~Spill();

    /// False when the disk is full, or would be so nearly.
    bool write(std::string_view bytes);
    std::uint64_t size() const { return m_size; }
    const std::string& trouble() const { return m_trouble; }
    base::Result<base::Bytes> finish();

private:
    bool toFile(std::string_view bytes);
    bool openFile();
    bool roomLeft();

    std::string m_memory;
    int m_file = -1;
    std::uint64_t m_size = 0;
    std::uint64_t m_roomChecked = 0;
    std::string m_trouble;
};

} // namespace sluicegate::evidence
