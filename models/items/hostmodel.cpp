// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/hostmodel.h"

namespace sluicegate::items {

void HostModel::show(const QStringList& recent, const QStringList& config)
{
    beginResetModel();
    m_recent = recent;
    m_config = config;
    endResetModel();
}

int HostModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : int(m_recent.size() + m_config.size());
}

QVariant HostModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const bool recent = index.row() < m_recent.size();
    const QString& name = recent ? m_recent[index.row()] : m_config[index.row() - m_recent.size()];
    switch (role) {
    case Qt::DisplayRole:
    case SortRole:
        return name;
    case Qt::ToolTipRole:
        return recent ? tr("%1, used before").arg(name) : tr("%1, from ~/.ssh/config").arg(name);
    case KindRole:
        return int(recent ? Kind::Recent : Kind::Config);
    default:
        return {};
    }
}

} // namespace sluicegate::items
