// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/suspectmodel.h"

#include "models/items/cells.h"
#include "models/words/words.h"

#include <QLocale>

namespace sluicegate::items {

namespace {

QString text(const attribution::Suspect& suspect, SuspectModel::Column column)
{
    switch (column) {
    case SuspectModel::Source:
        return words::name(suspect.source);
    case SuspectModel::Cause:
        return words::name(suspect.cause);
    case SuspectModel::Confidence:
        return words::name(suspect.confidence);
    case SuspectModel::Messages:
        return QLocale().toString(qulonglong(suspect.messages));
    case SuspectModel::Recipients:
        return QLocale().toString(qulonglong(suspect.recipients));
    case SuspectModel::Period:
        return suspect.first && suspect.last ? rangeText(*suspect.first, *suspect.last) : QString();
    case SuspectModel::ColumnCount:
        break;
    }
    return {};
}

QVariant raw(const attribution::Suspect& suspect, SuspectModel::Column column)
{
    switch (column) {
    case SuspectModel::Messages:
        return qulonglong(suspect.messages);
    case SuspectModel::Recipients:
        return qulonglong(suspect.recipients);
    case SuspectModel::Confidence:
        return suspect.score;
    case SuspectModel::Period:
        return suspect.first ? qlonglong(suspect.first->time_since_epoch().count()) : qlonglong(0);
    case SuspectModel::Source:
    case SuspectModel::Cause:
    case SuspectModel::ColumnCount:
        break;
    }
    return text(suspect, column);
}

} // namespace

void SuspectModel::show(std::shared_ptr<const triage::Analysis> analysis)
{
    beginResetModel();
    m_analysis = std::move(analysis);
    endResetModel();
}

const attribution::Suspect* SuspectModel::suspect(int row) const
{
    return row >= 0 && row < rowCount() ? &m_analysis->verdict.suspects[std::size_t(row)] : nullptr;
}

int SuspectModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_analysis ? 0 : int(m_analysis->verdict.suspects.size());
}

int SuspectModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString SuspectModel::marked(const QString& text) const
{
    return m_analysis->onlyFile.empty() ? text : tr("Preliminary: %1").arg(text);
}

QVariant SuspectModel::data(const QModelIndex& index, int role) const
{
    const attribution::Suspect* suspect = this->suspect(index.row());
    if (!suspect || !index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return text(*suspect, Column(index.column()));
    case Qt::AccessibleTextRole:
        return marked(
            tr("%1: %2, %3").arg(text(*suspect, Source), text(*suspect, Cause), text(*suspect, Confidence)));
    case SortRole:
        return raw(*suspect, Column(index.column()));
    case RankRole:
        return suspect->rank;
    case CauseRole:
        return int(suspect->cause);
    case ConfidenceRole:
        return int(suspect->confidence);
    case ScoreRole:
        return suspect->score;
    case NoticedRole:
        return qulonglong(suspect->noticedIds.size());
    case CountsRole:
        return marked(words::counts(*suspect));
    default:
        return {};
    }
}

QVariant SuspectModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || (role != Qt::DisplayRole && role != Qt::ToolTipRole))
        return {};
    const bool tip = role == Qt::ToolTipRole;
    switch (Column(section)) {
    case Source:
        return tip ? tr("The account, site, script or machine the messages came from.") : tr("Source");
    case Cause:
        return tip ? tr("What most likely happened there.") : tr("Cause");
    case Confidence:
        return tip ? tr("How well the reasons support the cause.") : tr("Confidence");
    case Messages:
        return tip ? tr("Messages in the log from this source.") : tr("Messages");
    case Recipients:
        return tip ? tr("Recipients of those messages.") : tr("Recipients");
    case Period:
        return tip ? tr("First and last message, in UTC.") : tr("Period (UTC)");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace sluicegate::items
