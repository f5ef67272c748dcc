// SPDX-License-Identifier: GPL-3.0-or-later
// A step this version does not do itself: says so, and how to do it by hand with what was found.
#pragma once

#include "widgets/shell/steps.h"

#include <QWidget>

class QLabel;

namespace sluicegate::shell {

class LaterScreen : public QWidget {
    Q_OBJECT
public:
    explicit LaterScreen(StepId step, QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot);

private:
    StepId m_step;
    QLabel* m_about;
    QLabel* m_todo;
};

} // namespace sluicegate::shell
