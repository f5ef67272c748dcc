// SPDX-License-Identifier: GPL-3.0-or-later
// What was pulled: files and command output with size, hash and whether they are whole.
#pragma once

#include "models/evidence/bundle.h"

#include <QAbstractTableModel>

#include <memory>

namespace sluicegate::items {

class EvidenceModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Path, Bytes, State, Hash, ColumnCount };
    enum Role { SortRole = Qt::UserRole, CompleteRole };

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::shared_ptr<const evidence::Bundle> bundle);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const evidence::Bundle> m_bundle;
};

} // namespace sluicegate::items
