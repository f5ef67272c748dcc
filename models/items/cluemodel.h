// SPDX-License-Identifier: GPL-3.0-or-later
// One suspect's reasons, the weightiest first, those against behind those for.
#pragma once

#include "models/attribution/verdict.h"

#include <QAbstractListModel>

#include <vector>

namespace sluicegate::items {

class ClueModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { SortRole = Qt::UserRole, WeightRole, CountRole, RuleRole };

    using QAbstractListModel::QAbstractListModel;

    void show(std::vector<attribution::Clue> clues);
    const attribution::Clue* clue(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    std::vector<attribution::Clue> m_clues;
};

} // namespace sluicegate::items
