// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/reportscreen.h"

#include "models/report/report.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTextDocument>
#include <QVBoxLayout>

namespace sluicegate::reportscreen {

using common::label;
using common::named;
using common::Rank;
using common::Step;

namespace {

/// Shows text only: whatever a report names, nothing is fetched and no link is followed.
class Preview : public QTextBrowser {
public:
    Preview()
    {
        setOpenLinks(false);
        setFrameShape(QFrame::NoFrame);
        document()->setDocumentMargin(2 * Step);
    }
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

} // namespace

ReportScreen::ReportScreen(QWidget* parent)
    : QWidget(parent)
    , m_preview(named(new Preview, tr("Preview of the report"), QStringLiteral("preview")))
    , m_written(named(label({}, Rank::Muted), tr("Written reports"), QStringLiteral("written")))
    , m_state(new common::StateView)
    , m_stack(new QStackedWidget)
{
    QVBoxLayout* rows = common::page(
        this, tr("Report"), tr("What was found, for the ticket, the customer and the provider."));
    rows->addWidget(m_stack, 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    m_state->showEmpty(tr("Nothing to report yet"),
        tr("The report is written from the evidence: get it from the server, or open a case."),
        tr("Get the &evidence"));
    connect(m_state, &common::StateView::actionRequested, this, &ReportScreen::actionRequested);
}

QWidget* ReportScreen::content()
{
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * Step);
    auto* bar = new QHBoxLayout;
    bar->setSpacing(Step);
    const auto add = [&](QPushButton* button, const QString& name, const QString& ending) {
        bar->addWidget(named(button, name, QStringLiteral("export-") + ending));
        connect(button, &QPushButton::clicked, this, [this, ending] { Q_EMIT exportRequested(ending); });
    };
    add(new common::PrimaryButton(tr("Save as &PDF …")), tr("Save as PDF"), QStringLiteral("pdf"));
    add(new QPushButton(tr("HTM&L …")), tr("Save as HTML"), QStringLiteral("html"));
    add(new QPushButton(tr("&Markdown …")), tr("Save as Markdown"), QStringLiteral("md"));
    add(new QPushButton(tr("&JSON …")), tr("Save as JSON"), QStringLiteral("json"));
    bar->addWidget(m_written, 1);
    rows->addLayout(bar);
    auto* card = new common::Card;
    card->rows()->setContentsMargins(1, 1, 1, 1);
    card->rows()->addWidget(m_preview);
    rows->addWidget(card, 1);
    return all;
}

void ReportScreen::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    if (parts.testFlag(desk::Part::Exported)) {
        m_written->setText(snapshot.exported.empty()
                ? QString()
                : tr("Written: %1").arg(QString::fromStdString(snapshot.exported.back().string())));
    }
    if (!parts.testAnyFlags(desk::Part::Analysis | desk::Part::Gate | desk::Part::Remarks))
        return;
    m_analysis = snapshot.analysis;
    m_gate = snapshot.gate;
    m_remarks = snapshot.remarks;
    m_stack->setCurrentIndex(m_analysis ? 1 : 0);
    if (isVisible())
        fill();
}

void ReportScreen::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    fill();
}

void ReportScreen::fill()
{
    // Only when it is looked at: laying out a long report takes a while.
    if (m_analysis == m_filled && m_gate == m_filledGate && m_remarks == m_filledRemarks)
        return;
    m_filled = m_analysis;
    m_filledGate = m_gate;
    m_filledRemarks = m_remarks;
    if (m_analysis)
        m_preview->document()->setMarkdown(report::markdown(*m_analysis, m_gate.get(), *m_remarks),
            QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub)
                | QTextDocument::MarkdownNoHTML);
}

} // namespace sluicegate::reportscreen
