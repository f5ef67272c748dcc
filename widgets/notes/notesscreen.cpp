// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notes/notesscreen.h"

#include "models/items/pins.h"
#include "models/items/remarkmodel.h"
#include "widgets/common/pieces.h"
#include "widgets/common/tables.h"
#include "widgets/common/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::notesscreen {

using common::named;
using common::Step;
using items::RemarkModel;

NotesScreen::NotesScreen(QWidget* parent)
    : QWidget(parent)
    , m_model(new RemarkModel(this))
    , m_text(named(new QPlainTextEdit, tr("A new note"), QStringLiteral("noteText")))
    , m_add(named(
          new common::PrimaryButton(tr("Add the &note")), tr("Add the note"), QStringLiteral("addNote")))
    , m_view(named(new QTableView, tr("Notes and pins"), QStringLiteral("remarks")))
    , m_go(named(new QPushButton(tr("&Go there")), tr("Go there"), QStringLiteral("goToRemark")))
    , m_edit(
          named(new QPushButton(tr("&Edit the words")), tr("Edit the words"), QStringLiteral("editRemark")))
    , m_remove(named(new QPushButton(tr("&Remove")), tr("Remove"), QStringLiteral("removeRemark")))
    , m_about(
          named(common::label({}, common::Rank::Muted), tr("About the pin"), QStringLiteral("aboutRemark")))
{
    QVBoxLayout* rows = common::page(this, tr("Notes and pins"),
        tr("What you wrote down and marked. It is kept in the case and stands in the report, in order of "
           "time."));
    rows->addWidget(writing());
    rows->addWidget(list(), 1);
    addKeys();
    connect(m_add, &QPushButton::clicked, this, &NotesScreen::addNote);
    connect(m_text, &QPlainTextEdit::textChanged, this,
        [this] { m_add->setEnabled(!m_text->toPlainText().trimmed().isEmpty()); });
    connect(m_model, &RemarkModel::rewritten, this, &NotesScreen::rewritten);
    connect(
        m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &NotesScreen::showChosen);
    connect(m_view, &QTableView::activated, m_go, &QPushButton::click);
    m_add->setEnabled(false);
    showChosen();
}

QWidget* NotesScreen::writing()
{
    auto* card = new common::Card;
    m_text->setPlaceholderText(
        tr("Write what the report should say: whom you called, what was agreed, what is still open."));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(3 * m_text->fontMetrics().lineSpacing() + 2 * Step);
    auto* row = new QHBoxLayout;
    row->setSpacing(Step);
    row->addWidget(m_text, 1);
    row->addWidget(m_add, 0, Qt::AlignBottom);
    card->rows()->addLayout(row);
    return card;
}

QWidget* NotesScreen::list()
{
    m_view->setModel(m_model);
    common::dress(*m_view, {21 * Step, 14 * Step, 50 * Step, 0});
    common::sayWhenEmpty(*m_view,
        tr("Nothing is noted or pinned yet. Ctrl+B pins the message, log line, suspect or header field that "
           "is "
           "chosen; so does its right-click menu."));
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto* card = new common::Card;
    card->rows()->setContentsMargins(1, 1, 1, 1);
    card->rows()->addWidget(m_view, 1);
    auto* all = new QWidget;
    auto* rows = new QVBoxLayout(all);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Step);
    rows->addWidget(card, 1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(Step);
    for (QPushButton* button : {m_go, m_edit, m_remove})
        buttons->addWidget(button);
    buttons->addWidget(m_about, 1);
    rows->addLayout(buttons);
    return all;
}

// The buttons' deeds by key and by right click, where the list has the focus.
void NotesScreen::addKeys()
{
    const auto add = [this](const QString& text, const QKeySequence& keys, QPushButton* button) {
        auto* action = new QAction(text, m_view);
        action->setShortcut(keys);
        action->setShortcutContext(Qt::WidgetShortcut);
        m_view->addAction(action);
        connect(action, &QAction::triggered, button, &QPushButton::click);
    };
    add(tr("Go there"), Qt::Key_Return, m_go);
    add(tr("Edit the words"), Qt::Key_F2, m_edit);
    add(tr("Remove"), QKeySequence::Delete, m_remove);
    auto* done = new QAction(tr("Add the note"), m_text);
    done->setShortcut(Qt::CTRL | Qt::Key_Return);
    done->setShortcutContext(Qt::WidgetShortcut);
    m_text->addAction(done);
    connect(done, &QAction::triggered, m_add, &QPushButton::click);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (const casefile::Remark* remark = chosen())
            Q_EMIT goToRequested(casefile::Remark(*remark));
    });
    connect(m_edit, &QPushButton::clicked, this, [this] {
        if (chosen())
            m_view->edit(m_model->index(m_view->currentIndex().row(), RemarkModel::Words));
    });
    connect(m_remove, &QPushButton::clicked, this, [this] {
        if (const casefile::Remark* remark = chosen())
            Q_EMIT removed(casefile::Remark(*remark));
    });
}

void NotesScreen::addNote()
{
    Q_EMIT noteWritten(items::noteOf(m_text->toPlainText()));
    m_text->clear();
    m_text->setFocus();
}

void NotesScreen::beginNote()
{
    m_text->setFocus();
}

void NotesScreen::say(const QString& text)
{
    m_about->setText(text);
}

const casefile::Remark* NotesScreen::chosen() const
{
    return m_model->remark(m_view->currentIndex().isValid() ? m_view->currentIndex().row() : -1);
}

void NotesScreen::showChosen()
{
    const casefile::Remark* remark = chosen();
    m_go->setEnabled(remark && remark->kind != casefile::RemarkKind::Note);
    m_edit->setEnabled(remark);
    m_remove->setEnabled(remark);
    m_about->setText({});
}

void NotesScreen::show(const desk::Snapshot& snapshot, desk::Parts parts)
{
    if (!parts.testFlag(desk::Part::Remarks))
        return;
    const casefile::Remark* before = chosen();
    const std::string id = before ? before->id : std::string();
    const int row = m_view->currentIndex().row();
    m_model->show(snapshot.remarks);
    const int again = m_model->rowOf(id);
    m_view->setCurrentIndex(
        m_model->index(again >= 0 ? again : std::clamp(row, 0, std::max(0, m_model->rowCount() - 1)), 0));
    showChosen();
}

} // namespace sluicegate::notesscreen
