// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/readiness/readyscreen.h"

#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/theme.h"
#include "widgets/readiness/conditionrow.h"
#include "widgets/readiness/watchstrip.h"

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluicegate::readinessscreen {

using common::label;
using common::named;
using common::Rank;
using common::Step;

ReadyScreen::ReadyScreen(QWidget* parent)
    : QWidget(parent)
    , m_state(new common::StateView)
    , m_verdict(named(label({}, Rank::Heading), tr("Ready to unblock?"), QStringLiteral("gateVerdict")))
    , m_about(named(common::wholeLabel({}, Rank::Muted), tr("What to do"), QStringLiteral("gateAbout")))
    , m_watch(new WatchStrip)
    , m_conditions(new QVBoxLayout)
    , m_pull(named(
          new QPushButton(tr("&Get fresh evidence")), tr("Get fresh evidence"), QStringLiteral("gatePull")))
    , m_judge(named(new QPushButton(tr("&Look again")), tr("Look again"), QStringLiteral("gateJudge")))
    , m_unblock(named(new common::PrimaryButton(tr("Record that I &unblock now")),
          tr("Record that I unblock now"), QStringLiteral("gateUnblock")))
    , m_cleanUp(pageButton(tr("Cl&ean-up guide"), QStringLiteral("pageCleanUp")))
    , m_mailbox(pageButton(tr("Was the mailbox lea&ked?"), QStringLiteral("pageMailbox")))
    , m_plugins(pageButton(tr("&Plugins against spam"), QStringLiteral("pagePlugins")))
    , m_stack(new QStackedWidget)
{
    QVBoxLayout* rows
        = common::page(this, tr("Ready to unblock?"), tr("The gate is opened only when the water is clean."));
    rows->addWidget(m_stack, 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    m_state->showEmpty(tr("Nothing to judge yet"), tr("Whether the server is clean is told by its evidence."),
        tr("Get the &evidence"));
    connect(m_state, &common::StateView::actionRequested, this, &ReadyScreen::actionRequested);
    connect(m_pull, &QPushButton::clicked, this, &ReadyScreen::pullRequested);
    connect(m_judge, &QPushButton::clicked, this, &ReadyScreen::judgeRequested);
    connect(m_unblock, &QPushButton::clicked, this, &ReadyScreen::unblockRequested);
    connect(m_watch, &WatchStrip::startRequested, this, &ReadyScreen::watchRequested);
    connect(m_watch, &WatchStrip::stopRequested, this, &ReadyScreen::watchStopRequested);
    connect(m_watch, &WatchStrip::quietChosen, this, &ReadyScreen::quietChosen);
}

QWidget* ReadyScreen::content()
{
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    auto* card = new common::Card;
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Step);
    buttons->addWidget(m_verdict, 1);
    for (QPushButton* button : {m_pull, m_judge, m_unblock})
        buttons->addWidget(button);
    card->rows()->addLayout(buttons);
    card->rows()->addWidget(m_about);
    card->rows()->addWidget(m_watch);
    auto* pages = new QHBoxLayout;
    pages->setSpacing(Step);
    pages->addWidget(label(tr("In the browser:"), Rank::Muted));
    for (QPushButton* button : {m_cleanUp, m_mailbox, m_plugins})
        pages->addWidget(button);
    pages->addStretch();
    card->rows()->addLayout(pages);
    auto* conditions = new common::Card;
    conditions->rows()->setContentsMargins(2 * Step, Step, 2 * Step, Step);
    m_conditions->setSpacing(0);
    conditions->rows()->addLayout(m_conditions);
    auto* column = new QVBoxLayout;
    column->setSpacing(Step);
    for (common::Card* each : {card, conditions}) {
        each->setMaximumWidth(130 * Step);
        column->addWidget(each);
    }
    auto* columns = new QHBoxLayout;
    columns->addLayout(column, 100);
    columns->addStretch(1);
    rows->addLayout(columns);
    rows->addStretch();
    return all;
}

QPushButton* ReadyScreen::pageButton(const QString& text, const QString& object)
{
    auto* button = named(new QPushButton(text), QString(text).remove(u'&'), object);
    connect(button, &QPushButton::clicked, this, [this, button] { Q_EMIT pageRequested(button->toolTip()); });
    return button;
}

// The whole address stands in the tool tip: what the browser will be told is no secret.
void ReadyScreen::showPages(const desk::Snapshot& snapshot)
{
    const profile::Profile& provider = snapshot.profile->profile;
    const auto show = [](QPushButton* button, const std::string& page) {
        button->setVisible(!page.empty());
        button->setToolTip(QString::fromStdString(page));
        button->setAccessibleDescription(button->toolTip());
    };
    const auto& suspects
        = snapshot.analysis ? snapshot.analysis->verdict.suspects : std::vector<attribution::Suspect>();
    const bool isMailbox = !suspects.empty() && suspects.front().cause == attribution::Cause::MailboxPassword;
    show(m_cleanUp, isMailbox ? std::string() : provider.cleanUp);
    show(m_mailbox,
        isMailbox && !provider.mailboxCheck.empty()
            ? profile::pageFor(provider.mailboxCheck, suspects.front().source.account)
            : std::string());
    show(m_plugins, isMailbox ? std::string() : provider.pluginSearch);
    m_unblock->setText(provider.unblock.empty()
            ? tr("Record that I &unblock now")
            : tr("&Unblock at %1 …").arg(words::inert(provider.name).left(40)));
    m_unblock->setToolTip(provider.unblock.empty()
            ? tr("The profile names no page: unblock at the provider by hand.")
            : tr("Records it, and opens %1").arg(QString::fromStdString(provider.unblock)));
}

namespace {

QString consentFor(const readiness::Condition& condition, const profile::Profile& provider)
{
    QStringList names;
    if (condition.id == readiness::ConditionId::PortsTested) {
        for (const profile::PortTarget& target : provider.portTargets)
            names << words::inert(target.host);
        return ReadyScreen::tr("The server will connect to mail ports of %1, and say QUIT. Ask them?")
            .arg(names.join(QStringLiteral(", ")));
    }
    if (condition.id == readiness::ConditionId::NotListed) {
        for (const std::string& zone : provider.lists)
            names << words::inert(zone);
        return ReadyScreen::tr("The server's resolver will ask %1 about its address. Ask them?")
            .arg(names.join(QStringLiteral(", ")));
    }
    return {};
}

} // namespace

void ReadyScreen::addRow()
{
    auto* row = new ConditionRow;
    connect(row, &ConditionRow::remedyRequested, this, &ReadyScreen::remedyRequested);
    connect(row, &ConditionRow::waiveRequested, this, &ReadyScreen::waiveRequested);
    connect(row, &ConditionRow::withdrawRequested, this, &ReadyScreen::withdrawRequested);
    m_rows += row;
    m_conditions->addWidget(row);
}

void ReadyScreen::showGate(const desk::Snapshot& snapshot)
{
    const readiness::Gate& gate = *snapshot.gate;
    m_verdict->setText(gate.permit ? tr("✓ Ready to unblock")
                                   : tr("✗ Not ready: unblocking now would bring the block back"));
    m_about->setText(snapshot.unblocked ? tr("Recorded in the case. Press the provider's Unblock button, "
                                             "then test the ports and watch the log.")
            : gate.permit
            ? tr("Every condition stands. Record it here, then press the provider's Unblock button.")
            : tr("Too early, and the server's reputation suffers for weeks. What does not stand "
                 "yet says what to do; fresh evidence is needed after each action."));
    while (m_rows.size() < qsizetype(gate.conditions.size()))
        addRow();
    const bool canAct = !snapshot.running && snapshot.reachable;
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setVisible(i < qsizetype(gate.conditions.size()));
        if (i < qsizetype(gate.conditions.size()))
            m_rows[i]->show(gate.conditions[std::size_t(i)], canAct,
                consentFor(gate.conditions[std::size_t(i)], snapshot.profile->profile));
    }
}

void ReadyScreen::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    using desk::Part;
    if (!parts.testAnyFlags(Part::Gate | Part::Running | Part::Server | Part::Watch | Part::Profile))
        return;
    m_stack->setCurrentIndex(snapshot.gate ? 1 : 0);
    if (!snapshot.gate)
        return;
    if (parts.testAnyFlags(Part::Gate | Part::Running | Part::Server))
        showGate(snapshot);
    m_watch->show(snapshot);
    showPages(snapshot);
    const bool idle = !snapshot.running;
    m_pull->setEnabled(idle && snapshot.reachable);
    m_pull->setToolTip(snapshot.reachable ? QString() : tr("Connect to the server first."));
    m_judge->setEnabled(idle);
    m_unblock->setEnabled(idle && snapshot.gate->permit && !snapshot.unblocked);
    m_unblock->setVisible(snapshot.gate->permit.has_value());
}

} // namespace sluicegate::readinessscreen
