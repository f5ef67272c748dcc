// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/queue/queuescreen.h"

#include "models/items/leads.h"
#include "models/items/pins.h"
#include "models/words/words.h"
#include "widgets/common/leads.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/tables.h"
#include "widgets/common/theme.h"
#include "widgets/queue/queuedelegate.h"
#include "widgets/queue/queuetext.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

namespace sluicegate::queuescreen {

using common::named;
using common::Step;
using items::Grouping;
using items::QueueGroupModel;
using items::QueueTable;

QueueScreen::QueueScreen(QWidget* parent)
    : QWidget(parent)
    , m_model(new QueueTable(this))
    , m_groupModel(new QueueGroupModel(this))
    , m_view(named(new QTableView, tr("Messages in the queue"), QStringLiteral("queueEntries")))
    , m_groups(named(new QTableView, tr("Groups of messages"), QStringLiteral("queueGroups")))
    , m_groupCard(new common::Card)
    , m_search(named(new QLineEdit, tr("Search the queue"), QStringLiteral("queueSearch")))
    , m_grouping(named(new QComboBox, tr("Group the messages"), QStringLiteral("queueGrouping")))
    , m_totals(named(common::wholeLabel({}, common::Rank::Body), tr("Totals"), QStringLiteral("queueTotals")))
    , m_deadline(
          named(common::wholeLabel({}, common::Rank::Muted), tr("Deadline"), QStringLiteral("queueDeadline")))
    , m_count(common::label({}, common::Rank::Muted))
    , m_about(named(
          common::wholeLabel({}, common::Rank::Muted), tr("Chosen message"), QStringLiteral("queueAbout")))
    , m_state(new common::StateView)
    , m_stack(new QStackedWidget)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_stack);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    dressTables();
    connectParts();
    showEmpty(nullptr);
}

QWidget* QueueScreen::tools()
{
    auto* all = new QWidget;
    auto* row = new QHBoxLayout(all);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Step);
    for (int grouping = 0; grouping < items::GroupingCount; ++grouping)
        m_grouping->addItem(items::groupingName(Grouping(grouping)));
    m_search->setPlaceholderText(tr("Search sender, login, recipient, subject, reason, id"));
    m_search->setClearButtonEnabled(true);
    m_count->setWordWrap(false);
    row->addWidget(m_search, 1);
    row->addWidget(m_grouping);
    row->addWidget(m_count);
    return all;
}

QWidget* QueueScreen::content()
{
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Step);
    rows->addWidget(m_totals);
    rows->addWidget(m_deadline);
    rows->addWidget(tools());
    auto* groupCard = static_cast<common::Card*>(m_groupCard);
    groupCard->rows()->setContentsMargins(1, 1, 1, 1);
    groupCard->rows()->addWidget(m_groups);
    auto* tableCard = new common::Card;
    tableCard->rows()->setContentsMargins(1, 1, 1, 1);
    tableCard->rows()->addWidget(m_view);
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(groupCard);
    split->addWidget(tableCard);
    split->setSizes({440, 560});
    split->setStretchFactor(1, 1);
    split->setHandleWidth(Step);
    split->setChildrenCollapsible(false);
    rows->addWidget(split, 1);
    rows->addWidget(m_about);
    return all;
}

void QueueScreen::dressTables()
{
    m_view->setModel(m_model);
    common::dress(*m_view,
        {13 * Step, 20 * Step, 12 * Step, 22 * Step, 25 * Step, 24 * Step, 10 * Step, 10 * Step, 40 * Step,
            40 * Step});
    m_view->setItemDelegate(new QueueDelegate(m_view));
    m_view->setSortingEnabled(true);
    m_view->horizontalHeader()->setSortIndicator(QueueTable::Time, Qt::AscendingOrder);
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_groups->setModel(m_groupModel);
    common::dress(*m_groups, {0, 6 * Step, 6 * Step, 6 * Step, 6 * Step});
    m_groupCard->hide();
}

void QueueScreen::connectParts()
{
    connect(m_state, &common::StateView::actionRequested, this, &QueueScreen::actionRequested);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_model->setView(view()); });
    connect(m_grouping, &QComboBox::currentIndexChanged, this, [this](int grouping) {
        m_groupCard->setVisible(grouping > 0);
        m_groups->setCurrentIndex({});
        m_model->setView(view());
    });
    connect(m_model, &QueueTable::loaded, this, &QueueScreen::showTotals);
    connect(m_model, &QueueTable::counted, this, &QueueScreen::showCount);
    connect(m_model, &QueueTable::grouped, this, &QueueScreen::showGroups);
    connect(
        m_groups->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &QueueScreen::chooseGroup);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &QueueScreen::showRow);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QTableView::customContextMenuRequested, this, &QueueScreen::showMenu);
    // Enter and double click alike.
    connect(m_view, &QTableView::activated, this,
        [this](const QModelIndex& cell) { inspect(m_model->rowAt(cell.row())); });
    connect(m_groups, &QTableView::activated, this, [this](const QModelIndex& cell) {
        if (const items::QueueGroup* group = m_groupModel->group(cell.row()))
            inspect(&m_model->queue()->rows[group->representative]);
    });
}

QueueTable::View QueueScreen::view() const
{
    QueueTable::View view {
        .search = m_search->text().trimmed(), .grouping = Grouping(m_grouping->currentIndex())};
    if (const items::QueueGroup* group = m_groupModel->group(m_groups->currentIndex().row()))
        view.group = group->key;
    return view;
}

