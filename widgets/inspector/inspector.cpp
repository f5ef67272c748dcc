// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/inspector/inspector.h"

#include "models/items/leads.h"
#include "models/items/pins.h"
#include "models/words/words.h"
#include "widgets/common/evidencepane.h"
#include "widgets/common/leads.h"
#include "widgets/common/pages.h"
#include "widgets/common/pieces.h"
#include "widgets/common/stateview.h"
#include "widgets/common/theme.h"
#include "widgets/inspector/letterdelegate.h"

#include <QClipboard>
#include <QDragEnterEvent>
#include <QGuiApplication>
#include <QListView>
#include <QMenu>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QSplitter>
#include <QStackedWidget>
#include <QTextBlock>
#include <QVBoxLayout>

#include <utility>

namespace sluicegate::inspector {

using common::named;
using common::Step;
using items::Letter;
using items::LetterModel;

namespace {

// Reading more than that takes longer than a frame.
constexpr std::size_t MuchBytes = 1024 * 1024;

QWidget* inCard(QWidget* widget)
{
    auto* card = new common::Card;
    card->rows()->setContentsMargins(1, 1, 1, 1);
    card->rows()->addWidget(widget);
    return card;
}

} // namespace

Inspector::Inspector(QWidget* parent)
    : QWidget(parent)
    , m_model(new LetterModel(this))
    , m_view(named(new QListView, tr("What the message says"), QStringLiteral("letter")))
    , m_raw(named(new common::EvidenceText, tr("Raw text of the message"), QStringLiteral("rawText")))
    , m_body(named(new QPlainTextEdit, tr("Body of the message as text"), QStringLiteral("bodyText")))
    , m_pages(new common::Pages(tr("Raw text or body")))
    , m_state(new common::StateView)
    , m_stack(new QStackedWidget)
{
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(m_stack);
    m_stack->addWidget(m_state);
    m_stack->addWidget(content());
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &Inspector::follow);
    connect(m_raw, &QPlainTextEdit::cursorPositionChanged, this, &Inspector::followRaw);
    setAcceptDrops(true);
    m_raw->setAcceptDrops(false); // what is dropped is for the whole inspector
    m_body->setAcceptDrops(false);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QListView::customContextMenuRequested, this, &Inspector::showMenu);
    connect(m_raw, &common::EvidenceText::menuOpening, this, [this](QMenu* menu) { addTo(*menu); });
    showEmpty(tr("No message"), tr("Open a message, or choose one that is still in the queue."));
}

QWidget* Inspector::content()
{
    m_view->setModel(m_model);
    m_view->setItemDelegate(new LetterDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setResizeMode(QListView::Adjust);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_view->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_body->setReadOnly(true);
    m_body->setFrameShape(QFrame::NoFrame);
    m_body->setFont(common::fixedFont());
    m_body->setTabChangesFocus(true);
    m_body->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_pages->addPage(m_raw, tr("Raw text"));
    m_pages->addPage(m_body, tr("Body as text"));
    auto* split = new QSplitter(Qt::Horizontal);
    split->addWidget(inCard(m_view));
    split->addWidget(inCard(m_pages));
    split->setSizes({500, 500});
    split->setHandleWidth(Step);
    split->setChildrenCollapsible(false);
    return split;
}

// The raw text's cursor and the list choose the same field.
std::optional<std::size_t> Inspector::chosenOffset() const
{
    const QVariant offset = m_view->currentIndex().data(LetterModel::OffsetRole);
    return offset.isValid() ? std::optional(std::size_t(offset.toULongLong())) : std::nullopt;
}

std::optional<casefile::Remark> Inspector::pinned() const
{
    const auto offset = chosenOffset();
    if (!m_model->letter() || !offset)
        return {};
    auto remark = items::pinOf(*m_model->letter(), *offset, m_view->currentIndex().data().toString());
    if (!m_file.empty())
        remark.target = m_file.string();
    return remark;
}

void Inspector::choose(const base::EvidenceLine& line)
{
    if (!m_model->letter()) {
        m_wanted = line;
        return;
    }
    const auto field = line.line == 0 ? std::nullopt : m_model->letter()->fieldAt(std::size_t(line.line) - 1);
    if (const int row = field ? m_model->rowAt(*field) : -1; row >= 0)
        m_view->setCurrentIndex(m_model->index(row));
}

void Inspector::showMenu(QPoint at)
{
    if (!m_view->indexAt(at).isValid())
        return;
    QMenu menu;
    const QModelIndex row = m_view->indexAt(at);
    const QString value = row.data(LetterModel::TextRole).toString();
    if (!value.isEmpty())
        connect(menu.addAction(tr("Copy the &value")), &QAction::triggered, this,
            [value] { QGuiApplication::clipboard()->setText(value); });
    addTo(menu);
    menu.exec(m_view->viewport()->mapToGlobal(at));
}

void Inspector::addTo(QMenu& menu)
{
    if (!m_model->letter())
        return;
    menu.addSeparator();
    common::addLeads(menu, items::leadsOf(m_model->letter()->inspection, chosenOffset()),
        [this](const items::Term& term) { Q_EMIT filterWanted(term); });
    const auto remark = pinned();
    if (!remark)
        return;
    menu.addSeparator();
    connect(menu.addAction(tr("&Pin for the report")), &QAction::triggered, this,
        [this, remark] { Q_EMIT pinWanted(*remark); });
}

void Inspector::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void Inspector::dropEvent(QDropEvent* event)
{
    const QUrl file = event->mimeData()->urls().value(0);
    if (!file.isLocalFile())
        return;
    event->acceptProposedAction();
    open(file.toLocalFile().toStdString());
}

void Inspector::showEmpty(const QString& heading, const QString& text)
{
    m_background.stop();
    m_model->show(nullptr);
    m_state->showEmpty(heading, text);
    m_stack->setCurrentIndex(0);
}

// A text has no middle to bring its cursor to before it has a size.
void Inspector::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    QMetaObject::invokeMethod(m_raw, &QPlainTextEdit::centerCursor, Qt::QueuedConnection);
}

