// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/remarkmodel.h"

#include "models/items/cells.h"
#include "models/items/pins.h"
#include "models/words/words.h"

#include <algorithm>

namespace sluicegate::items {

namespace {

using casefile::Remark;

// A pin without a title of its own shows its first line.
QString titleOf(const Remark& remark)
{
    const QString title = words::inert(remark.title);
    return remark.lines.empty() || remark.kind == casefile::RemarkKind::Suspect
        ? title
        : title + QStringLiteral("  ") + words::inert(remark.lines.front().text);
}

QString oneLine(const std::string& text)
{
    return words::inert(QString::fromStdString(text).simplified().toStdString());
}

QString text(const Remark& remark, RemarkModel::Column column)
{
    switch (column) {
    case RemarkModel::When:
        return timeText(remark.when());
    case RemarkModel::Kind:
        return kindName(remark.kind);
    case RemarkModel::Title:
        return titleOf(remark);
    case RemarkModel::Words:
        return oneLine(remark.words);
    case RemarkModel::ColumnCount:
        break;
    }
    return {};
}

QString tip(const Remark& remark)
{
    QStringList lines;
    for (const QString& line : QString::fromStdString(remark.words).split(u'\n', Qt::SkipEmptyParts))
        lines += words::inert(line.toStdString());
    for (const base::EvidenceLine& line : remark.lines)
        lines += words::inert(line.file) + u':' + QString::number(line.line) + u' ' + words::inert(line.text);
    return lines.join(u'\n');
}

} // namespace

void RemarkModel::show(Remarks remarks)
{
    beginResetModel();
    m_remarks = std::move(remarks);
    endResetModel();
}

const Remark* RemarkModel::remark(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &(*m_remarks)[std::size_t(row)];
}

int RemarkModel::rowOf(const std::string& id) const
{
    for (int row = 0; row < rowCount(); ++row) {
        if (remark(row)->id == id)
            return row;
    }
    return -1;
}

int RemarkModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() || !m_remarks ? 0 : int(m_remarks->size());
}

int RemarkModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RemarkModel::data(const QModelIndex& index, int role) const
{
    const Remark* remark = this->remark(index.row());
    if (!remark || index.column() >= ColumnCount)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(*remark, Column(index.column()));
    case Qt::EditRole:
        return index.column() == Words ? QVariant(oneLine(remark->words)) : QVariant();
    case Qt::ToolTipRole:
        return tip(*remark);
    case SortRole:
        return index.column() == When ? QVariant(qlonglong(remark->when().time_since_epoch().count()))
                                      : QVariant(text(*remark, Column(index.column())));
    default:
        return {};
    }
}

bool RemarkModel::setData(const QModelIndex& index, const QVariant& value, int role)
{
    const Remark* remark = this->remark(index.row());
    if (!remark || role != Qt::EditRole || index.column() != Words)
        return false;
    const QString words = value.toString().trimmed();
    const bool emptied
        = words.isEmpty() && remark->kind == casefile::RemarkKind::Note; // nothing would be left
    if (emptied || words == oneLine(remark->words))
        return false;
    Remark edited = *remark;
    edited.words = words.toStdString();
    Q_EMIT rewritten(edited);
    return false;
}

QVariant RemarkModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    struct Head {
        QString name;
        QString tip;
    };
    const Head heads[ColumnCount] {
        {tr("Time (UTC)"), tr("When the pinned thing happened; of a note, when it was written")},
        {tr("Kind"), tr("A note, or what was pinned")}, {tr("What"), tr("What was pinned")},
        {tr("Your words"), tr("What you wrote; F2 edits it here")}};
    if (role == Qt::DisplayRole)
        return heads[section].name;
    return role == Qt::ToolTipRole ? QVariant(heads[section].tip) : QVariant();
}

Qt::ItemFlags RemarkModel::flags(const QModelIndex& index) const
{
    const Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Words ? flags | Qt::ItemIsEditable : flags;
}

} // namespace sluicegate::items
