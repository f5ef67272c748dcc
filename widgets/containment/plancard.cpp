// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/containment/plancard.h"

#include "models/words/actions.h"
#include "models/words/plans.h"
#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::containmentscreen {

using common::named;
using common::Rank;
using common::Step;
using common::wholeLabel;

namespace {

QPlainTextEdit* commandView()
{
    auto* view
        = named(new QPlainTextEdit, PlanCard::tr("Commands on the server"), QStringLiteral("commands"));
    view->setReadOnly(true);
    view->setFont(common::fixedFont());
    view->setTabChangesFocus(true);
    view->setLineWrapMode(QPlainTextEdit::NoWrap);
    view->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return view;
}

// As high as what it shows, within reason: below that, it scrolls.
void fit(QPlainTextEdit& view)
{
    constexpr int fewest = 3;
    constexpr int most = 12;
    const int lines = std::clamp(view.document()->blockCount(), fewest, most);
    const int room = 2 * int(view.document()->documentMargin()) + 2 * view.frameWidth() + 2 * Step;
    view.setFixedHeight(lines * view.fontMetrics().lineSpacing() + room);
}

// Every command below what it is for.
QString commandsText(const containment::Plan& plan)
{
    QStringList all;
    for (const containment::PlannedCommand& command : plan.commands)
        all += QStringLiteral("# ") + words::text(command.stage) + u'\n'
            + words::commandLines(command).join(u'\n');
    return all.join(QStringLiteral("\n\n"));
}

QStringList dotted(QStringList lines)
{
    for (QString& line : lines)
        line.prepend(QStringLiteral("•  "));
    return lines;
}

void setLines(QLabel& label, const QStringList& lines)
{
    label.setText(lines.join(u'\n'));
    label.setVisible(!lines.isEmpty());
}

QWidget* row(std::initializer_list<QWidget*> parts)
{
    auto* all = new QWidget;
    auto* columns = new QHBoxLayout(all);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(Step);
    for (QWidget* part : parts)
        columns->addWidget(part, qobject_cast<QLabel*>(part) || qobject_cast<QProgressBar*>(part) ? 1 : 0);
    return all;
}

} // namespace

PlanCard::PlanCard(QWidget* parent)
    : QWidget(parent)
    , m_heading(named(wholeLabel({}, Rank::Heading), tr("Action"), QStringLiteral("planHeading")))
    , m_meaning(wholeLabel({}, Rank::Body))
    , m_selection(named(wholeLabel({}, Rank::Body), tr("Selected messages"), QStringLiteral("planSelection")))
    , m_commands(commandView())
    , m_effects(named(wholeLabel({}, Rank::Body), tr("Effects"), QStringLiteral("planEffects")))
    , m_wayBack(named(wholeLabel({}, Rank::Body), tr("The way back"), QStringLiteral("planWayBack")))
    , m_why(wholeLabel({}, Rank::Muted))
    , m_run(named(new common::PrimaryButton({}), tr("Run the action"), QStringLiteral("runAction")))
    , m_connect(named(new QPushButton(tr("&Connect …")), tr("Connect"), QStringLiteral("planConnect")))
    , m_question(named(wholeLabel({}, Rank::Body), tr("Are you sure?"), QStringLiteral("sureQuestion")))
    , m_yes(named(new common::PrimaryButton({}), tr("Yes, run it"), QStringLiteral("sureYes")))
    , m_no(named(new QPushButton(tr("&No, leave it")), tr("No, leave it"), QStringLiteral("sureNo")))
    , m_stage(named(wholeLabel({}, Rank::Muted), tr("What is being done"), QStringLiteral("actionStage")))
    , m_bar(named(new QProgressBar, tr("Progress"), QStringLiteral("actionProgress")))
    , m_cancel(named(new QPushButton(tr("&Stop")), tr("Stop"), QStringLiteral("actionStop")))
    , m_askRow(askRow())
    , m_sureRow(sureRow())
    , m_workRow(workRow())
{
    auto* card = new common::Card;
    QVBoxLayout* rows = card->rows();
    for (QWidget* part : {static_cast<QWidget*>(m_heading), static_cast<QWidget*>(m_meaning),
             static_cast<QWidget*>(m_selection)})
        rows->addWidget(part);
    rows->addSpacing(Step / 2);
    rows->addWidget(wholeLabel(tr("What will run on the server"), Rank::Heading));
    rows->addWidget(m_commands);
    rows->addWidget(m_effects);
    rows->addWidget(m_wayBack);
    rows->addSpacing(Step / 2);
    for (QWidget* part : {m_askRow, m_sureRow, m_workRow})
        rows->addWidget(part);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(card);
    m_sureRow->hide();
    m_workRow->hide();
}

