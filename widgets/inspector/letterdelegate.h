// SPDX-License-Identifier: GPL-3.0-or-later
// Paints a letter's rows: label beside text, hops as a chain with delay bars, findings with their grade.
#pragma once

#include <QStyledItemDelegate>

namespace sluicegate::inspector {

class LetterDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sluicegate::inspector
