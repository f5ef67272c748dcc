// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/evidencemodel.h"

#include "models/words/words.h"

#include <QLocale>

namespace sluicegate::items {

namespace {

QString stateText(const evidence::Item& item)
{
    if (!item.complete)
        return EvidenceModel::tr("partial");
    if (item.exitStatus.value_or(0) != 0)
        return EvidenceModel::tr("exit %1").arg(*item.exitStatus);
    return item.bytes == 0 ? EvidenceModel::tr("empty") : EvidenceModel::tr("whole");
}

QString text(const evidence::Item& item, EvidenceModel::Column column)
{
    switch (column) {
    case EvidenceModel::Path:
        return words::inert(item.path);
    case EvidenceModel::Bytes:
        return QLocale().formattedDataSize(qint64(item.bytes), 1);
    case EvidenceModel::State:
        return stateText(item);
    case EvidenceModel::Hash:
        return QString::fromStdString(item.sha256.substr(0, 12));
    case EvidenceModel::ColumnCount:
        break;
    }
    return {};
}

QString tip(const evidence::Item& item, EvidenceModel::Column column)
{
    switch (column) {
    case EvidenceModel::Path:
        return item.command.empty() ? words::inert(item.path) : words::inert(item.command);
    case EvidenceModel::State:
        return item.note.empty() ? stateText(item) : words::inert(item.note);
    case EvidenceModel::Hash:
        return QString::fromStdString(item.sha256);
    case EvidenceModel::Bytes:
    case EvidenceModel::ColumnCount:
        break;
    }
    return text(item, column);
}

} // namespace

void EvidenceModel::show(std::shared_ptr<const evidence::Bundle> bundle)
{
    beginResetModel();
    m_bundle = std::move(bundle);
    endResetModel();
}

int EvidenceModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_bundle ? 0 : int(m_bundle->items.size());
}

int EvidenceModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EvidenceModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const evidence::Item& item = m_bundle->items[std::size_t(index.row())];
    const auto column = Column(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return text(item, column);
    case Qt::ToolTipRole:
        return tip(item, column);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (column == Bytes ? Qt::AlignRight : Qt::AlignLeft)));
    case SortRole:
        return column == Bytes ? QVariant(qulonglong(item.bytes)) : QVariant(text(item, column));
    case CompleteRole:
        return item.complete;
    default:
        return {};
    }
}

QVariant EvidenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(Qt::AlignVCenter | (section == Bytes ? Qt::AlignRight : Qt::AlignLeft)));
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    const bool asTip = role == Qt::ToolTipRole;
    switch (Column(section)) {
    case Path:
        return asTip ? tr("Where it was on the server, or the command that printed it.")
                     : tr("File or command");
    case Bytes:
        return asTip ? tr("Bytes as stored.") : tr("Size");
    case State:
        return asTip ? tr("Whether all of it came.") : tr("State");
    case Hash:
        return asTip ? tr("SHA-256 of the stored bytes.") : tr("SHA-256");
    case ColumnCount:
        break;
    }
    return {};
}

} // namespace sluicegate::items
