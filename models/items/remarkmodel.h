// SPDX-License-Identifier: GPL-3.0-or-later
// Notes and pins as rows, in order of time; the operator's words can be edited in place.
#pragma once

#include "models/casefile/remark.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace sluicegate::items {

class RemarkModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { When, Kind, Title, Words, ColumnCount };
    enum Role { SortRole = Qt::UserRole };
    using Remarks = std::shared_ptr<const std::vector<casefile::Remark>>;

    using QAbstractTableModel::QAbstractTableModel;

    void show(Remarks remarks);
    const casefile::Remark* remark(int row) const;
    int rowOf(const std::string& id) const; // -1: none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    /// Asks for the words; they stand here once the case holds them.
    bool setData(const QModelIndex& index, const QVariant& value, int role = Qt::EditRole) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex& index) const override;

Q_SIGNALS:
    void rewritten(const sluicegate::casefile::Remark& remark);

private:
    Remarks m_remarks;
};

} // namespace sluicegate::items
