// SPDX-License-Identifier: GPL-3.0-or-later
// The Message-IDs a notice names, and whether the log knows them.
#pragma once

#include "models/triage/analysis.h"

#include <QAbstractTableModel>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace sluicegate::items {

class NoticeIdModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Id, Found, ColumnCount };
    enum Role { SortRole = Qt::UserRole, FoundRole, JourneyRole };
    enum class Finding { NoLog, Found, Missing };

    using QAbstractTableModel::QAbstractTableModel;

    /// Without an analysis (or a log in it) nothing is known about any id.
    void show(std::optional<notice::Notice> notice, std::shared_ptr<const triage::Analysis> analysis);
    int found() const;
    int missing() const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        notice::NoticedId id;
        Finding finding = Finding::NoLog;
        std::vector<std::uint32_t> journeys;
    };
    QString foundText(const Row& row) const;

    std::vector<Row> m_rows;
    std::shared_ptr<const triage::Analysis> m_analysis;
};

} // namespace sluicegate::items
