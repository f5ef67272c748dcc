// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message/storydelegate.h"

#include "widgets/common/marks.h"
#include "widgets/common/theme.h"

#include <QAbstractItemView>
#include <QPainter>

namespace sluicegate::messagescreen {

using common::Step;
using common::theme;

namespace {

constexpr int Wrap = Qt::TextWordWrap | Qt::AlignLeading;

QString breakable(const QVariant& value)
{
    return common::isolated(common::breakable(value.toString()));
}

QRect textRect(const QRect& row)
{
    return row.adjusted(3 * Step, Step / 2, -Step, -Step / 2);
}

int heightOf(const QFontMetrics& metrics, int width, const QString& text)
{
    return text.isEmpty() ? 0 : metrics.boundingRect(QRect(0, 0, width, 10000), Wrap, text).height();
}

} // namespace

QSize StoryDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = textRect(QRect(0, 0, view ? view->viewport()->width() : 40 * Step, 100)).width();
    const QFontMetrics small(common::smallFont(option.font));
    return {10 * Step,
        heightOf(option.fontMetrics, width, breakable(index.data()))
            + heightOf(small, width, breakable(index.data(TextRole))) + Step};
}

void StoryDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    QRect place = textRect(option.rect);
    const QVariant outcome = index.data(OutcomeRole);
    const QRectF mark(option.rect.left() + Step / 2, place.top() + 3, 10, 10);
    if (outcome.isValid())
        common::paintOutcome(*painter, mark, items::Outcome(outcome.toInt()));
    else
        painter->fillRect(QRectF(mark.center().x() - 2, mark.center().y() - 2, 4, 4), theme().muted);
    painter->setFont(option.font);
    painter->setPen(theme().text);
    painter->drawText(place, Wrap, breakable(index.data()));
    place.setTop(place.top() + heightOf(option.fontMetrics, place.width(), breakable(index.data())));
    painter->setFont(common::smallFont(option.font));
    painter->setPen(theme().muted);
    painter->drawText(place, Wrap, breakable(index.data(TextRole)));
    painter->restore();
}

} // namespace sluicegate::messagescreen
