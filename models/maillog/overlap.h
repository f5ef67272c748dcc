// SPDX-License-Identifier: GPL-3.0-or-later
// Rotation may leave the same lines in two files: a source's begin that an earlier source already has.
#pragma once

#include "models/maillog/store.h"

namespace sluicegate::maillog {

enum class Known : std::uint8_t { Whole, SoFar };

/// How many bytes at the begin of this source are a run of lines already read; they are counted in its
/// summary as repeated. Nothing (and nothing counted) where so far all is the same and more may come.
std::optional<std::uint64_t> skipRepeated(Store& store, std::uint32_t source, Known known = Known::Whole);

} // namespace sluicegate::maillog
