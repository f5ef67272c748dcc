// SPDX-License-Identifier: GPL-3.0-or-later
// The rail on the left: every step with its state, walkable in any order.
#pragma once

#include "widgets/shell/steps.h"

#include <QAbstractListModel>
#include <QListView>

#include <array>

namespace sluicegate::shell {

class StepModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { ProgressRole = Qt::UserRole, StateTextRole };
    using QAbstractListModel::QAbstractListModel;
    void show(const desk::Snapshot& snapshot);
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::array<StepState, StepCount> m_states {};
};

class StepRail : public QListView {
    Q_OBJECT
public:
    explicit StepRail(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot) { m_model->show(snapshot); }
    void setStep(StepId step);

Q_SIGNALS:
    void stepChosen(sluicegate::shell::StepId step);

private:
    StepModel* m_model;
};

} // namespace sluicegate::shell
