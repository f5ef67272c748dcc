// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/laterscreen.h"

#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"
#include "widgets/shell/byhand.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sluicegate::shell {

using common::label;
using common::named;
using common::Rank;
using common::Step;

LaterScreen::LaterScreen(StepId step, QWidget* parent)
    : QWidget(parent)
    , m_step(step)
    , m_about(label({}, Rank::Body))
    , m_todo(named(label({}, Rank::Body), tr("What to do by hand"), QStringLiteral("byHand")))
{
    QVBoxLayout* rows = common::page(this, byHandTitle(step), byHandSubtitle(step));
    auto* card = new common::Card;
    card->setMaximumWidth(100 * Step);
    card->rows()->setContentsMargins(3 * Step, 2 * Step, 3 * Step, 3 * Step);
    card->rows()->addWidget(label(tr("Not part of this version yet"), Rank::Heading));
    card->rows()->addWidget(
        label(tr("This version only reads. It changes nothing on the server, so this step is yours."),
            Rank::Muted));
    card->rows()->addSpacing(Step);
    card->rows()->addWidget(m_about);
    card->rows()->addSpacing(Step);
    card->rows()->addWidget(label(tr("By hand"), Rank::Heading));
    card->rows()->addWidget(m_todo);
    auto* columns = new QHBoxLayout;
    columns->addWidget(card, 100);
    columns->addStretch(1);
    rows->addLayout(columns);
    rows->addStretch();
    show(desk::Snapshot());
}

void LaterScreen::show(const desk::Snapshot& snapshot)
{
    const attribution::Suspect* culprit = nullptr;
    if (snapshot.analysis && !snapshot.analysis->verdict.suspects.empty())
        culprit = &snapshot.analysis->verdict.suspects.front();
    m_about->setText(culprit ? tr("Most likely source: %1 (%2, %3).")
                                   .arg(words::name(culprit->source), words::name(culprit->cause),
                                       words::name(culprit->confidence))
                             : tr("No source is named yet. Finish the steps before this one first."));
    QStringList lines;
    for (const QString& todo : byHand(m_step, culprit, snapshot))
        lines += QStringLiteral("•  ") + todo;
    m_todo->setText(lines.join(QStringLiteral("\n\n")));
}

} // namespace sluicegate::shell
