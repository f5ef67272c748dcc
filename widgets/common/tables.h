// SPDX-License-Identifier: GPL-3.0-or-later
// One look for every table: fixed row height, whole-row selection, calm grid.
#pragma once

#include <QList>
#include <QString>

class QAbstractItemView;
class QTableView;

namespace sluicegate::common {

/// `widths` in pixels by column; 0: the column that takes what is left.
void dress(QTableView& table, const QList<int>& widths);

/// Says why there is no row, in the middle of the view, whenever its model has none. The view has its model
/// by now.
void sayWhenEmpty(QAbstractItemView& view, const QString& why);

} // namespace sluicegate::common
