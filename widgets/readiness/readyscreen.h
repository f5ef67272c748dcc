// SPDX-License-Identifier: GPL-3.0-or-later
// The gate: every condition for unblocking, and the way to the provider's button when all of them stand.
#pragma once

#include "models/desk/snapshot.h"

#include <QList>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace sluicegate::common {
class StateView;
}

namespace sluicegate::readinessscreen {

class ConditionRow;
class WatchStrip;

class ReadyScreen : public QWidget {
    Q_OBJECT
public:
    explicit ReadyScreen(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot, desk::Parts parts);

Q_SIGNALS:
    void pullRequested();
    void judgeRequested();
    void remedyRequested(sluicegate::readiness::Remedy remedy);
    void waiveRequested(sluicegate::readiness::ConditionId id, const QString& reason);
    void withdrawRequested(sluicegate::readiness::ConditionId id);
    void watchRequested();
    void watchStopRequested();
    void quietChosen(int minutes);
    void unblockRequested();
    void pageRequested(const QString& page);
    void actionRequested(); // of the empty state

private:
    QWidget* content();
    void addRow();
    void showGate(const desk::Snapshot& snapshot);
    void showPages(const desk::Snapshot& snapshot);
    QPushButton* pageButton(const QString& text, const QString& object);

    common::StateView* m_state;
    QLabel* m_verdict;
    QLabel* m_about;
    WatchStrip* m_watch;
    QVBoxLayout* m_conditions;
    QList<ConditionRow*> m_rows;
    QPushButton* m_pull;
    QPushButton* m_judge;
    QPushButton* m_unblock;
    QPushButton* m_cleanUp;
    QPushButton* m_mailbox;
    QPushButton* m_plugins;
    QStackedWidget* m_stack;
};

} // namespace sluicegate::readinessscreen
