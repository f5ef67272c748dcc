// SPDX-License-Identifier: GPL-3.0-or-later
// The job under way: what it does now, bytes, rate, how far, and how to stop it.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QPushButton;

namespace sluicegate::connection {

class ProgressCard : public QWidget {
    Q_OBJECT
public:
    explicit ProgressCard(QWidget* parent = nullptr);
    void show(const desk::Running& running);

Q_SIGNALS:
    void cancelRequested();

private:
    QLabel* m_heading;
    QLabel* m_now;
    QLabel* m_amount;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
};

} // namespace sluicegate::connection
