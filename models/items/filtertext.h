// SPDX-License-Identifier: GPL-3.0-or-later
// The filter as the case keeps it.
#pragma once

#include "models/items/filter.h"

namespace sluicegate::items {

std::string filterText(const Filter& filter);
/// Nothing where it is no filter; terms of a field that is not known are left out.
std::optional<Filter> filterOf(std::string_view text);

} // namespace sluicegate::items
