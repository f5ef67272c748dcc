// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/cluemodel.h"

#include "models/words/words.h"

#include <algorithm>

namespace sluicegate::items {

void ClueModel::show(std::vector<attribution::Clue> clues)
{
    beginResetModel();
    m_clues = std::move(clues);
    std::ranges::stable_sort(m_clues, [](const attribution::Clue& a, const attribution::Clue& b) {
        const bool against = a.weight < 0;
        if (against != (b.weight < 0))
            return !against;
        return std::abs(a.weight) > std::abs(b.weight);
    });
    endResetModel();
}

const attribution::Clue* ClueModel::clue(int row) const
{
    return row >= 0 && row < rowCount() ? &m_clues[std::size_t(row)] : nullptr;
}

int ClueModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_clues.size());
}

QVariant ClueModel::data(const QModelIndex& index, int role) const
{
    const attribution::Clue* clue = index.isValid() ? this->clue(index.row()) : nullptr;
    if (!clue)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        return words::text(*clue);
    case Qt::AccessibleTextRole:
        return (clue->weight < 0 ? tr("Against: %1") : tr("For: %1")).arg(words::text(*clue));
    case SortRole:
    case WeightRole:
        return clue->weight;
    case CountRole:
        return qulonglong(clue->count);
    case RuleRole:
        return QString::fromStdString(clue->rule);
    default:
        return {};
    }
}

} // namespace sluicegate::items
