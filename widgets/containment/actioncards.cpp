// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/containment/actioncards.h"

#include "models/words/actions.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::containmentscreen {

using common::named;
using common::Rank;
using common::Step;
using common::wholeLabel;
using containment::Object;

namespace {

bool helpsAny(const triage::Analysis& analysis, const containment::Action& action, int rank)
{
    for (const attribution::Suspect& suspect : analysis.verdict.suspects)
        if ((rank == 0 || suspect.rank == rank) && containment::helpsAgainst(action, suspect))
            return true;
    return false;
}

std::optional<bool> doneBefore(const desk::Snapshot& snapshot, containment::ActionId action, int rank)
{
    std::optional<bool> done;
    for (const desk::Handled& handled : snapshot.handled)
        if (handled.action == action && handled.rank == rank)
            done = handled.whole;
    return done;
}

// The actions that undo one that stands before them in the table.
bool goesBack(containment::ActionId id, const containment::Target& target)
{
    for (const containment::Action& action : containment::actions()) {
        if (action.id == id)
            break;
        if (action.plan && action.plan(target).undo == id)
            return true;
    }
    return id == containment::ActionId::RestoreQueue;
}

QString buttonName(containment::ActionId action)
{
    const std::string_view name = containment::action(action).name;
    return QStringLiteral("plan-") + QString::fromLatin1(name.data(), qsizetype(name.size()));
}

} // namespace

QList<Choice> choices(const desk::Snapshot& snapshot, Scope scope, int rank)
{
    QList<Choice> all;
    if (!snapshot.analysis)
        return all;
    const containment::Target target = desk::targetFor(*snapshot.analysis, rank, snapshot.saved);
    const containment::Ground ground = containment::groundOf(snapshot.analysis->bundle);
    for (const containment::Action& action : containment::actions()) {
        const bool onQueue = action.object == Object::Queue;
        if (onQueue != (scope == Scope::Queue) || (!onQueue && !helpsAny(*snapshot.analysis, action, rank)))
            continue;
        const auto against = containment::obstacle(action, target, ground);
        if (against == containment::Obstacle::OtherCause || against == containment::Obstacle::HasPanel)
            continue;
        all.append({.action = action.id,
            .obstacle = against,
            .chosen = snapshot.handling && snapshot.handling->plan.action == action.id
                && snapshot.handling->rank == rank,
            .goesBack = goesBack(action.id, target),
            .done = doneBefore(snapshot, action.id, rank)});
    }
    std::ranges::stable_partition(all, [](const Choice& choice) { return !choice.goesBack; });
    return all;
}

ActionCards::ActionCards(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(Step);
}

void ActionCards::show(const QList<Choice>& choices)
{
    if (choices == m_choices && m_rows->count() > 0)
        return;
    // The button under the keyboard's focus comes back in the same place.
    const QWidget* focused = focusWidget();
    const QString held = focused && focused->hasFocus() ? focused->objectName() : QString();
    m_choices = choices;
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        // One of them may hold the button whose press led here.
        if (QWidget* old = item->widget()) {
            old->setParent(nullptr);
            old->deleteLater();
        }
        delete item;
    }
    bool back = false;
    for (const Choice& choice : choices) {
        if (choice.goesBack && !back)
            addHeading(tr("To go back"));
        back = choice.goesBack;
        add(choice);
    }
    if (auto* again = held.isEmpty() ? nullptr : findChild<QPushButton*>(held))
        again->setFocus();
}

void ActionCards::addHeading(const QString& text)
{
    m_rows->addWidget(wholeLabel(text, Rank::Small));
}

// What it does stands in its plan; a list of ten must be seen at a glance.
void ActionCards::add(const Choice& choice)
{
    const QString name = words::name(choice.action);
    auto* card = new common::Card;
    card->setToolTip(words::meaning(choice.action));
    card->rows()->setContentsMargins(2 * Step, Step, Step, Step);
    card->rows()->setSpacing(0);
    auto* row = new QHBoxLayout;
    auto* about = new QVBoxLayout;
    about->setSpacing(0);
    about->addWidget(wholeLabel(name, Rank::Body));
    if (choice.obstacle)
        about->addWidget(wholeLabel(tr("Not here: %1.").arg(words::text(*choice.obstacle)), Rank::Small));
    else if (choice.done)
        about->addWidget(
            wholeLabel(*choice.done ? tr("✓ Done in this session") : tr("! Not finished yet"), Rank::Small));
    row->addLayout(about, 1);
    if (!choice.obstacle) {
        auto* button = named(new QPushButton(choice.chosen ? tr("Shown") : tr("Plan")),
            tr("Show the plan: %1").arg(name), buttonName(choice.action));
        button->setEnabled(!choice.chosen);
        connect(
            button, &QPushButton::clicked, this, [this, action = choice.action] { Q_EMIT chosen(action); });
        row->addWidget(button, 0, Qt::AlignVCenter);
    }
    card->rows()->addLayout(row);
    m_rows->addWidget(card);
}

} // namespace sluicegate::containmentscreen
