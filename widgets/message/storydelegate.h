// SPDX-License-Identifier: GPL-3.0-or-later
// Paints one step of a message's story: its outcome's shape, the heading, and what was said below it.
#pragma once

#include <QStyledItemDelegate>

namespace sluicegate::messagescreen {

class StoryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    enum Role { TextRole = Qt::UserRole, OutcomeRole };
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(
        QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

} // namespace sluicegate::messagescreen
