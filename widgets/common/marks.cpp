// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/marks.h"

#include "widgets/common/theme.h"

#include <QGuiApplication>
#include <QPainter>

namespace sluicegate::common {

namespace {

void paintClock(QPainter& painter, const QRectF& in)
{
    painter.drawEllipse(in);
    painter.drawLine(in.center(), QPointF(in.center().x(), in.top() + in.height() * 0.22));
    painter.drawLine(in.center(), QPointF(in.right() - in.width() * 0.25, in.center().y()));
}

void paintCross(QPainter& painter, const QRectF& in)
{
    const QRectF inner = in.adjusted(1, 1, -1, -1);
    painter.drawLine(inner.topLeft(), inner.bottomRight());
    painter.drawLine(inner.topRight(), inner.bottomLeft());
}

void paintTick(QPainter& painter, const QRectF& in)
{
    painter.drawPolyline(QPolygonF {QPointF(in.left(), in.center().y()),
        QPointF(in.left() + in.width() * 0.38, in.bottom() - 1), QPointF(in.right(), in.top() + 1)});
}

} // namespace

void paintOutcome(QPainter& painter, const QRectF& place, items::Outcome outcome)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme().outcome(outcome), 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    switch (outcome) {
    case items::Outcome::Sent:
        paintTick(painter, place);
        break;
    case items::Outcome::Deferred:
        paintClock(painter, place);
        break;
    case items::Outcome::Bounced:
        paintCross(painter, place);
        break;
    case items::Outcome::Rejected:
        painter.drawEllipse(place);
        painter.drawLine(place.left() + 2, place.center().y(), place.right() - 2, place.center().y());
        break;
    case items::Outcome::Open:
        painter.drawEllipse(place.adjusted(1, 1, -1, -1));
        break;
    }
    painter.restore();
}

void paintCause(QPainter& painter, const QRectF& place, attribution::Cause cause)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = theme().cause(cause);
    painter.setPen(QPen(colour, 2));
    painter.setBrush(colour);
    switch (cause) {
    case attribution::Cause::MailboxPassword:
        painter.drawEllipse(place);
        break;
    case attribution::Cause::WebsiteForm:
        painter.drawRect(place);
        break;
    case attribution::Cause::WebsiteHacked:
        painter.drawPolygon(
            QPolygonF {QPointF(place.center().x(), place.top()), place.bottomRight(), place.bottomLeft()});
        break;
    default:
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(place);
    }
    painter.restore();
}

QString isolated(const QString& text)
{
    if (!QGuiApplication::isRightToLeft() || text.isEmpty())
        return text;
    // Unicode's first-strong isolate: digits alone, as in a time, count as left to right.
    return QChar(0x2068) + text + QChar(0x2069);
}

QString breakable(QString text)
{
    for (const QChar mark : {u'@', u'.', u'/', u'-', u'_'})
        text.replace(mark, QString(mark) + QChar(0x200b));
    return text;
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    return {QStyledItemDelegate::sizeHint(option, index).width(), RowHeight};
}

void RowDelegate::initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->text = isolated(option->text);
    option->state &= ~QStyle::State_HasFocus;
    option->palette.setColor(QPalette::Highlight, theme().accentSoft);
    option->palette.setColor(QPalette::HighlightedText, theme().text);
}

} // namespace sluicegate::common
