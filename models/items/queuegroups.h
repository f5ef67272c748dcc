// SPDX-License-Identifier: GPL-3.0-or-later
// The queue's rows put together by what they share, and the list of these groups.
#pragma once

#include "models/items/queuerows.h"

#include <QAbstractTableModel>

namespace sluicegate::items {

enum class Grouping { None, Sender, Account, Template, Domain, Age };
inline constexpr int GroupingCount = 6;
QString groupingName(Grouping grouping);

/// A message to several domains stands in each of their groups; otherwise groups share nothing.
struct QueueGroup {
    QString key; // names it among its grouping's; two templates may read alike
    QString name;
    QString note; // a template's mailer
    std::uint32_t spam = 0;
    std::uint32_t keep = 0;
    std::uint32_t undecided = 0;
    std::uint32_t representative = 0; // a row: the first that was sampled, else the first
    std::uint32_t count() const { return spam + keep + undecided; }
};

using Rows = std::vector<std::uint32_t>; // indices into QueueRows::rows
struct QueueGroups {
    std::vector<QueueGroup> groups; // largest first; ages from young to old
    std::vector<Rows> members; // of each group
};

QueueGroups groupsOf(const QueueRows& queue, const Rows& rows, Grouping grouping);

class QueueGroupModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Messages, Spam, Keep, Undecided, ColumnCount };
    enum Role { SortRole = Qt::UserRole, RepresentativeRole, NoteRole };

    using QAbstractTableModel::QAbstractTableModel;
    void show(std::shared_ptr<const QueueGroups> groups);
    const QueueGroup* group(int row) const;
    int rowOf(const QString& key) const; // -1: there is none

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    std::shared_ptr<const QueueGroups> m_groups;
};

} // namespace sluicegate::items
