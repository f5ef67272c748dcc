// SPDX-License-Identifier: GPL-3.0-or-later
// Every step and remote command of the journal, with who, when, how it ended and what it printed.
#pragma once

#include "models/casefile/steps.h"

#include <QAbstractTableModel>

#include <memory>

namespace sluicegate::items {

class JournalModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, When, Who, Kind, What, Ended, Hash, ColumnCount };
    enum Role { SortRole = Qt::UserRole, SearchRole };

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::shared_ptr<const casefile::JournalView> view);
    /// A row as one line of text, its columns apart by tabs.
    QString line(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const casefile::JournalView> m_view;
};

} // namespace sluicegate::items
