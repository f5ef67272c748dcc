// SPDX-License-Identifier: GPL-3.0-or-later
// Small painted marks: outcomes by shape and colour, causes, step states; and the delegates that use them.
#pragma once

#include "models/attribution/verdict.h"
#include "models/items/messages.h"

#include <QStyledItemDelegate>

class QPainter;

namespace sluicegate::common {

/// Sent is a tick, deferred a clock, bounced a cross, rejected a barred circle, open a hollow circle.
void paintOutcome(QPainter& painter, const QRectF& place, items::Outcome outcome);
/// Mailbox: round; form: square; hacked: triangle; anything else: hollow. Never colour alone.
void paintCause(QPainter& painter, const QRectF& place, attribution::Cause cause);

/// A time, size, address or id keeps its own direction within a screen that is read from right to left.
QString isolated(const QString& text);
/// Addresses, ids and paths have no blanks to break at: they may break behind their marks.
QString breakable(QString text);

/// Fixed row height, theme colours for selection, and no focus frame around single cells.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override;
};

} // namespace sluicegate::common
