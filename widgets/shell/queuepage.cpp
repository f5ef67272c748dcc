// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/queuepage.h"

#include "widgets/common/pages.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"
#include "widgets/containment/containmentscreen.h"
#include "widgets/queue/queuescreen.h"

#include <QLocale>
#include <QVBoxLayout>

namespace sluicegate::shell {

using common::Step;

QueuePage::QueuePage(QWidget* parent)
    : QWidget(parent)
    , m_actions(new containmentscreen::ContainmentScreen(containmentscreen::Scope::Queue, {}, {}))
    , m_messages(new queuescreen::QueueScreen)
    , m_pages(new common::Pages(tr("Actions or messages")))
{
    QVBoxLayout* rows = common::page(this, tr("Clear the queue"),
        tr("What was caught must not go out later, and no good mail may be lost."));
    rows->setSpacing(Step);
    m_pages->setObjectName(QStringLiteral("queuePages"));
    m_pages->addPage(m_actions, tr("What to do"));
    m_pages->addPage(m_messages, tr("Messages in the queue"));
    rows->addWidget(m_pages, 1);
    connect(m_messages, &queuescreen::QueueScreen::inspectRequested, this, &QueuePage::inspectRequested);
    connect(m_messages, &queuescreen::QueueScreen::filterWanted, this, &QueuePage::filterWanted);
    connect(m_messages, &queuescreen::QueueScreen::pinWanted, this, &QueuePage::pinWanted);
    connect(m_messages, &queuescreen::QueueScreen::actionRequested, this, &QueuePage::actionRequested);
}

void QueuePage::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    m_actions->show(snapshot, parts);
    if (!parts.testFlag(desk::Part::Analysis))
        return;
    m_messages->show(snapshot.analysis);
    const bool known = snapshot.analysis && snapshot.analysis->queueKnown;
    m_pages->setTitle(1,
        known ? tr("Messages in the queue (%1)")
                    .arg(QLocale().toString(qulonglong(snapshot.analysis->facts.queue.size())))
              : tr("Messages in the queue"));
}

} // namespace sluicegate::shell
