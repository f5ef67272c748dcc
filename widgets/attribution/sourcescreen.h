// SPDX-License-Identifier: GPL-3.0-or-later
// Step "Source": the verdict, the suspects by rank, and for each one its reasons with the lines behind them.
#pragma once

#include "models/triage/analysis.h"
#include "widgets/common/pinnable.h"

#include <QWidget>

#include <memory>

class QLabel;
class QListView;
class QStackedWidget;

namespace sluicegate::items {
class ClueModel;
class SuspectModel;
} // namespace sluicegate::items
namespace sluicegate::common {
class EvidencePane;
class StateView;
} // namespace sluicegate::common

namespace sluicegate::attributionscreen {

class SourceScreen : public QWidget, public common::Pinnable {
    Q_OBJECT
public:
    explicit SourceScreen(QWidget* parent = nullptr);

    void show(std::shared_ptr<const triage::Analysis> analysis);
    void showBusy(const QString& heading, const QString& text);
    std::optional<casefile::Remark> pinned() const override;
    /// Chooses the suspect of this key; false if there is none.
    bool select(const std::string& key);

Q_SIGNALS:
    void messagesRequested(int rank);
    void actionRequested();
    void continueRequested();
    void pinWanted(const sluicegate::casefile::Remark& remark);

private:
    std::optional<casefile::Remark> pinOfLine(const base::EvidenceLine& line) const;
    void showMenu(QPoint at);
    QWidget* content();
    QWidget* details();
    void showSuspect(const QModelIndex& row);
    void showClue(const QModelIndex& row);
    void showNoSuspect();

    items::SuspectModel* m_suspects;
    items::ClueModel* m_clues;
    QLabel* m_verdict;
    QLabel* m_preliminary;
    QLabel* m_why;
    QListView* m_suspectView;
    QListView* m_clueView;
    QLabel* m_name;
    QLabel* m_facts;
    common::EvidencePane* m_evidence;
    common::StateView* m_state;
    QStackedWidget* m_stack;
    QStackedWidget* m_right;
    int m_rank = 0;
};

} // namespace sluicegate::attributionscreen