QWidget* PlanCard::askRow()
{
    connect(m_run, &QPushButton::clicked, this, [this] { ask(true); });
    connect(m_connect, &QPushButton::clicked, this, &PlanCard::connectRequested);
    return row({m_run, m_connect, m_why});
}

QWidget* PlanCard::sureRow()
{
    connect(m_yes, &QPushButton::clicked, this, [this] {
        ask(false);
        Q_EMIT applyRequested();
    });
    connect(m_no, &QPushButton::clicked, this, [this] { ask(false); });
    return row({m_question, m_yes, m_no});
}

QWidget* PlanCard::workRow()
{
    connect(m_cancel, &QPushButton::clicked, this, &PlanCard::cancelRequested);
    m_bar->setTextVisible(false);
    return row({m_stage, m_bar, m_cancel});
}

// The second button stands where no hurried second click on the first one lands, and Return says no.
void PlanCard::ask(bool asking)
{
    m_askRow->setVisible(!asking);
    m_sureRow->setVisible(asking);
    if (asking)
        m_no->setFocus();
    else
        m_run->setFocus();
}

void PlanCard::showPlan(const desk::Handling& handling)
{
    const containment::Plan& plan = handling.plan;
    m_heading->setText(plan.target.empty()
            ? words::name(plan.action)
            : QStringLiteral("%1: %2").arg(words::name(plan.action), words::inert(plan.target)));
    m_meaning->setText(words::meaning(plan.action));
    setLines(*m_selection, words::selectionLines(plan));
    m_commands->setPlainText(commandsText(plan));
    fit(*m_commands);
    setLines(*m_effects, dotted(words::effectLines(plan)));
    setLines(*m_wayBack, dotted(words::wayBackLines(plan)));
    m_run->setText(words::deedName(plan) + QStringLiteral(" …"));
    m_yes->setText(tr("Yes: %1").arg(words::deedName(plan)));
}

void PlanCard::show(const desk::Snapshot& snapshot)
{
    if (!snapshot.handling)
        return;
    if (snapshot.handling != m_shown) {
        m_shown = snapshot.handling;
        m_sureRow->hide();
        showPlan(*m_shown);
    }
    showRows(snapshot);
}

void PlanCard::beginReading()
{
    m_commands->setFocus();
}

void PlanCard::showRows(const desk::Snapshot& snapshot)
{
    const bool acting = snapshot.running && snapshot.running->stage == desk::Stage::Acting;
    const bool busy = snapshot.running && !acting;
    const bool nothing = containment::action(m_shown->plan.action).object == containment::Object::Queue
        && m_shown->plan.selection.items.empty();
    const bool runnable = snapshot.reachable && !busy && !nothing && !m_shown->ran();
    m_question->setText(tr("On %1, as shown above. Run it now?").arg(words::inert(snapshot.target)));
    m_workRow->setVisible(acting);
    m_askRow->setVisible(!acting && !m_sureRow->isVisibleTo(this) && !m_shown->ran());
    m_run->setEnabled(runnable);
    m_connect->setVisible(!snapshot.reachable);
    m_why->setText(!snapshot.reachable
            ? tr("Connect to the server first: the evidence was opened from files.")
            : nothing ? tr("There is nothing to do.")
            : busy    ? tr("Something else is under way.")
                      : QString());
    if (!acting)
        return;
    const auto& progress = snapshot.running->action;
    m_cancel->setEnabled(!snapshot.running->stopping);
    m_stage->setText(snapshot.running->stopping ? tr("Stopping; what is in the server's hands ends first")
            : progress                          ? words::text(progress->stage)
                                                : tr("Connecting"));
    m_bar->setRange(0, progress && progress->of > 0 ? 1000 : 0);
    if (progress && progress->of > 0)
        m_bar->setValue(int(progress->done * 1000 / progress->of));
}

} // namespace sluicegate::containmentscreen
