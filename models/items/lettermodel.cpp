// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/lettermodel.h"

#include "models/items/letterrows.h"

#include <algorithm>

namespace sluicegate::items {

void LetterModel::show(std::shared_ptr<const Letter> letter)
{
    beginResetModel();
    m_letter = std::move(letter);
    m_rows = m_letter ? rowsOf(*m_letter) : std::vector<Row>();
    endResetModel();
}

int LetterModel::rowAt(std::size_t offset) const
{
    const auto find = [&](Kind kind) {
        return std::ranges::find_if(
            m_rows, [&](const Row& row) { return row.kind == kind && row.offset == offset; });
    };
    auto found = find(Kind::Hop);
    for (const Kind kind : {Kind::Field, Kind::Fact})
        if (found == m_rows.end())
            found = find(kind);
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

int LetterModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

Qt::ItemFlags LetterModel::flags(const QModelIndex& index) const
{
    if (!index.isValid() || m_rows[std::size_t(index.row())].kind == Kind::Section)
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QString LetterModel::spoken(const Row& row) const
{
    QStringList parts {row.label, row.text};
    switch (row.kind) {
    case Kind::Finding:
        parts.prepend(gradeName(row.grade));
        break;
    case Kind::Hop:
        parts += row.other;
        if (row.submission)
            parts.prepend(tr("Handed in here"));
        break;
    case Kind::Pair:
        parts[1] = tr("envelope %1, header %2").arg(row.text, row.other);
        break;
    case Kind::Section:
    case Kind::Fact:
    case Kind::Field:
    case Kind::Remark:
        break;
    }
    parts += row.note;
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QVariant LetterModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const Row& row = m_rows[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return row.label.isEmpty() ? row.text : row.label;
    case Qt::AccessibleTextRole:
        return spoken(row);
    case Qt::ToolTipRole:
        return row.kind == Kind::Finding ? gradeMeaning(row.grade) : QVariant();
    case SortRole:
        return index.row();
    case KindRole:
        return int(row.kind);
    case TextRole:
        return row.text;
    case OtherRole:
        return row.other;
    case NoteRole:
        return row.note;
    case OffsetRole:
        return row.offset ? QVariant(qulonglong(*row.offset)) : QVariant();
    case ShareRole:
        return row.share;
    case AlertRole:
        return row.alert;
    case GradeRole:
        return int(row.grade);
    case SubmissionRole:
        return row.submission;
    default:
        return {};
    }
}

QString gradeName(message::Grade grade)
{
    switch (grade) {
    case message::Grade::Direct:
        return LetterModel::tr("direct");
    case message::Grade::Correlated:
        return LetterModel::tr("correlated");
    case message::Grade::Heuristic:
        break;
    }
    return LetterModel::tr("hint");
}

QString gradeMeaning(message::Grade grade)
{
    switch (grade) {
    case message::Grade::Direct:
        return LetterModel::tr("The place itself shows it; it cannot be read otherwise.");
    case message::Grade::Correlated:
        return LetterModel::tr("Two places that should agree do not; either may be the wrong one.");
    case message::Grade::Heuristic:
        break;
    }
    return LetterModel::tr("Lawful mail does this as well: a hint, never a proof.");
}

} // namespace sluicegate::items
