// SPDX-License-Identifier: GPL-3.0-or-later
// The queue: every message with its verdict, grouped, searched, and how long the good mail can wait.
#pragma once

#include "models/items/filter.h"
#include "models/items/queuetable.h"
#include "widgets/common/pinnable.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QStackedWidget;
class QTableView;

namespace sluicegate::common {
class StateView;
}

namespace sluicegate::queuescreen {

class QueueScreen : public QWidget, public common::Pinnable {
    Q_OBJECT
public:
    explicit QueueScreen(QWidget* parent = nullptr);

    void show(std::shared_ptr<const triage::Analysis> analysis);
    items::QueueTable& table() { return *m_model; }
    std::optional<casefile::Remark> pinned() const override;

Q_SIGNALS:
    void inspectRequested(const QString& queueId);
    void filterWanted(const sluicegate::items::Term& term);
    void pinWanted(const sluicegate::casefile::Remark& remark);
    void actionRequested(); // of the empty state: get the evidence

private:
    QWidget* content();
    QWidget* tools();
    void dressTables();
    void connectParts();
    void showEmpty(const triage::Analysis* analysis);
    void showTotals();
    void showCount();
    void showGroups(std::shared_ptr<const items::QueueGroups> groups);
    void showRow();
    void showMenu(QPoint at);
    void chooseGroup(const QModelIndex& row);
    void inspect(const items::QueueRow* row);
    items::QueueTable::View view() const;

    items::QueueTable* m_model;
    items::QueueGroupModel* m_groupModel;
    QTableView* m_view;
    QTableView* m_groups;
    QWidget* m_groupCard;
    QLineEdit* m_search;
    QComboBox* m_grouping;
    QLabel* m_totals;
    QLabel* m_deadline;
    QLabel* m_count;
    QLabel* m_about;
    common::StateView* m_state;
    QStackedWidget* m_stack;
    std::shared_ptr<const triage::Analysis> m_analysis;
    bool m_regrouping = false; // the list of groups is being replaced: that is no choice of the operator's
};

} // namespace sluicegate::queuescreen
