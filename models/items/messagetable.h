// SPDX-License-Identifier: GPL-3.0-or-later
// The message table: one row per journey that meets the filter, in index chunks that a worker hands over.
#pragma once

#include "models/items/background.h"
#include "models/items/filter.h"
#include "models/items/timelanes.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace sluicegate::items {

class MessageTable : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Sender, Account, Client, Recipients, Status, Size, Queue, Subject, Id, ColumnCount };
    enum Role { SortRole = Qt::UserRole, IndexRole, OutcomeRole, SuspectRole, NoticedRole, TermRole };
    using Chunk = std::shared_ptr<const std::vector<std::uint32_t>>;

    explicit MessageTable(QObject* parent = nullptr);

    void show(std::shared_ptr<const triage::Analysis> analysis);
    void setFilter(const Filter& filter);
    const Filter& filter() const { return m_filter; }
    const std::shared_ptr<const Messages>& messages() const { return m_messages; }
    std::optional<std::uint32_t> journeyAt(int row) const;
    int rowOf(std::uint32_t journey) const; // -1: not among the shown rows
    /// What "filter by this" means for a cell; nullopt where there is nothing to filter by.
    std::optional<Term> termAt(const QModelIndex& cell) const;
    bool busy() const { return m_busy; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

Q_SIGNALS:
    void counted(); // the shown number, or the whole number, is another
    void lanesReady(std::shared_ptr<const items::TimeLanes> lanes);

private:
    QString text(std::uint32_t journey, Column column) const;
    QVariant raw(std::uint32_t journey, Column column) const;
    void refilter();
    void take(Chunk chunk, bool first, bool last);

    std::shared_ptr<const Messages> m_messages;
    Filter m_filter;
    int m_sortColumn = Time;
    Qt::SortOrder m_sortOrder = Qt::AscendingOrder;
    std::vector<Chunk> m_chunks;
    std::vector<std::uint32_t> m_starts; // first row of each chunk
    std::uint32_t m_rows = 0;
    bool m_busy = false;
    Background m_background {this};
};

} // namespace sluicegate::items
