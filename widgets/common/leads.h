// SPDX-License-Identifier: GPL-3.0-or-later
// A menu's part that leads from a thing to its like in the log.
#pragma once

#include "models/items/filter.h"

#include <functional>

class QMenu;

namespace sluicegate::common {

void addLeads(QMenu& menu, const std::vector<items::Term>& terms,
    const std::function<void(const items::Term&)>& follow);

} // namespace sluicegate::common
