// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/attribution/sourcescreen.h"

#include "models/items/cells.h"
#include "models/items/cluemodel.h"
#include "models/items/pins.h"
#include "models/items/suspectmodel.h"
#include "models/words/words.h"
#include "widgets/attribution/delegates.h"
#include "widgets/common/evidencepane.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace sluicegate::attributionscreen {

using common::label;
using common::named;
using common::Rank;
using common::Step;

namespace {

QString factsText(const attribution::Suspect& suspect)
{
    QStringList lines {words::counts(suspect)};
    if (suspect.first && suspect.last)
        lines += SourceScreen::tr("Active %1 UTC").arg(items::rangeText(*suspect.first, *suspect.last));
    if (!suspect.clients.empty()) {
        QStringList clients;
        for (std::size_t i = 0; i < std::min<std::size_t>(suspect.clients.size(), 3); ++i)
            clients += words::inert(suspect.clients[i]);
        const int more = int(suspect.clients.size()) - int(clients.size());
        lines += SourceScreen::tr("From %1").arg(clients.join(SourceScreen::tr(", ")))
            + (more > 0 ? SourceScreen::tr(" and %n more address(es)", nullptr, more) : QString());
    }
    if (!suspect.queueIds.empty())
        lines += SourceScreen::tr("%n message(s) still in the queue", nullptr, int(suspect.queueIds.size()));
    return lines.join(u'\n');
}

common::Syntax syntaxOf(const attribution::Clue& clue)
{
    const bool header = !clue.evidence.empty() && clue.evidence.front().file.contains("postcat");
    return header ? common::Syntax::MailHeader : common::Syntax::MailLog;
}

void prepare(QListView& view)
{
    view.setFrameShape(QFrame::NoFrame);
    view.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view.setResizeMode(QListView::Adjust);
    view.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

} // namespace

SourceScreen::SourceScreen(QWidget* parent)
    : QWidget(parent)
    , m_suspects(new items::SuspectModel(this))
    , m_clues(new items::ClueModel(this))
    , m_verdict(named(label({}, Rank::Heading), tr("Verdict"), QStringLiteral("verdict")))
    , m_preliminary(named(label({}, Rank::Muted), tr("How much was read"), QStringLiteral("preliminary")))
    , m_why(label({}, Rank::Muted))
    , m_suspectView(named(new QListView, tr("Suspects"), QStringLiteral("suspects")))
    , m_clueView(named(new QListView, tr("Reasons"), QStringLiteral("clues")))
    , m_name(label({}, Rank::Heading))
    , m_facts(label({}, Rank::Muted))
    , m_evidence(new common::EvidencePane)
    , m_state(new common::StateView)
    , m_stack(new QStackedWidget)
    , m_right(new QStackedWidget)
{
    QVBoxLayout* rows = common::page(this, tr("Source"),
        tr("Who sent it: every suspect with the reasons for and against, and the lines behind them."));
    rows->addWidget(m_stack, 1);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    connect(m_state, &common::StateView::actionRequested, this, &SourceScreen::actionRequested);
    connect(m_suspectView->selectionModel(), &QItemSelectionModel::currentChanged, this,
        &SourceScreen::showSuspect);
    connect(
        m_clueView->selectionModel(), &QItemSelectionModel::currentChanged, this, &SourceScreen::showClue);
    m_suspectView->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_suspectView, &QListView::customContextMenuRequested, this, &SourceScreen::showMenu);
    connect(m_evidence, &common::EvidencePane::pinWanted, this, [this](const base::EvidenceLine& line) {
        if (const auto remark = pinOfLine(line))
            Q_EMIT pinWanted(*remark);
    });
    show({});
}

std::optional<casefile::Remark> SourceScreen::pinned() const
{
    const auto line = m_evidence->lines().hasFocus() ? m_evidence->lines().chosenLine() : std::nullopt;
    if (line)
        return pinOfLine(*line);
    const attribution::Suspect* suspect = m_suspects->suspect(m_suspectView->currentIndex().row());
    return suspect ? std::optional(items::pinOf(*suspect)) : std::nullopt;
}

std::optional<casefile::Remark> SourceScreen::pinOfLine(const base::EvidenceLine& line) const
{
    const attribution::Suspect* suspect = m_suspects->suspect(m_suspectView->currentIndex().row());
    return suspect ? std::optional(items::pinOf(line, items::keyOf(suspect->source), {})) : std::nullopt;
}

bool SourceScreen::select(const std::string& key)
{
    for (int row = 0; row < m_suspects->rowCount(); ++row) {
        if (items::keyOf(m_suspects->suspect(row)->source) == key) {
            m_suspectView->setCurrentIndex(m_suspects->index(row, 0));
            return true;
        }
    }
    return false;
}

void SourceScreen::showMenu(QPoint at)
{
    const QModelIndex row = m_suspectView->indexAt(at);
    const attribution::Suspect* suspect = m_suspects->suspect(row.isValid() ? row.row() : -1);
    if (!suspect)
        return;
    QMenu menu;
    const int rank = suspect->rank;
    connect(menu.addAction(tr("Show its &messages")), &QAction::triggered, this,
        [this, rank] { Q_EMIT messagesRequested(rank); });
    connect(menu.addAction(tr("&Pin for the report")), &QAction::triggered, this,
        [this, remark = items::pinOf(*suspect)] { Q_EMIT pinWanted(remark); });
    menu.addSeparator();
    connect(menu.addAction(tr("&Copy its name")), &QAction::triggered, this,
        [name = words::name(suspect->source)] { QGuiApplication::clipboard()->setText(name); });
    menu.exec(m_suspectView->viewport()->mapToGlobal(at));
}

