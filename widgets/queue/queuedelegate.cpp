// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/queue/queuedelegate.h"

#include "models/items/queuetable.h"
#include "widgets/common/theme.h"

#include <QPainter>

namespace sluicegate::queuescreen {

using common::theme;
using items::Fate;

namespace {

constexpr int MarkRoom = 20;

/// Spam is a filled square, keep a tick, undecided a hollow circle: told apart without their colours.
void paintFate(QPainter& painter, const QRectF& place, Fate fate)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    switch (fate) {
    case Fate::Spam:
        painter.fillRect(place, theme().bad);
        break;
    case Fate::Keep:
        painter.setPen(QPen(theme().good, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF {QPointF(place.left(), place.center().y()),
            QPointF(place.left() + place.width() * 0.38, place.bottom() - 1),
            place.topRight() + QPointF(0, 1)});
        break;
    case Fate::Undecided:
        painter.setPen(QPen(theme().muted, 1.8));
        painter.drawEllipse(place);
        break;
    }
    painter.restore();
}

} // namespace

void QueueDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (index.column() != items::QueueTable::Fate)
        return RowDelegate::paint(painter, option, index);
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(option.rect, theme().accentSoft);
    const bool mirrored = option.direction == Qt::RightToLeft;
    QStyleOptionViewItem cell = option;
    cell.rect.adjust(mirrored ? 0 : MarkRoom, 0, mirrored ? -MarkRoom : 0, 0);
    RowDelegate::paint(painter, cell, index);
    const QRect mark(option.rect.left() + 7, option.rect.center().y() - 4, 9, 9);
    paintFate(*painter, QStyle::visualRect(option.direction, option.rect, mark),
        Fate(index.data(items::QueueTable::FateRole).toInt()));
}

} // namespace sluicegate::queuescreen
