// SPDX-License-Identifier: GPL-3.0-or-later
// The last step: the report as it will read, and its export as HTML, PDF, JSON and Markdown.
#pragma once

#include "models/desk/snapshot.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTextBrowser;

namespace sluicegate::common {
class StateView;
}

namespace sluicegate::reportscreen {

class ReportScreen : public QWidget {
    Q_OBJECT
public:
    explicit ReportScreen(QWidget* parent = nullptr);
    void show(const desk::Snapshot& snapshot, desk::Parts parts);

Q_SIGNALS:
    /// The ending without its dot.
    void exportRequested(const QString& ending);
    void actionRequested();

protected:
    void showEvent(QShowEvent* event) override;

private:
    QWidget* content();
    void fill();

    std::shared_ptr<const triage::Analysis> m_analysis;
    std::shared_ptr<const readiness::Gate> m_gate;
    std::shared_ptr<const readiness::Gate> m_filledGate;
    std::shared_ptr<const triage::Analysis> m_filled;
    std::shared_ptr<const std::vector<casefile::Remark>> m_remarks;
    std::shared_ptr<const std::vector<casefile::Remark>> m_filledRemarks;
    QTextBrowser* m_preview;
    QLabel* m_written;
    common::StateView* m_state;
    QStackedWidget* m_stack;
};

} // namespace sluicegate::reportscreen
