// SPDX-License-Identifier: GPL-3.0-or-later
// What the rows of a letter say.
#pragma once

#include "models/items/lettermodel.h"

namespace sluicegate::items {

std::vector<LetterModel::Row> rowsOf(const Letter& letter);

} // namespace sluicegate::items
