// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/containment/containmentscreen.h"

#include "models/words/actions.h"
#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/theme.h"
#include "widgets/containment/endingcard.h"
#include "widgets/containment/plancard.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace sluicegate::containmentscreen {

using common::named;
using common::Step;

ContainmentScreen::ContainmentScreen(
    Scope scope, const QString& title, const QString& subtitle, QWidget* parent)
    : QWidget(parent)
    , m_scope(scope)
    , m_suspects(named(new QComboBox, tr("Source"), QStringLiteral("actionSource")))
    , m_cards(new ActionCards)
    , m_byHand(named(common::wholeLabel({}, common::Rank::Muted), tr("By hand"), QStringLiteral("byHand")))
    , m_plan(new PlanCard)
    , m_ending(new EndingCard)
    , m_none(new common::StateView)
    , m_state(new common::StateView)
    , m_stack(new QStackedWidget)
{
    QVBoxLayout* rows = common::page(this, title, subtitle);
    rows->addWidget(m_stack, 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    m_none->showEmpty(tr("Nothing is done before you say so"),
        tr("Choose an action on the left: its plan shows the exact commands, what they do to good mail, and "
           "the "
           "way back."));
    connect(m_state, &common::StateView::actionRequested, this, &ContainmentScreen::actionRequested);
    connect(m_cards, &ActionCards::chosen, this, [this](containment::ActionId action) {
        m_asked = true;
        Q_EMIT planRequested(action, rank());
    });
    connect(m_plan, &PlanCard::applyRequested, this, &ContainmentScreen::applyRequested);
    connect(m_plan, &PlanCard::cancelRequested, this, &ContainmentScreen::cancelRequested);
    connect(m_plan, &PlanCard::connectRequested, this, &ContainmentScreen::connectRequested);
    connect(m_suspects, &QComboBox::activated, this, &ContainmentScreen::showActions);
}

QWidget* ContainmentScreen::content()
{
    auto* all = new QWidget;
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(2 * Step);
    auto* left = new QWidget;
    left->setFixedWidth(42 * Step);
    auto* leftRows = new QVBoxLayout(left);
    leftRows->setContentsMargins(0, 0, 0, 0);
    leftRows->setSpacing(Step);
    leftRows->addWidget(m_suspects);
    leftRows->addWidget(m_cards);
    leftRows->addWidget(m_byHand);
    leftRows->addStretch();
    columns->addWidget(left);
    auto* right = new QVBoxLayout;
    right->setSpacing(2 * Step);
    right->addWidget(m_none);
    right->addWidget(m_ending);
    right->addWidget(m_plan);
    right->addStretch();
    columns->addLayout(right, 1);
    m_suspects->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_suspects->setMinimumContentsLength(12);
    m_ending->hide();
    m_plan->hide();
    return all;
}

int ContainmentScreen::rank() const
{
    return m_suspects->currentData().toInt();
}

void ContainmentScreen::showSuspects(const desk::Snapshot& snapshot)
{
    if (snapshot.analysis == m_analysis)
        return;
    m_analysis = snapshot.analysis;
    m_suspects->clear();
    if (!m_analysis)
        return;
    const auto& suspects = m_analysis->verdict.suspects;
    if (m_scope == Scope::Queue && suspects.size() > 1)
        m_suspects->addItem(tr("All sources named"), 0);
    for (const attribution::Suspect& suspect : suspects)
        m_suspects->addItem(
            QStringLiteral("%1.  %2").arg(suspect.rank).arg(words::name(suspect.source)), suspect.rank);
    if (suspects.empty() && snapshot.saved > 0 && m_scope == Scope::Queue)
        m_suspects->addItem(tr("The case's own messages"), 0);
}

// What this program cannot do is said as well, to be done by hand.
void ContainmentScreen::showActions()
{
    if (!m_snapshot)
        return;
    m_cards->show(choices(*m_snapshot, m_scope, rank()));
    QStringList lines;
    for (const attribution::Suspect& suspect : m_analysis->verdict.suspects)
        if (m_scope == Scope::Source && suspect.rank == rank())
            for (const QString& step : words::nextSteps(suspect))
                lines += QStringLiteral("•  ") + step;
    m_byHand->setText(
        lines.isEmpty() ? QString() : tr("All that has to be done:") + u'\n' + lines.join(u'\n'));
    m_byHand->setVisible(!lines.isEmpty());
}

void ContainmentScreen::showEmpty(const desk::Snapshot& snapshot)
{
    if (!snapshot.analysis)
        m_state->showEmpty(tr("No source is named yet"),
            tr("Actions are planned against the source that the evidence proves."), tr("Get the &evidence"));
    else
        m_state->showEmpty(tr("Nothing to act against"),
            tr("The evidence names no source. Acting on a guess would lock out an honest customer."));
}

void ContainmentScreen::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    using desk::Part;
    if (!parts.testAnyFlags(Part::Analysis | Part::Action | Part::Running | Part::Server))
        return;
    showSuspects(snapshot);
    const bool any = m_suspects->count() > 0;
    m_stack->setCurrentIndex(any ? 1 : 0);
    if (!any)
        return showEmpty(snapshot);
    // While an action runs only its progress changes, many times a second.
    if (parts.testAnyFlags(Part::Analysis | Part::Action | Part::Server)) {
        m_snapshot = std::make_shared<desk::Snapshot>(snapshot);
        showActions();
    }
    const bool isOnQueue = snapshot.handling
        && containment::action(snapshot.handling->plan.action).object == containment::Object::Queue;
    const bool mine = snapshot.handling && isOnQueue == (m_scope == Scope::Queue);
    m_none->setVisible(!mine);
    m_plan->setVisible(mine);
    m_ending->setVisible(mine && snapshot.handling->ran());
    if (!mine)
        return;
    m_plan->show(snapshot);
    // The plan that was asked for is read next; its button is gone from under the focus.
    if (parts.testFlag(Part::Action) && std::exchange(m_asked, false))
        m_plan->beginReading();
    if (snapshot.handling->ran())
        m_ending->show(*snapshot.handling);
}

} // namespace sluicegate::containmentscreen
