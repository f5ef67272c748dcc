// SPDX-License-Identifier: GPL-3.0-or-later
// Rotation may leave the same lines in two files: a source's begin that an earlier source already has.
#pragma once

#include "models/maillog/store.h"

namespace sluicegate::maillog {

/// How many bytes at the begin of this source are a run of lines already read; they are counted in its
/// summary as repeated.
std::uint64_t skipRepeated(Store& store, std::uint32_t source);

} // namespace sluicegate::maillog
