// SPDX-License-Identifier: GPL-3.0-or-later
// One condition of the gate: its state as sign and word, why, and as of when.
#pragma once

#include "models/readiness/condition.h"

#include <QWidget>

class QLabel;

namespace sluicegate::readinessscreen {

class ConditionRow : public QWidget {
    Q_OBJECT
public:
    explicit ConditionRow(QWidget* parent = nullptr);
    void show(const readiness::Condition& condition);

private:
    QLabel* m_state;
    QLabel* m_name;
    QLabel* m_text;
};

} // namespace sluicegate::readinessscreen
