// SPDX-License-Identifier: GPL-3.0-or-later
// The suspects of a verdict, by rank.
#pragma once

#include "models/triage/analysis.h"

#include <QAbstractTableModel>

#include <memory>

namespace sluicegate::items {

class SuspectModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Source, Cause, Confidence, Messages, Recipients, Period, ColumnCount };
    enum Role {
        SortRole = Qt::UserRole,
        RankRole,
        CauseRole,
        ConfidenceRole,
        ScoreRole,
        NoticedRole,
        CountsRole
    };

    using QAbstractTableModel::QAbstractTableModel;

    void show(std::shared_ptr<const triage::Analysis> analysis);
    const attribution::Suspect* suspect(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString marked(const QString& text) const;

    std::shared_ptr<const triage::Analysis> m_analysis;
};

} // namespace sluicegate::items
