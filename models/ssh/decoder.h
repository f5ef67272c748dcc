// SPDX-License-Identifier: GPL-3.0-or-later
// The stream behind a pull's header back to the file's bytes: raw, gzip or zstd, bounded by the announced
// size.
#pragma once

#include "models/base/failure.h"

#include <functional>
#include <memory>
#include <string_view>

namespace sluicegate::ssh {

enum class Codec { Raw, Gzip, Zstd };

class Decoder {
public:
    using Taker = std::function<base::Result<void>(std::string_view)>;

    static std::unique_ptr<Decoder> make(Codec codec);
    virtual ~Decoder() = default;

    /// Hands on what the bytes decode to. Hostile for bytes that are not of this coding or follow its end.
    virtual base::Result<void> decode(std::string_view bytes, const Taker& take) = 0;
    /// Whether the coding says that it is complete.
    virtual bool finished() const = 0;
};

} // namespace sluicegate::ssh