void QueueScreen::chooseGroup(const QModelIndex&)
{
    if (!m_regrouping)
        m_model->setView(view());
}

void QueueScreen::showGroups(std::shared_ptr<const items::QueueGroups> groups)
{
    const QScopedValueRollback guard(m_regrouping, true);
    const std::optional<QString> chosen = m_model->view().group;
    m_groupModel->show(std::move(groups));
    const int row = chosen ? m_groupModel->rowOf(*chosen) : -1;
    m_groups->setCurrentIndex(m_groupModel->index(row, 0));
}

void QueueScreen::showEmpty(const triage::Analysis* analysis)
{
    if (!analysis)
        m_state->showEmpty(tr("The queue is not known yet"),
            tr("It is listed when the evidence is pulled from the server."), tr("Get the &evidence"));
    else if (!analysis->queueKnown)
        m_state->showEmpty(tr("There is no listing of the queue"),
            tr("Neither postqueue -j nor mailq is among the evidence. A folder of evidence holds it as "
               "commands/postqueue-j."),
            tr("Get the &evidence"));
    else
        m_state->showEmpty(tr("The queue is empty"), tr("No message waited when the queue was listed."));
    m_stack->setCurrentIndex(0);
}

void QueueScreen::show(std::shared_ptr<const triage::Analysis> analysis)
{
    if (m_analysis == analysis)
        return;
    m_analysis = std::move(analysis);
    m_model->show(m_analysis);
    if (!m_analysis || m_analysis->facts.queue.empty())
        return showEmpty(m_analysis.get());
    m_state->showBusy(tr("Reading the queue"), tr("Every message is matched with the log and its verdict."));
    m_stack->setCurrentIndex(0);
}

void QueueScreen::showTotals()
{
    if (m_model->queue()->rows.empty())
        return;
    m_totals->setText(totals(*m_model->queue()));
    const QString end = deadline(*m_model->queue());
    m_deadline->setText(end);
    m_deadline->setVisible(!end.isEmpty());
    m_stack->setCurrentIndex(1);
}

void QueueScreen::showCount()
{
    const auto all = m_model->queue() ? m_model->queue()->rows.size() : 0;
    m_count->setText(
        tr("%1 of %2").arg(QLocale().toString(m_model->rowCount()), QLocale().toString(qulonglong(all))));
    showRow();
}

void QueueScreen::showRow()
{
    const items::QueueRow* row = m_model->rowAt(m_view->currentIndex().row());
    if (!row) {
        const auto sampled = m_analysis ? m_analysis->facts.queued.size() : 0;
        const QString many = tr(
            "%Ln message(s) were sampled: Enter or a double click looks into one.", nullptr, int(sampled));
        m_about->setText(m_grouping->currentIndex() == 0
                ? many
                : many + u' ' + tr("On a group it opens its first message."));
        return;
    }
    const QString id = words::inert(m_model->queue()->entry(*row).id.value);
    m_about->setText(tr("%1: %2. %3.").arg(id, items::fateName(row->fate), row->why));
}

std::optional<casefile::Remark> QueueScreen::pinned() const
{
    const items::QueueRow* row = m_model->rowAt(m_view->currentIndex().row());
    return row ? std::optional(items::pinOf(m_model->queue()->entry(*row))) : std::nullopt;
}

void QueueScreen::showMenu(QPoint at)
{
    const QModelIndex cell = m_view->indexAt(at);
    const items::QueueRow* row = m_model->rowAt(cell.isValid() ? cell.row() : -1);
    if (!row)
        return;
    const queue::Entry& entry = m_model->queue()->entry(*row);
    const QString value = cell.data().toString();
    QMenu menu;
    if (m_model->queue()->isSampled(*row))
        connect(menu.addAction(tr("&Look into its header")), &QAction::triggered, this,
            [this, row] { inspect(row); });
    if (!value.isEmpty())
        connect(menu.addAction(tr("&Search the queue for this value")), &QAction::triggered, this,
            [this, value] { m_search->setText(value); });
    menu.addSeparator();
    common::addLeads(menu, items::leadsOf(*m_analysis, entry),
        [this](const items::Term& term) { Q_EMIT filterWanted(term); });
    menu.addSeparator();
    connect(menu.addAction(tr("&Pin for the report")), &QAction::triggered, this,
        [this, remark = items::pinOf(entry)] { Q_EMIT pinWanted(remark); });
    menu.addSeparator();
    const auto addCopy = [&](const QString& text, const QString& what) {
        connect(menu.addAction(text), &QAction::triggered, this,
            [what] { QGuiApplication::clipboard()->setText(what); });
    };
    addCopy(tr("Copy the &value"), value);
    addCopy(tr("Copy the queue &ID"), words::inert(entry.id.value));
    menu.exec(m_view->viewport()->mapToGlobal(at));
}

void QueueScreen::inspect(const items::QueueRow* row)
{
    if (!row)
        return;
    const std::string& id = m_model->queue()->entry(*row).id.value;
    if (m_model->queue()->isSampled(*row))
        Q_EMIT inspectRequested(QString::fromStdString(id));
    else
        m_about->setText(
            tr("%1 was not sampled, so there is nothing to look into. Only messages still in the queue, "
               "of which %Ln were sampled, can be looked into.",
                nullptr, int(m_analysis->facts.queued.size()))
                .arg(words::inert(id)));
}

} // namespace sluicegate::queuescreen
