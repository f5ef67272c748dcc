// SPDX-License-Identifier: GPL-3.0-or-later
// The journal: every step and remote command, whether its chain holds, to filter and to copy.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;

namespace sluicegate::common {
class StateView;
}
namespace sluicegate::items {
class JournalModel;
}

namespace sluicegate::journalscreen {

class JournalScreen : public QWidget {
    Q_OBJECT
public:
    explicit JournalScreen(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot, desk::Parts parts);

Q_SIGNALS:
    void readRequested();
    void actionRequested(); // of the empty state

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* content();
    void showJournal(const desk::Snapshot& snapshot);
    void showCount();
    void copy();

    common::StateView* m_state;
    QLabel* m_chain;
    QLabel* m_count;
    QLineEdit* m_search;
    QTableView* m_table;
    items::JournalModel* m_model;
    QSortFilterProxyModel* m_proxy;
    QStackedWidget* m_stack;
};

} // namespace sluicegate::journalscreen
