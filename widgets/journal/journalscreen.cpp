// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/journal/journalscreen.h"

#include "models/items/journalmodel.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/tables.h"
#include "widgets/common/theme.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::journalscreen {

using common::label;
using common::named;
using common::Rank;
using common::Step;
using items::JournalModel;

JournalScreen::JournalScreen(QWidget* parent)
    : QWidget(parent)
    , m_state(new common::StateView)
    , m_chain(named(common::wholeLabel({}, Rank::Body), tr("Chain"), QStringLiteral("journalChain")))
    , m_count(named(label({}, Rank::Muted), tr("Steps shown"), QStringLiteral("journalCount")))
    , m_search(named(new QLineEdit, tr("Show steps with"), QStringLiteral("journalSearch")))
    , m_table(named(new QTableView, tr("Steps"), QStringLiteral("journalTable")))
    , m_model(new JournalModel(this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_stack(new QStackedWidget)
{
    QVBoxLayout* rows = common::page(
        this, tr("Journal"), tr("Every step and every command that ran on the server, in order."));
    rows->addWidget(m_stack, 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    m_state->showEmpty(tr("No journal yet"),
        tr("It begins with the case: when a notice is kept or evidence is pulled or opened."),
        tr("Get the &evidence"));
    connect(m_state, &common::StateView::actionRequested, this, &JournalScreen::actionRequested);
}

QWidget* JournalScreen::content()
{
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Step);
    auto* head = new QHBoxLayout;
    auto* read = named(new QPushButton(tr("&Read again")), tr("Read again"), QStringLiteral("journalRead"));
    auto* copied = named(new QPushButton(tr("&Copy")), tr("Copy"), QStringLiteral("journalCopy"));
    copied->setToolTip(tr("Copies the chosen steps, or all that are shown, as text."));
    m_search->setPlaceholderText(tr("Show only steps with this text"));
    m_search->setClearButtonEnabled(true);
    head->addWidget(m_search, 1);
    head->addWidget(m_count);
    head->addWidget(copied);
    head->addWidget(read);
    rows->addWidget(m_chain);
    rows->addLayout(head);
    m_proxy->setSourceModel(m_model);
    m_proxy->setFilterRole(JournalModel::SearchRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortRole(JournalModel::SortRole);
    m_table->setModel(m_proxy);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(JournalModel::Number, Qt::AscendingOrder);
    common::dress(*m_table, {70, 150, 90, 130, 0, 150, 110});
    common::sayWhenEmpty(*m_table, tr("No step has this text."));
    rows->addWidget(m_table, 1);
    auto* key = new QAction(tr("Copy"), m_table);
    key->setShortcut(QKeySequence::Copy);
    key->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(key);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(key, &QAction::triggered, this, &JournalScreen::copy);
    connect(copied, &QPushButton::clicked, this, &JournalScreen::copy);
    connect(read, &QPushButton::clicked, this, &JournalScreen::readRequested);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_proxy->setFilterFixedString(text);
        showCount();
    });
    return all;
}

void JournalScreen::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    Q_EMIT readRequested();
}

void JournalScreen::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    using desk::Part;
    if (parts.testFlag(Part::Journal))
        showJournal(snapshot);
    else if (isVisible() && parts.testAnyFlags(Part::Case | Part::Gate | Part::Action | Part::Running))
        Q_EMIT readRequested();
}

void JournalScreen::showJournal(const desk::Snapshot& snapshot)
{
    const auto& journal = snapshot.journal;
    m_stack->setCurrentIndex(journal ? 1 : 0);
    if (m_model->rowCount() == 0 || !journal || int(journal->steps.size()) != m_model->rowCount())
        m_model->show(journal);
    if (!journal)
        return;
    m_chain->setText(journal->brokenAt
            ? tr("✗ The chain is broken at line %1: this line or one before it was changed.")
                  .arg(*journal->brokenAt)
            : journal->tornTail
            ? tr("✓ The chain holds. A crash cut the last line, which was never acknowledged.")
            : tr("✓ The chain holds: no line was changed since it was recorded (%Ln line(s)).", nullptr,
                  int(journal->lines)));
    showCount();
}

void JournalScreen::showCount()
{
    m_count->setText(tr("%1 of %2").arg(m_proxy->rowCount()).arg(m_model->rowCount()));
}

void JournalScreen::copy()
{
    QList<int> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    if (rows.isEmpty())
        for (int row = 0; row < m_proxy->rowCount(); ++row)
            rows << row;
    std::ranges::sort(rows);
    QStringList lines;
    for (const int row : rows)
        lines << m_model->line(m_proxy->mapToSource(m_proxy->index(row, 0)).row());
    QApplication::clipboard()->setText(lines.join(u'\n'));
}

} // namespace sluicegate::journalscreen
