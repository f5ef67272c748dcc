// SPDX-License-Identifier: GPL-3.0-or-later
// Streaming decompression of gzip, bzip2, xz and zstd, one member (stream, frame) each, behind one face.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace sluicegate::evidence {

class Decoder {
public:
    enum class State { More, MemberEnd, Damaged };
    /// How far one step came.
    struct Step {
        State state = State::More;
        std::size_t consumed = 0;
        std::size_t produced = 0;
    };

    virtual ~Decoder() = default;
    virtual Step step(std::string_view input, char* output, std::size_t room) = 0;

    /// By the magic number; null for anything that is not compressed.
    static std::unique_ptr<Decoder> forMagic(std::string_view start);
};

} // namespace sluicegate::evidence
