// SPDX-License-Identifier: GPL-3.0-or-later
// One look for every table: fixed row height, whole-row selection, calm grid.
#pragma once

#include <QList>

class QTableView;

namespace sluicegate::common {

/// `widths` in pixels by column; 0: the column that takes what is left.
void dress(QTableView& table, const QList<int>& widths);

} // namespace sluicegate::common
