// SPDX-License-Identifier: GPL-3.0-or-later
// Step 3 and the clearing of the queue: choose an action, read its plan, run it, see what came of it.
#pragma once

#include "widgets/containment/actioncards.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;

namespace sluicegate::common {
class StateView;
}

namespace sluicegate::containmentscreen {

class EndingCard;
class PlanCard;

class ContainmentScreen : public QWidget {
    Q_OBJECT
public:
    ContainmentScreen(Scope scope, const QString& title, const QString& subtitle, QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot, desk::Parts parts);

Q_SIGNALS:
    void planRequested(sluicegate::containment::ActionId action, int rank);
    void applyRequested();
    void cancelRequested();
    void connectRequested();
    void actionRequested(); // of the empty state: get the evidence

private:
    QWidget* content();
    void showSuspects(const desk::Snapshot& snapshot);
    void showEmpty(const desk::Snapshot& snapshot);
    void showActions();
    int rank() const;

    Scope m_scope;
    QComboBox* m_suspects;
    ActionCards* m_cards;
    QLabel* m_byHand;
    PlanCard* m_plan;
    EndingCard* m_ending;
    common::StateView* m_none; // no plan yet
    common::StateView* m_state; // nothing to act against
    QStackedWidget* m_stack;
    std::shared_ptr<const triage::Analysis> m_analysis;
    std::shared_ptr<const desk::Snapshot> m_snapshot;
    bool m_asked = false; // for a plan that is not shown yet
};

} // namespace sluicegate::containmentscreen
