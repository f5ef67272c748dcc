// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/evidencelist.h"

#include "models/items/cells.h"
#include "models/items/evidencemodel.h"
#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/tables.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QTableView>
#include <QVBoxLayout>

namespace sluicegate::connection {

using common::label;
using common::named;
using common::Rank;
using common::Step;

namespace {

QString serverText(const desk::Snapshot& snapshot)
{
    if (snapshot.server)
        return EvidenceList::tr("From %1@%2, host key %3")
            .arg(words::inert(snapshot.server->user), words::inert(snapshot.server->host),
                words::inert(snapshot.server->fingerprint));
    // A case that is opened again knows the server from its manifest.
    if (!snapshot.bundle->hostKey.empty())
        return EvidenceList::tr("From %1, host key %2")
            .arg(words::inert(snapshot.bundle->host), words::inert(snapshot.bundle->hostKey));
    return EvidenceList::tr("From files: %1").arg(words::inert(snapshot.evidenceFrom));
}

QString logText(const desk::Snapshot& snapshot)
{
    if (!snapshot.analysis)
        return {};
    if (!snapshot.analysis->log)
        return EvidenceList::tr("There is no mail log among it.");
    const maillog::Summary& summary = snapshot.analysis->log->summary();
    const QString lines = QLocale().toString(qulonglong(summary.lines));
    if (!summary.from || !summary.to)
        return EvidenceList::tr("The mail log has %1 lines.").arg(lines);
    return EvidenceList::tr("The mail log has %1 lines, %2 UTC.")
        .arg(lines, items::rangeText(*summary.from, *summary.to));
}

} // namespace

EvidenceList::EvidenceList(QWidget* parent)
    : QWidget(parent)
    , m_heading(label({}, Rank::Heading))
    , m_server(named(label({}, Rank::Muted), tr("Origin"), QStringLiteral("origin")))
    , m_log(named(label({}, Rank::Body), tr("Mail log"), QStringLiteral("logSummary")))
    , m_warnings(named(label({}, Rank::Body), tr("Warnings"), QStringLiteral("warnings")))
    , m_table(named(new QTableView, tr("Evidence"), QStringLiteral("evidence")))
    , m_continue(named(new common::PrimaryButton(tr("&Identify the messages")), tr("Identify the messages"),
          QStringLiteral("continue")))
    , m_model(new items::EvidenceModel(this))
{
    auto* card = new common::Card;
    for (QLabel* line : {m_heading, m_server, m_log, m_warnings})
        card->rows()->addWidget(line);
    card->rows()->addWidget(m_table, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_continue);
    card->rows()->addLayout(buttons);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(card);
    m_table->setModel(m_model);
    common::dress(*m_table, {0, 12 * Step, 10 * Step, 15 * Step});
    connect(m_continue, &QPushButton::clicked, this, &EvidenceList::continueRequested);
}

void EvidenceList::show(const desk::Snapshot& snapshot)
{
    if (!snapshot.bundle)
        return;
    m_model->show(snapshot.bundle);
    m_heading->setText(tr("%n item(s) of evidence", nullptr, m_model->rowCount()));
    m_server->setText(serverText(snapshot));
    m_log->setText(logText(snapshot));
    m_log->setVisible(!m_log->text().isEmpty());
    const QStringList warnings = snapshot.analysis ? words::warnings(*snapshot.analysis) : QStringList();
    m_warnings->setText(warnings.join(u'\n'));
    m_warnings->setVisible(!warnings.isEmpty());
    m_continue->setEnabled(snapshot.analysis != nullptr);
}

} // namespace sluicegate::connection
