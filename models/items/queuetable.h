// SPDX-License-Identifier: GPL-3.0-or-later
// The queue's table: the rows that meet search and chosen group, in an order that a worker makes.
#pragma once

#include "models/items/background.h"
#include "models/items/queuegroups.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace sluicegate::items {

class QueueTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Fate, Time, Age, Sender, Account, Recipients, Size, Place, Reason, Why, ColumnCount };
    enum Role { SortRole = Qt::UserRole, FateRole, SampledRole };

    /// What is to be seen. A group is one of `grouping`, by its key.
    struct View {
        QString search {};
        Grouping grouping = Grouping::None;
        std::optional<QString> group {};
        bool operator==(const View&) const = default;
    };

    explicit QueueTable(QObject* parent = nullptr);

    void show(std::shared_ptr<const triage::Analysis> analysis);
    void setView(const View& view);
    const View& view() const { return m_view; }
    const std::shared_ptr<const QueueRows>& queue() const { return m_queue; }
    const QueueRow* rowAt(int row) const;
    bool busy() const { return m_busy; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    void loaded(); // queue() is another
    void counted(); // the shown rows are others
    void grouped(std::shared_ptr<const items::QueueGroups> groups); // of all that meet the search

private:
    QVariant raw(const QueueRow& row, Column column) const;
    void refresh();

    std::shared_ptr<const QueueRows> m_queue;
    View m_view;
    int m_sortColumn = Time;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    Rows m_rows;
    bool m_busy = false;
    Background m_background {this};
};

QString placeName(queue::Place place);

} // namespace sluicegate::items
