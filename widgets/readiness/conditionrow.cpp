// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/readiness/conditionrow.h"

#include "models/words/conditions.h"
#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace sluicegate::readinessscreen {

using common::label;
using common::named;
using common::Rank;
using common::Step;
using readiness::Remedy;
using readiness::State;

namespace {

QString sign(const readiness::Condition& condition)
{
    if (condition.waived)
        return QStringLiteral("!");
    switch (condition.state) {
    case State::Met:
        return QStringLiteral("✓");
    case State::NotMet:
        return QStringLiteral("✗");
    case State::Unknown:
        return QStringLiteral("?");
    }
    return {};
}

QString remedyName(Remedy remedy)
{
    switch (remedy) {
    case Remedy::None:
        break;
    case Remedy::ShutDown:
        return ConditionRow::tr("Shut it down …");
    case Remedy::ClearQueue:
        return ConditionRow::tr("Clear the queue …");
    case Remedy::Pull:
        return ConditionRow::tr("Pull again");
    case Remedy::Watch:
        return ConditionRow::tr("Watch the log");
    case Remedy::TestPorts:
        return ConditionRow::tr("Test the ports …");
    case Remedy::AskLists:
        return ConditionRow::tr("Ask the lists …");
    }
    return {};
}

bool needsServer(Remedy remedy)
{
    return remedy != Remedy::ShutDown && remedy != Remedy::ClearQueue;
}

} // namespace

ConditionRow::ConditionRow(QWidget* parent)
    : QWidget(parent)
    , m_state(label({}, Rank::Body))
    , m_name(label({}, Rank::Body))
    , m_text(common::wholeLabel({}, Rank::Muted))
    , m_waived(common::wholeLabel({}, Rank::Body))
    , m_consent(common::wholeLabel({}, Rank::Body))
    , m_remedy(new QPushButton)
    , m_waive(new QPushButton(tr("Pass over …")))
    , m_withdraw(new QPushButton(tr("Take back")))
    , m_reason(new QLineEdit)
    , m_give(new QPushButton(tr("Pass it over")))
    , m_form(form())
{
    m_state->setFixedWidth(12 * Step);
    auto* columns = new QHBoxLayout(this);
    columns->setContentsMargins(0, Step / 4, 0, Step / 4);
    columns->setSpacing(2 * Step);
    columns->addWidget(m_state, 0, Qt::AlignTop);
    auto* rows = new QVBoxLayout;
    rows->setSpacing(0);
    for (QWidget* row : QList<QWidget*> {m_name, m_text, m_waived, m_consent, m_form})
        rows->addWidget(row);
    columns->addLayout(rows, 1);
    columns->addWidget(buttons(), 0, Qt::AlignTop);
    showForm(Form::None);
}

QWidget* ConditionRow::buttons()
{
    auto* all = new QWidget;
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(Step);
    for (QPushButton* button : {m_remedy, m_waive, m_withdraw})
        columns->addWidget(button);
    connect(m_remedy, &QPushButton::clicked, this, [this] {
        if (m_asks.isEmpty())
            Q_EMIT remedyRequested(readiness::remedyOf(m_condition));
        else
            showForm(Form::Consent);
    });
    connect(m_waive, &QPushButton::clicked, this, [this] { showForm(Form::Reason); });
    connect(m_withdraw, &QPushButton::clicked, this, [this] { Q_EMIT withdrawRequested(m_condition.id); });
    return all;
}

QWidget* ConditionRow::form()
{
    auto* all = new QWidget;
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(Step);
    auto* never = new QPushButton(tr("Leave it"));
    m_reason->setPlaceholderText(tr("Why it may be passed over: the report will show this"));
    m_reason->setMaxLength(500);
    columns->addWidget(m_reason, 1);
    columns->addWidget(m_give);
    columns->addWidget(never);
    columns->addStretch();
    m_give->setEnabled(false);
    connect(m_reason, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_give->setEnabled(m_shown == Form::Consent || !text.trimmed().isEmpty());
    });
    connect(m_reason, &QLineEdit::returnPressed, this, &ConditionRow::give);
    connect(m_give, &QPushButton::clicked, this, &ConditionRow::give);
    connect(never, &QPushButton::clicked, this, [this] { showForm(Form::None); });
    named(never, tr("Leave it"), QStringLiteral("waiveNever"));
    return all;
}

void ConditionRow::give()
{
    if (!m_give->isEnabled())
        return;
    const Form shown = m_shown;
    const QString reason = m_reason->text().trimmed();
    showForm(Form::None);
    if (shown == Form::Consent)
        Q_EMIT remedyRequested(readiness::remedyOf(m_condition));
    else
        Q_EMIT waiveRequested(m_condition.id, reason);
}

void ConditionRow::showForm(Form form)
{
    m_shown = form;
    m_reason->clear();
    m_form->setVisible(form != Form::None);
    m_reason->setVisible(form == Form::Reason);
    m_consent->setText(m_asks);
    m_consent->setVisible(form == Form::Consent);
    m_give->setText(form == Form::Consent ? tr("Ask them now") : tr("Pass it over"));
    m_give->setEnabled(form == Form::Consent);
    if (form == Form::Reason)
        m_reason->setFocus();
    if (form == Form::Consent)
        m_give->setFocus();
}

void ConditionRow::show(const readiness::Condition& condition, bool canAct, const QString& consent)
{
    m_asks = consent;
    m_condition = condition;
    const QString id = QString::fromLatin1(
        readiness::name(condition.id).data(), qsizetype(readiness::name(condition.id).size()));
    const QString state = words::name(condition.state);
    const QString name = words::name(condition.id);
    m_state->setText(sign(condition) + QStringLiteral("  ") + state);
    QString heading = condition.needed ? name : tr("%1 (no obstacle)").arg(name);
    if (condition.asOf)
        heading = tr("%1, as of %2").arg(heading, words::when(*condition.asOf));
    m_name->setText(heading);
    const QString why = words::text(condition);
    m_text->setText(why);
    m_waived->setText(condition.waived ? words::waiver(*condition.waived) : QString());
    m_waived->setVisible(condition.waived.has_value());
    setAccessibleName(QStringLiteral("%1: %2. %3 %4").arg(name, state, why, m_waived->text()).trimmed());
    const Remedy remedy = readiness::remedyOf(condition);
    m_remedy->setText(remedyName(remedy));
    m_remedy->setVisible(remedy != Remedy::None && !condition.waived);
    m_remedy->setEnabled(canAct || !needsServer(remedy));
    m_remedy->setToolTip(m_remedy->isEnabled() ? QString() : tr("Connect to the server first."));
    m_waive->setVisible(!condition.stands());
    m_withdraw->setVisible(condition.waived.has_value());
    if (m_shown == Form::Reason && condition.stands())
        showForm(Form::None);
    named(m_consent, tr("%1: what is asked").arg(name), QStringLiteral("consent-") + id);
    named(m_remedy, tr("%1: %2").arg(name, m_remedy->text()), QStringLiteral("remedy-") + id);
    named(m_waive, tr("%1: pass over, with a reason").arg(name), QStringLiteral("waive-") + id);
    named(m_withdraw, tr("%1: do not pass over any more").arg(name), QStringLiteral("withdraw-") + id);
    named(m_reason, tr("%1: the reason to pass it over").arg(name), QStringLiteral("reason-") + id);
    named(m_give, tr("%1: yes").arg(name), QStringLiteral("give-") + id);
}

} // namespace sluicegate::readinessscreen
