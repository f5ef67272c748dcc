// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/connectionscreen.h"

#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/theme.h"
#include "widgets/connection/connectform.h"
#include "widgets/connection/evidencelist.h"
#include "widgets/connection/progresscard.h"
#include "widgets/connection/questioncard.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluicegate::connection {

using common::Step;

ConnectionScreen::ConnectionScreen(QWidget* parent)
    : QWidget(parent)
    , m_form(new ConnectForm)
    , m_question(new QuestionCard)
    , m_progress(new ProgressCard)
    , m_evidence(new EvidenceList)
    , m_empty(new common::StateView)
    , m_right(new QStackedWidget)
{
    QVBoxLayout* rows = common::page(this, tr("Evidence"),
        tr("Mail log, queue, accounts and web logs, copied byte for byte into the case and hashed."));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(2 * Step);
    rows->addLayout(columns, 1);
    m_form->setFixedWidth(44 * Step);
    columns->addWidget(m_form);
    auto* right = new QVBoxLayout;
    right->setSpacing(2 * Step);
    right->addWidget(m_question);
    right->addWidget(m_progress);
    right->addWidget(m_right, 100);
    right->addStretch(1); // keeps the question together while it stands alone
    columns->addLayout(right, 1);
    auto* card = new common::Card;
    card->rows()->addWidget(m_empty);
    m_right->addWidget(card);
    m_right->addWidget(m_evidence);
    m_question->hide();
    m_progress->hide();
    connect(m_form, &ConnectForm::connectRequested, this, &ConnectionScreen::connectRequested);
    connect(m_form, &ConnectForm::hostChosen, this, &ConnectionScreen::hostChosen);
    connect(m_form, &ConnectForm::openRequested, this, &ConnectionScreen::openRequested);
    connect(m_form, &ConnectForm::openFolderRequested, this, &ConnectionScreen::openFolderRequested);
    connect(m_form, &ConnectForm::demoRequested, this, &ConnectionScreen::demoRequested);
    connect(m_question, &QuestionCard::answered, this, &ConnectionScreen::answered);
    connect(m_progress, &ProgressCard::cancelRequested, this, &ConnectionScreen::cancelRequested);
    connect(m_evidence, &EvidenceList::continueRequested, this, &ConnectionScreen::continueRequested);
}

void ConnectionScreen::setHosts(const QStringList& recent, const QStringList& config)
{
    m_form->setHosts(recent, config);
}

void ConnectionScreen::fill(const ssh::Target& target)
{
    m_form->fill(target);
}

void ConnectionScreen::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    if (parts.testFlag(desk::Part::Server) && snapshot.target.empty() && !snapshot.notice)
        m_form->clear();
    if (parts.testFlag(desk::Part::Notice) && snapshot.notice)
        m_form->propose(words::inert(snapshot.notice->server));
    if (parts.testFlag(desk::Part::Asked)) {
        m_question->show(snapshot.question);
        m_right->setVisible(!snapshot.question); // first things first
    }
    if (parts.testFlag(desk::Part::Running)) {
        m_progress->setVisible(snapshot.running.has_value());
        m_form->setBusy(snapshot.running.has_value());
        if (snapshot.running)
            m_progress->show(*snapshot.running);
    }
    if (parts.testAnyFlags(desk::Part::Evidence | desk::Part::Analysis | desk::Part::Server)) {
        m_right->setCurrentIndex(snapshot.bundle ? 1 : 0);
        m_evidence->show(snapshot);
        m_empty->showEmpty(tr("No evidence yet"),
            tr("Connect to the server, or open log files that were copied from it. The mail log as far back "
               "as "
               "the notice reaches is enough; everything else makes the answer surer."));
    }
}

} // namespace sluicegate::connection
