// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/readiness/conditionrow.h"

#include "models/words/conditions.h"
#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace sluicegate::readinessscreen {

using common::label;
using common::Rank;
using common::Step;
using readiness::State;

namespace {

QString sign(State state)
{
    switch (state) {
    case State::Met:
        return QStringLiteral("✓");
    case State::NotMet:
        return QStringLiteral("✗");
    case State::Unknown:
        return QStringLiteral("?");
    }
    return {};
}

} // namespace

ConditionRow::ConditionRow(QWidget* parent)
    : QWidget(parent)
    , m_state(label({}, Rank::Body))
    , m_name(label({}, Rank::Body))
    , m_text(common::wholeLabel({}, Rank::Muted))
{
    m_state->setFixedWidth(12 * Step);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, Step / 2, 0, Step / 2);
    columns->setSpacing(2 * Step);
    columns->addWidget(m_state, 0, Qt::AlignTop);
    auto* rows = new QVBoxLayout;
    rows->setSpacing(0);
    rows->addWidget(m_name);
    rows->addWidget(m_text);
    columns->addLayout(rows, 1);
}

void ConditionRow::show(const readiness::Condition& condition)
{
    const QString state = words::name(condition.state);
    m_state->setText(sign(condition.state) + QStringLiteral("  ") + state);
    m_name->setText(
        condition.needed ? words::name(condition.id) : tr("%1 (no obstacle)").arg(words::name(condition.id)));
    const QString why = words::text(condition);
    m_text->setText(condition.asOf ? tr("%1 As of %2.").arg(why, words::when(*condition.asOf)) : why);
    setAccessibleName(QStringLiteral("%1: %2. %3").arg(words::name(condition.id), state, why));
}

} // namespace sluicegate::readinessscreen