QWidget* SourceScreen::content()
{
    m_suspectView->setModel(m_suspects);
    m_suspectView->setItemDelegate(new SuspectDelegate(m_suspectView));
    m_clueView->setModel(m_clues);
    m_clueView->setItemDelegate(new ClueDelegate(m_clueView));
    prepare(*m_suspectView);
    prepare(*m_clueView);
    auto* banner = new common::Card;
    banner->rows()->addWidget(m_verdict);
    banner->rows()->addWidget(m_preliminary);
    banner->rows()->addWidget(m_why);
    auto* list = new common::Card;
    list->rows()->setContentsMargins(1, Step, 1, 1);
    auto* caption = label(tr("Suspects, the most likely first"), Rank::Muted);
    caption->setContentsMargins(2 * Step, 0, 2 * Step, 0);
    list->rows()->addWidget(caption);
    list->rows()->addWidget(m_suspectView, 1);
    list->setFixedWidth(40 * Step);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(2 * Step);
    columns->addWidget(list);
    columns->addWidget(details(), 1);
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(2 * Step);
    rows->addWidget(banner);
    rows->addLayout(columns, 1);
    return all;
}

QWidget* SourceScreen::details()
{
    auto* card = new common::Card;
    card->rows()->setContentsMargins(1, 2 * Step, 1, 1);
    auto* messages = named(
        new QPushButton(tr("Show its &messages")), tr("Show its messages"), QStringLiteral("showMessages"));
    auto* next = named(
        new common::PrimaryButton(tr("Shut it &down")), tr("Shut it down"), QStringLiteral("continue"));
    auto* top = new QHBoxLayout;
    top->setContentsMargins(2 * Step, 0, 2 * Step, 0);
    top->setSpacing(Step);
    top->addWidget(m_name, 1);
    top->addWidget(messages);
    top->addWidget(next);
    card->rows()->addLayout(top);
    m_facts->setContentsMargins(2 * Step, 0, 2 * Step, Step);
    card->rows()->addWidget(m_facts);
    card->rows()->addWidget(m_clueView, 1);
    auto* split = new QSplitter(Qt::Vertical);
    split->setHandleWidth(Step);
    split->setChildrenCollapsible(false);
    split->addWidget(card);
    split->addWidget(m_evidence);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setSizes({300, 200});
    m_right->addWidget(split);
    connect(messages, &QPushButton::clicked, this, [this] { Q_EMIT messagesRequested(m_rank); });
    connect(next, &QPushButton::clicked, this, &SourceScreen::continueRequested);
    return m_right;
}

void SourceScreen::show(std::shared_ptr<const triage::Analysis> analysis)
{
    m_suspects->show(analysis);
    m_stack->setCurrentIndex(analysis ? 1 : 0);
    if (!analysis) {
        m_state->showEmpty(tr("No evidence yet"),
            tr("The source is named from the mail log, the queue and the web logs. Get them from the server "
               "first."),
            tr("Get the &evidence"));
        return;
    }
    m_verdict->setText(words::sentence(analysis->verdict));
    m_preliminary->setText(
        tr("Preliminary: newest file only. Of the mail log only %1 was read so far, and no web log.")
            .arg(words::inert(analysis->onlyFile)));
    m_preliminary->setVisible(!analysis->onlyFile.empty());
    const int unexplained = int(analysis->verdict.unexplained.size());
    const QStringList why = unexplained == 0 ? QStringList() : words::whyMissing(*analysis);
    m_why->setText(why.isEmpty()
            ? QString()
            : tr("%n noticed Message-ID(s) are not in this log. Most likely: %1", nullptr, unexplained)
                  .arg(why.first()));
    m_why->setToolTip(why.join(u'\n'));
    m_why->setVisible(!why.isEmpty());
    if (m_suspects->rowCount() == 0)
        return showNoSuspect();
    m_suspectView->setCurrentIndex(m_suspects->index(0, 0));
}

void SourceScreen::showBusy(const QString& heading, const QString& text)
{
    m_state->showBusy(heading, text);
    m_stack->setCurrentIndex(0);
}

void SourceScreen::showNoSuspect()
{
    m_rank = 0;
    m_name->setText(tr("No suspect"));
    m_facts->setText({});
    m_clues->show({});
    m_evidence->clear(tr("There are no lines to show."));
}

void SourceScreen::showSuspect(const QModelIndex& row)
{
    const attribution::Suspect* suspect = m_suspects->suspect(row.isValid() ? row.row() : -1);
    if (!suspect)
        return showNoSuspect();
    m_rank = suspect->rank;
    m_name->setText(words::name(suspect->source));
    m_facts->setText(factsText(*suspect));
    m_clues->show(suspect->clues);
    if (m_clues->rowCount() > 0)
        m_clueView->setCurrentIndex(m_clues->index(0));
}

void SourceScreen::showClue(const QModelIndex& row)
{
    const attribution::Clue* clue = m_clues->clue(row.isValid() ? row.row() : -1);
    if (!clue || clue->evidence.empty())
        return m_evidence->clear(tr("This reason is drawn from counts; there is no single line behind it."));
    m_evidence->showLines(tr("%n line(s) behind this reason", nullptr, int(clue->evidence.size())),
        clue->evidence, syntaxOf(*clue));
}

} // namespace sluicegate::attributionscreen
