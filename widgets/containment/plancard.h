// SPDX-License-Identifier: GPL-3.0-or-later
// One action's plan, and the two steps that run it: asking to, and saying yes to exactly what is shown.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;

namespace sluicegate::containmentscreen {

class PlanCard : public QWidget {
    Q_OBJECT
public:
    explicit PlanCard(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot);
    /// Gives the focus to the commands.
    void beginReading();

Q_SIGNALS:
    void applyRequested();
    void cancelRequested();
    void connectRequested();

private:
    QWidget* askRow();
    QWidget* sureRow();
    QWidget* workRow();
    void showPlan(const desk::Handling& handling);
    void showRows(const desk::Snapshot& snapshot);
    void ask(bool asking);

    std::shared_ptr<const desk::Handling> m_shown;
    QLabel* m_heading;
    QLabel* m_meaning;
    QLabel* m_selection;
    QPlainTextEdit* m_commands;
    QLabel* m_effects;
    QLabel* m_wayBack;
    QLabel* m_why; // it cannot be run now
    QPushButton* m_run;
    QPushButton* m_connect;
    QLabel* m_question;
    QPushButton* m_yes;
    QPushButton* m_no;
    QLabel* m_stage;
    QProgressBar* m_bar;
    QPushButton* m_cancel;
    QWidget* m_askRow;
    QWidget* m_sureRow;
    QWidget* m_workRow;
};

} // namespace sluicegate::containmentscreen
