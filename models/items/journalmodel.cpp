// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/journalmodel.h"

#include "models/items/cells.h"
#include "models/words/words.h"

#include <QStringList>

namespace sluicegate::items {

namespace {

using casefile::JournalStep;
using casefile::StepEnd;

QString endText(const JournalStep& step)
{
    switch (step.end) {
    case StepEnd::Told:
        return {};
    case StepEnd::Well:
        return JournalModel::tr("✓ done");
    case StepEnd::Badly:
        return step.exitStatus ? JournalModel::tr("✗ exit status %1").arg(*step.exitStatus)
                               : JournalModel::tr("✗ not whole");
    case StepEnd::AlreadySo:
        return JournalModel::tr("✓ was so already");
    case StepEnd::MustBeChecked:
        return JournalModel::tr("? must be checked");
    }
    return {};
}

QString endTip(const JournalStep& step)
{
    if (step.end == StepEnd::MustBeChecked)
        return JournalModel::tr("No answer came: whether it was done on the server must be looked up there. "
                                "Running the action once more does what is still to do and leaves the rest.");
    if (step.end == StepEnd::AlreadySo)
        return JournalModel::tr("The action ran once more and found everything done.");
    return endText(step);
}

QString text(const JournalStep& step, JournalModel::Column column)
{
    constexpr std::size_t most = 300;
    switch (column) {
    case JournalModel::Number:
        return QString::number(step.line);
    case JournalModel::When:
        return timeText(step.at);
    case JournalModel::Who:
        return words::inert(step.by);
    case JournalModel::Kind:
        return words::inert(step.kind);
    case JournalModel::What:
        return words::inert(step.text.substr(0, most));
    case JournalModel::Ended:
        return endText(step);
    case JournalModel::Hash:
        return QString::fromStdString(step.outputHash.substr(0, 12));
    case JournalModel::ColumnCount:
        break;
    }
    return {};
}

QString tip(const JournalStep& step, JournalModel::Column column)
{
    if (column == JournalModel::What)
        return words::inert(step.text);
    if (column == JournalModel::Hash)
        return QString::fromStdString(step.outputHash);
    return column == JournalModel::Ended ? endTip(step) : text(step, column);
}

} // namespace

void JournalModel::show(std::shared_ptr<const casefile::JournalView> view)
{
    beginResetModel();
    m_view = std::move(view);
    endResetModel();
}

QString JournalModel::line(int row) const
{
    QStringList cells;
    const JournalStep& step = m_view->steps[std::size_t(row)];
    for (int column = 0; column < ColumnCount; ++column)
        cells << (column == What || column == Hash ? tip(step, Column(column)) : text(step, Column(column)));
    return cells.join(u'\t');
}

int JournalModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_view ? 0 : int(m_view->steps.size());
}

int JournalModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant JournalModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const JournalStep& step = m_view->steps[std::size_t(index.row())];
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(step, column);
    case Qt::ToolTipRole:
        return tip(step, column);
    case SortRole:
        return column == Number ? QVariant(quint64(step.line)) : QVariant(text(step, column));
    case SearchRole:
        return line(index.row());
    default:
        return {};
    }
}

QVariant JournalModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    struct Head {
        QString name;
        QString tip;
    };
    const Head heads[ColumnCount] {{tr("Line"), tr("The line of the case's journal")},
        {tr("When"), tr("When it was recorded, in UTC")}, {tr("Who"), tr("Who sat at this machine")},
        {tr("Kind"), tr("What kind of step it is; \"command\" ran on the server")},
        {tr("What"), tr("The command as it ran, or what was done")},
        {tr("Ended"), tr("How it ended, as far as is known")},
        {tr("Output"), tr("The begin of the SHA-256 of what the command printed")}};
    if (role == Qt::DisplayRole)
        return heads[section].name;
    return role == Qt::ToolTipRole ? QVariant(heads[section].tip) : QVariant();
}

} // namespace sluicegate::items