void Inspector::showBusy()
{
    m_state->showBusy(tr("Reading the message"), tr("It is large; its parts are being taken apart."));
    m_stack->setCurrentIndex(0);
}

void Inspector::show(const QString& name, const base::Bytes& bytes, const message::Inspection& inspection)
{
    m_background.stop();
    m_file.clear();
    if (bytes.view().size() < MuchBytes)
        return showLetter(Letter::of(name, bytes, inspection));
    showBusy();
    m_background.start([this, name, bytes, inspection](std::stop_token stop) {
        std::shared_ptr<const Letter> letter = Letter::of(name, bytes, inspection);
        m_background.deliver(stop, [this, letter] { showLetter(letter); });
    });
}

void Inspector::open(const std::filesystem::path& file)
{
    showBusy();
    m_file = file;
    m_background.start([this, file](std::stop_token stop) {
        auto letter = Letter::read(file, stop);
        m_background.deliver(stop, [this, letter = std::move(letter)] {
            if (!letter)
                return showEmpty(tr("This file cannot be looked into"), words::sentence(letter.error()));
            showLetter(*letter);
        });
    });
}

void Inspector::showLetter(std::shared_ptr<const Letter> letter)
{
    m_following = true;
    m_model->show(letter);
    m_raw->setExtraSelections({});
    m_raw->showLines(letter->lines, common::Syntax::MailHeader);
    m_body->setPlainText(!letter->body.isEmpty() ? letter->body
            : letter->headOnly ? tr("The body is not among the evidence: of queued messages only envelope "
                                    "and header are fetched.")
                               : tr("The body is empty."));
    m_pages->setTitle(0,
        letter->cut ? tr("Raw text (its first %n lines)", nullptr, int(letter->lines.size()))
                    : tr("Raw text"));
    m_following = false;
    m_stack->setCurrentIndex(1);
    markSubmission();
    if (const auto line = std::exchange(m_wanted, std::nullopt))
        choose(*line);
    Q_EMIT opened(letter->name);
}

// What was asked first is who handed it in: that hop is chosen, and the facts above it stay in sight.
void Inspector::markSubmission()
{
    const message::Inspection& read = m_model->letter()->inspection;
    const int row = read.submission ? m_model->rowAt(read.received[*read.submission].offset) : -1;
    m_view->setAutoScroll(false);
    m_view->setCurrentIndex(m_model->index(row));
    m_view->setAutoScroll(true);
    m_view->scrollToTop();
}

void Inspector::follow(const QModelIndex& row)
{
    const QVariant offset = row.data(LetterModel::OffsetRole);
    if (m_following || !m_model->letter() || !offset.isValid())
        return;
    const QScopedValueRollback guard(m_following, true);
    const auto lines = m_model->letter()->linesOf(offset.toULongLong());
    if (!lines)
        return m_raw->setExtraSelections({});
    m_pages->setPage(0);
    mark(lines->first, lines->second);
    m_raw->setTextCursor(QTextCursor(m_raw->document()->findBlockByNumber(int(lines->first))));
    m_raw->centerCursor();
}

void Inspector::followRaw()
{
    if (m_following || !m_model->letter() || m_raw->textCursor().hasSelection())
        return;
    const QScopedValueRollback guard(m_following, true);
    const auto field = m_model->letter()->fieldAt(std::size_t(m_raw->textCursor().blockNumber()));
    const int row = field ? m_model->rowAt(*field) : -1;
    if (row < 0)
        return m_raw->setExtraSelections({});
    m_view->setCurrentIndex(m_model->index(row));
    m_view->scrollTo(m_model->index(row), QAbstractItemView::PositionAtCenter);
    if (const auto lines = m_model->letter()->linesOf(*field))
        mark(lines->first, lines->second);
}

void Inspector::mark(std::size_t first, std::size_t last)
{
    QList<QTextEdit::ExtraSelection> marked;
    for (std::size_t line = first; line <= last && line < first + 200; ++line) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(m_raw->document()->findBlockByNumber(int(line)));
        selection.format.setBackground(common::theme().accentSoft);
        selection.format.setProperty(QTextFormat::FullWidthSelection, true);
        marked += selection;
    }
    m_raw->setExtraSelections(marked);
}

} // namespace sluicegate::inspector
