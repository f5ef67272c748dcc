// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/readyscreen.h"

#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sluicegate::shell {

using common::label;
using common::named;
using common::Rank;
using common::Step;

ReadyScreen::ReadyScreen(QWidget* parent) : QWidget(parent), m_about(label({}, Rank::Body))
{
    QVBoxLayout* rows
        = common::page(this, tr("Ready to unblock?"), tr("The gate is opened only when the water is clean."));
    auto* card = new common::Card;
    card->setMaximumWidth(100 * Step);
    card->rows()->setContentsMargins(3 * Step, 2 * Step, 3 * Step, 3 * Step);
    card->rows()->addWidget(label(tr("To be checked by hand in this version"), Rank::Heading));
    card->rows()->addWidget(m_about);
    card->rows()->addSpacing(Step);
    const QStringList conditions {
        tr("The source is shut down, and no new spam has appeared in the mail log since."),
        tr("No spam is left in the mail queue: it would be sent the moment the port opens."),
        tr("Only then press the provider's Unblock button. Too early, and the server's reputation suffers "
           "for weeks.")};
    card->rows()->addWidget(
        named(label(QStringLiteral("•  ") + conditions.join(QStringLiteral("\n\n•  ")), Rank::Body),
            tr("Conditions"), QStringLiteral("conditions")));
    auto* columns = new QHBoxLayout;
    columns->addWidget(card, 100);
    columns->addStretch(1);
    rows->addLayout(columns);
    rows->addStretch();
    show(desk::Snapshot());
}

void ReadyScreen::show(const desk::Snapshot& snapshot)
{
    const bool named = snapshot.analysis && !snapshot.analysis->verdict.suspects.empty();
    if (!named)
        return m_about->setText(tr("No source is named yet. Finish the steps before this one first."));
    const attribution::Suspect& culprit = snapshot.analysis->verdict.suspects.front();
    m_about->setText(tr("Most likely source: %1 (%2, %3).")
            .arg(words::name(culprit.source), words::name(culprit.cause), words::name(culprit.confidence)));
}

} // namespace sluicegate::shell
