// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message/messagedelegate.h"

#include "models/items/messagetable.h"
#include "widgets/common/theme.h"

#include <QPainter>

namespace sluicegate::messagescreen {

using items::MessageTable;

namespace {

constexpr int MarkRoom = 20;

/// Two signs in one column: the bar says "of a suspect", the dot says "named in the notice".
void paintMarks(QPainter& painter, const QRect& cell, const QModelIndex& index)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(common::theme().bad);
    if (index.data(MessageTable::SuspectRole).toInt() > 0)
        painter.drawRect(QRect(cell.left(), cell.top(), 3, cell.height()));
    if (index.data(MessageTable::NoticedRole).toBool())
        painter.drawEllipse(QRectF(cell.left() + 8, cell.center().y() - 3, 7, 7));
    painter.restore();
}

} // namespace

void MessageDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem cell = option;
    const bool time = index.column() == MessageTable::Time;
    const bool status = index.column() == MessageTable::Status;
    if (!time && !status)
        return RowDelegate::paint(painter, cell, index);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, common::theme().accentSoft);
    cell.rect.adjust(MarkRoom, 0, 0, 0);
    RowDelegate::paint(painter, cell, index);
    if (time)
        paintMarks(*painter, option.rect, index);
    else
        common::paintOutcome(*painter, QRectF(option.rect.left() + 5, option.rect.center().y() - 5, 11, 11),
            items::Outcome(index.data(MessageTable::OutcomeRole).toInt()));
}

} // namespace sluicegate::messagescreen
