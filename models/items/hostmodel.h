// SPDX-License-Identifier: GPL-3.0-or-later
// Servers to connect to with one click: those used before, then the names in ~/.ssh/config.
#pragma once

#include <QAbstractListModel>
#include <QStringList>

namespace sluicegate::items {

class HostModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { SortRole = Qt::UserRole, KindRole };
    enum class Kind { Recent, Config };

    using QAbstractListModel::QAbstractListModel;

    void show(const QStringList& recent, const QStringList& config);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;

private:
    QStringList m_recent;
    QStringList m_config;
};

} // namespace sluicegate::items
