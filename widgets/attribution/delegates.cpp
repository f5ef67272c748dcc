// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/attribution/delegates.h"

#include "models/items/cluemodel.h"
#include "models/items/suspectmodel.h"
#include "widgets/common/marks.h"
#include "widgets/common/theme.h"

#include <QAbstractItemView>
#include <QPainter>

#include <cmath>

namespace sluicegate::attributionscreen {

using common::Step;
using common::theme;
using items::ClueModel;
using items::SuspectModel;

namespace {

constexpr int WeightColumn = 9 * Step;

void paintRow(QPainter& painter, const QStyleOptionViewItem& option)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter.fillRect(option.rect, selected ? theme().accentSoft : theme().surface);
    painter.setPen(theme().border);
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    if (selected)
        painter.fillRect(
            QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), theme().accent);
}

QString cell(const QModelIndex& index, SuspectModel::Column column)
{
    return index.siblingAtColumn(column).data().toString();
}

/// Bars are long in proportion to the weightiest reason of this suspect.
double largestWeight(const QAbstractItemModel& model)
{
    double largest = 0;
    for (int row = 0; row < model.rowCount(); ++row)
        largest = std::max(largest, std::abs(model.index(row, 0).data(ClueModel::WeightRole).toDouble()));
    return largest > 0 ? largest : 1;
}

QRect clueText(const QRect& row)
{
    return row.adjusted(2 * Step + WeightColumn, Step, -2 * Step, -Step);
}

} // namespace

QSize SuspectDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const
{
    const QFontMetrics bold(common::headingFont(option.font));
    return {30 * Step, bold.height() + 3 * option.fontMetrics.height() + 4 * Step};
}

void SuspectDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    paintRow(*painter, option);
    const auto cause = attribution::Cause(index.data(SuspectModel::CauseRole).toInt());
    QRect line = option.rect.adjusted(2 * Step, Step + Step / 2, -2 * Step, 0);
    common::paintCause(*painter, QRectF(line.left(), line.top() + 4, 12, 12), cause);
    line.setLeft(line.left() + 3 * Step);
    const auto write = [&](const QString& text, const QFont& font, const QColor& colour) {
        painter->setFont(font);
        painter->setPen(colour);
        line.setHeight(QFontMetrics(font).height());
        painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeading,
            QFontMetrics(font).elidedText(text, Qt::ElideMiddle, line.width()));
        line.moveTop(line.bottom() + 1 + Step / 2);
    };
    write(cell(index, SuspectModel::Source), common::headingFont(option.font), theme().text);
    write(tr("%1, %2").arg(cell(index, SuspectModel::Cause), cell(index, SuspectModel::Confidence)),
        option.font, theme().cause(cause));
    painter->setFont(option.font);
    painter->setPen(theme().muted);
    line.setHeight(2 * option.fontMetrics.height());
    painter->drawText(line, Qt::TextWordWrap | Qt::AlignLeading,
        common::isolated(index.data(SuspectModel::CountsRole).toString()));
    painter->restore();
}

QSize ClueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const int width = view ? view->viewport()->width() : 60 * Step;
    const QRect text = clueText(QRect(0, 0, width, 1000));
    const int height
        = option.fontMetrics
              .boundingRect(QRect(0, 0, text.width(), 1000), Qt::TextWordWrap, index.data().toString())
              .height();
    return {20 * Step, height + 2 * Step};
}

void ClueDelegate::paint(
    QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    paintRow(*painter, option);
    const double weight = index.data(ClueModel::WeightRole).toDouble();
    const QColor colour = weight < 0 ? theme().good : theme().bad;
    painter->setFont(option.font);
    const QRect left(option.rect.left() + 2 * Step, option.rect.top() + Step, WeightColumn - Step,
        option.fontMetrics.height());
    painter->setPen(colour);
    painter->drawText(left, Qt::AlignVCenter | Qt::AlignLeading,
        weight < 0       ? tr("against")
            : weight > 0 ? tr("for")
                         : tr("note"));
    const int bar
        = std::max(2, int(std::abs(weight) / largestWeight(*index.model()) * (WeightColumn - 2 * Step)));
    painter->fillRect(QRect(left.left(), left.bottom() + 3, bar, 3), colour);
    painter->setPen(theme().text);
    painter->drawText(clueText(option.rect), Qt::TextWordWrap | Qt::AlignLeading,
        common::isolated(index.data().toString()));
    painter->restore();
}

} // namespace sluicegate::attributionscreen
