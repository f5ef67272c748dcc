// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message/messagescreen.h"

#include "models/items/pins.h"
#include "models/words/words.h"
#include "widgets/common/evidencepane.h"
#include "widgets/common/pages.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/tables.h"
#include "widgets/common/theme.h"
#include "widgets/message/journeysteps.h"
#include "widgets/message/messagedelegate.h"
#include "widgets/message/rowmenu.h"
#include "widgets/message/storydelegate.h"

#include <QHeaderView>
#include <QListWidget>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <utility>

namespace sluicegate::messagescreen {

using common::named;
using common::Step;
using items::MessageTable;

namespace {

void addStep(QListWidget& list, const StoryStep& step)
{
    auto* item = new QListWidgetItem(step.heading, &list);
    item->setData(StoryDelegate::TextRole, step.text);
    if (step.outcome)
        item->setData(StoryDelegate::OutcomeRole, int(*step.outcome));
    item->setData(
        Qt::AccessibleTextRole, step.text.isEmpty() ? step.heading : step.heading + u'\n' + step.text);
}

} // namespace

MessageScreen::MessageScreen(QWidget* parent)
    : QWidget(parent)
    , m_model(new MessageTable(this))
    , m_view(named(new QTableView, tr("Messages"), QStringLiteral("messages")))
    , m_steps(named(new QListWidget, tr("Story of the message"), QStringLiteral("story")))
    , m_evidence(new common::EvidencePane)
    , m_pages(new common::Pages(tr("About the message")))
    , m_state(new common::StateView)
    , m_stack(new QStackedWidget)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_stack);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    connect(m_state, &common::StateView::actionRequested, this, &MessageScreen::actionRequested);
    connect(
        m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MessageScreen::showJourney);
    connect(m_view, &QTableView::customContextMenuRequested, this, &MessageScreen::showMenu);
    connect(m_evidence, &common::EvidencePane::pinWanted, this, [this](const base::EvidenceLine& line) {
        if (const auto remark = pinOfLine(line))
            Q_EMIT pinWanted(*remark);
    });
    connect(m_model, &MessageTable::counted, this, [this] {
        m_view->setColumnHidden(MessageTable::Subject, m_model->messages()->subjects.empty());
        selectWanted();
        if (!m_view->currentIndex().isValid())
            showJourney({});
    });
    showJourney({});
}

QWidget* MessageScreen::content()
{
    m_view->setModel(m_model);
    common::dress(*m_view,
        {21 * Step, 23 * Step, 23 * Step, 16 * Step, 7 * Step, 14 * Step, 10 * Step, 15 * Step, 30 * Step,
            40 * Step});
    common::sayWhenEmpty(
        *m_view, tr("No message meets all these filters. Edit, invert or remove one of them."));
    m_view->setItemDelegate(new MessageDelegate(m_view));
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setSortingEnabled(true);
    m_view->horizontalHeader()->setSortIndicator(MessageTable::Time, Qt::AscendingOrder);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_steps->setFrameShape(QFrame::NoFrame);
    m_steps->setItemDelegate(new StoryDelegate(m_steps));
    m_steps->setResizeMode(QListView::Adjust);
    m_steps->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_steps->setSelectionMode(QAbstractItemView::NoSelection);
    m_steps->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* tableCard = new common::Card;
    tableCard->rows()->setContentsMargins(1, 1, 1, 1);
    tableCard->rows()->addWidget(m_view);
    auto* storyCard = new common::Card;
    storyCard->rows()->setContentsMargins(1, Step / 2, 1, 1);
    storyCard->rows()->addWidget(m_steps);
    auto* below = new QSplitter(Qt::Horizontal);
    below->addWidget(storyCard);
    below->addWidget(m_evidence);
    below->setSizes({360, 640});
    below->setHandleWidth(Step);
    auto* all = new QSplitter(Qt::Vertical);
    all->addWidget(tableCard);
    m_pages->setObjectName(QStringLiteral("identifyPages"));
    m_pages->addPage(below, tr("Story of the message"));
    all->addWidget(m_pages);
    all->setHandleWidth(Step);
    all->setStretchFactor(0, 3);
    all->setStretchFactor(1, 2);
    all->setChildrenCollapsible(false);
    return all;
}

