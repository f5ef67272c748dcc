// SPDX-License-Identifier: GPL-3.0-or-later
// A view whose chosen thing can be pinned for the report.
#pragma once

#include "models/casefile/remark.h"

namespace sluicegate::common {

class Pinnable {
public:
    virtual ~Pinnable() = default;
    /// What the pin key means now; nothing where nothing is chosen.
    virtual std::optional<casefile::Remark> pinned() const = 0;
};

} // namespace sluicegate::common
