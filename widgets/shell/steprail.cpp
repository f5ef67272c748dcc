// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/steprail.h"

#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QPainter>
#include <QStyledItemDelegate>

namespace sluicegate::shell {

using common::Step;
using common::theme;

namespace {

QString progressName(Progress progress)
{
    switch (progress) {
    case Progress::ToDo:
        return StepModel::tr("to do");
    case Progress::Running:
        return StepModel::tr("running");
    case Progress::Done:
        return StepModel::tr("done");
    case Progress::Attention:
        return StepModel::tr("needs attention");
    }
    return {};
}

/// Done: a tick in a disc; running: a half disc; attention: an exclamation mark; to do: a ring.
void paintProgress(QPainter& painter, const QRectF& place, Progress progress)
{
    const QColor colour = progress == Progress::Done ? theme().good
        : progress == Progress::Running              ? theme().accent
        : progress == Progress::Attention            ? theme().warn
                                                     : theme().muted;
    painter.setPen(QPen(colour, 1.6));
    painter.setBrush(progress == Progress::Done ? QBrush(colour) : Qt::NoBrush);
    painter.drawEllipse(place);
    const QPointF middle = place.center();
    if (progress == Progress::Done) {
        painter.setPen(QPen(theme().window, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(
            QPolygonF {middle + QPointF(-3.5, 0), middle + QPointF(-1, 3), middle + QPointF(4, -3)});
    } else if (progress == Progress::Running) {
        painter.setBrush(colour);
        painter.drawPie(place, 90 * 16, -180 * 16);
    } else if (progress == Progress::Attention) {
        painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(middle + QPointF(0, -4), middle + QPointF(0, 0.5));
        painter.drawPoint(middle + QPointF(0, 4));
    }
}

class StepDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {24 * Step, 2 * option.fontMetrics.height() + 2 * Step + 2};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect row = option.rect.adjusted(Step, 2, -Step, -2);
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        if (selected || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(selected && option.state.testFlag(QStyle::State_HasFocus) ? QPen(theme().accent)
                                                                                      : QPen(Qt::NoPen));
            painter->setBrush(selected ? theme().accentSoft : theme().window);
            painter->drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        const auto progress = Progress(index.data(StepModel::ProgressRole).toInt());
        paintProgress(*painter, QRectF(row.left() + Step, row.center().y() - 8, 16, 16), progress);
        const QFontMetrics small(common::smallFont(option.font));
        const int block = option.fontMetrics.height() + 2 + small.height();
        const QRect text(row.left() + 4 * Step, row.center().y() - block / 2, row.width() - 5 * Step, block);
        QFont name = option.font;
        name.setWeight(selected ? QFont::DemiBold : QFont::Normal);
        painter->setFont(name);
        painter->setPen(theme().text);
        painter->drawText(text, Qt::AlignTop | Qt::AlignLeading, index.data().toString());
        painter->setFont(common::smallFont(option.font));
        painter->setPen(theme().muted);
        painter->drawText(text, Qt::AlignBottom | Qt::AlignLeading,
            painter->fontMetrics().elidedText(
                index.data(StepModel::StateTextRole).toString(), Qt::ElideRight, text.width()));
        painter->restore();
    }
};

} // namespace

void StepModel::show(const desk::Snapshot& snapshot)
{
    for (int step = 0; step < StepCount; ++step)
        m_states[std::size_t(step)] = stepState(StepId(step), snapshot);
    Q_EMIT dataChanged(index(0), index(StepCount - 1));
}

int StepModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : StepCount;
}

QVariant StepModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= StepCount)
        return {};
    const StepState& state = m_states[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return stepName(StepId(index.row()));
    case Qt::ToolTipRole:
        return tr("%1: %2 (Ctrl+%3)").arg(stepName(StepId(index.row())), state.text).arg(index.row() + 1);
    case Qt::AccessibleTextRole:
        return tr("%1, %2, %3").arg(stepName(StepId(index.row())), progressName(state.progress), state.text);
    case ProgressRole:
        return int(state.progress);
    case StateTextRole:
        return state.text;
    default:
        return {};
    }
}

StepRail::StepRail(QWidget* parent) : QListView(parent), m_model(new StepModel(this))
{
    common::named(this, tr("Steps"), QStringLiteral("steps"));
    setModel(m_model);
    setItemDelegate(new StepDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setBackgroundRole(QPalette::Midlight);
    viewport()->setBackgroundRole(QPalette::Midlight);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex& current) {
        if (current.isValid())
            Q_EMIT stepChosen(StepId(current.row()));
    });
}

void StepRail::setStep(StepId step)
{
    setCurrentIndex(m_model->index(int(step)));
}

} // namespace sluicegate::shell