void MessageScreen::showEmpty(const QString& heading, const QString& text, const QString& action)
{
    m_state->showEmpty(heading, text, action);
    m_stack->setCurrentIndex(0);
}

void MessageScreen::showBusy(const QString& heading, const QString& text)
{
    m_state->showBusy(heading, text);
    m_stack->setCurrentIndex(0);
}

void MessageScreen::showMessages()
{
    m_stack->setCurrentIndex(1);
}

void MessageScreen::addPage(QWidget* page, const QString& title)
{
    m_pages->addPage(page, title);
}

void MessageScreen::select(quint32 journey)
{
    m_wanted = journey;
    selectWanted();
}

void MessageScreen::select(quint32 journey, const base::EvidenceLine& line)
{
    m_wantedLine = line;
    select(journey);
}

// In the lines it is the line that counts, else the message.
std::optional<casefile::Remark> MessageScreen::pinned() const
{
    const auto line = m_evidence->lines().hasFocus() ? m_evidence->lines().chosenLine() : std::nullopt;
    if (line)
        return pinOfLine(*line);
    const auto journey = m_model->journeyAt(m_view->currentIndex().row());
    return journey ? std::optional(items::pinOf(*m_model->messages(), *journey)) : std::nullopt;
}

std::optional<casefile::Remark> MessageScreen::pinOfLine(const base::EvidenceLine& line) const
{
    const auto journey = m_model->journeyAt(m_view->currentIndex().row());
    if (!journey)
        return {};
    const items::Messages& messages = *m_model->messages();
    return items::pinOf(
        line, std::string(messages.journey(*journey).queueId()), items::timeOfLine(messages, *journey, line));
}

void MessageScreen::selectWanted()
{
    // While rows are still being gathered, those that stand are about to be replaced.
    if (!m_wanted || m_model->busy())
        return;
    const int row = m_model->rowOf(*std::exchange(m_wanted, std::nullopt));
    if (row >= 0)
        m_view->setCurrentIndex(m_model->index(row, 0));
    if (const auto line = std::exchange(m_wantedLine, std::nullopt))
        m_evidence->lines().choose(*line);
}

void MessageScreen::showJourney(const QModelIndex& row)
{
    const std::optional<std::uint32_t> journey = m_model->journeyAt(row.isValid() ? row.row() : -1);
    m_steps->clear();
    Q_EMIT selected(journey ? std::optional<quint32>(*journey) : std::nullopt);
    if (!journey)
        return m_evidence->clear(tr("Select a message to see its lines in the log."));
    const items::Messages& messages = *m_model->messages();
    for (const StoryStep& step : story(messages, *journey))
        addStep(*m_steps, step);
    std::vector<base::EvidenceLine> lines;
    for (const maillog::LineRef ref : messages.journey(*journey).lines())
        lines.push_back(messages.analysis->log->evidence(ref));
    m_evidence->showLines(
        tr("Every line of %1 in the log").arg(words::inert(messages.journey(*journey).queueId())), lines,
        common::Syntax::MailLog);
}

void MessageScreen::showMenu(QPoint at)
{
    const QModelIndex cell = m_view->indexAt(at);
    if (!cell.isValid())
        return;
    RowMenu menu(*m_model, cell);
    connect(&menu, &RowMenu::filterWanted, this, &MessageScreen::filterWanted);
    connect(&menu, &RowMenu::pinWanted, this, [this, journey = *m_model->journeyAt(cell.row())] {
        Q_EMIT pinWanted(items::pinOf(*m_model->messages(), journey));
    });
    menu.exec(m_view->viewport()->mapToGlobal(at));
}

} // namespace sluicegate::messagescreen
