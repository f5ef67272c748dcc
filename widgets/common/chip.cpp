// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chip.h"

#include "models/items/cells.h"
#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QToolButton>
#include <QToolTip>

#include <array>

namespace sluicegate::common {

namespace {

using maillog::Entry;
constexpr std::array entries {
    Entry::Authenticated, Entry::Pickup, Entry::LocalSmtp, Entry::Relayed, Entry::Bounce, Entry::Unknown};

QToolButton* chipButton(
    const QString& text, const QString& accessible, const QString& object, QWidget* parent)
{
    auto* button = named(new QToolButton(parent), accessible, object);
    button->setText(text);
    button->setAutoRaise(true);
    button->setToolTip(accessible);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QString valueText(const items::Term& term)
{
    switch (term.field) {
    case items::Field::Text:
        return Chip::tr("text “%1”").arg(words::inert(term.value));
    case items::Field::Account:
        return Chip::tr("login %1").arg(words::inert(term.value));
    case items::Field::Sender:
        return Chip::tr("from %1").arg(words::inert(term.value));
    case items::Field::Client:
        return Chip::tr("client %1").arg(words::inert(term.value));
    case items::Field::Outcome:
        for (std::size_t i = 0; i < items::OutcomeCount; ++i) {
            if (items::name(items::Outcome(i)) == term.value)
                return items::outcomeName(items::Outcome(i));
        }
        return words::inert(term.value);
    case items::Field::Entry:
        for (const Entry entry : entries) {
            if (maillog::name(entry) == term.value)
                return items::entryName(entry);
        }
        return words::inert(term.value);
    case items::Field::Suspect:
        return Chip::tr("suspect %1").arg(words::inert(term.value));
    case items::Field::Noticed:
        return Chip::tr("named in the notice");
    case items::Field::Time:
        return term.from && term.until ? items::rangeText(*term.from, *term.until) : Chip::tr("time");
    }
    return {};
}

/// What else a term of a few possible values could say.
std::vector<std::string> alternatives(items::Field field)
{
    std::vector<std::string> values;
    if (field == items::Field::Outcome) {
        for (std::size_t i = 0; i < items::OutcomeCount; ++i)
            values.emplace_back(items::name(items::Outcome(i)));
    } else if (field == items::Field::Entry) {
        for (const Entry entry : entries)
            values.emplace_back(maillog::name(entry));
    }
    return values;
}

bool isEditable(items::Field field)
{
    return field != items::Field::Noticed && field != items::Field::Suspect;
}

/// The term with what was typed for its value; nothing where that says nothing.
std::optional<items::Term> edited(items::Term term, const QString& typed)
{
    if (term.field == items::Field::Time) {
        const std::optional<items::Span> span = items::spanOf(typed);
        if (!span)
            return std::nullopt;
        term.from = span->from;
        term.until = span->until;
        return term;
    }
    term.value = typed.trimmed().toStdString();
    return term.value.empty() ? std::nullopt : std::optional(term);
}

} // namespace

QString termText(const items::Term& term)
{
    return term.inverted ? Chip::tr("not %1").arg(valueText(term)) : valueText(term);
}

Chip::Chip(items::Term term, QWidget* parent) : QFrame(parent), m_term(std::move(term))
{
    const QString text = termText(m_term);
    named(this, text, QStringLiteral("chip"));
    m_invert = chipButton(m_term.inverted ? QStringLiteral("≠") : QStringLiteral("="),
        tr("Invert: %1").arg(text), QStringLiteral("invertChip"), this);
    m_text = chipButton(valueText(m_term), isEditable(m_term.field) ? tr("Edit: %1").arg(text) : text,
        QStringLiteral("editChip"), this);
    m_remove
        = chipButton(QStringLiteral("×"), tr("Remove: %1").arg(text), QStringLiteral("removeChip"), this);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(Step / 2, 0, Step / 2, 0);
    row->setSpacing(0);
    for (QWidget* button : {m_invert, m_text, m_remove})
        row->addWidget(button);
    setFixedHeight(RowHeight);
    connect(m_invert, &QToolButton::clicked, this, [this] {
        items::Term other = m_term;
        other.inverted = !other.inverted;
        Q_EMIT changed(other);
    });
    connect(m_text, &QToolButton::clicked, this, &Chip::edit);
    connect(m_remove, &QToolButton::clicked, this, &Chip::removed);
}

void Chip::edit()
{
    if (!isEditable(m_term.field))
        return;
    const std::vector<std::string> values = alternatives(m_term.field);
    if (values.empty()) {
        m_text->hide();
        editor()->setFocus();
        return editor()->selectAll();
    }
    auto* menu = named(new QMenu(this), tr("Instead"), QStringLiteral("chipMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const std::string& value : values) {
        items::Term other = m_term;
        other.value = value;
        QAction* action = menu->addAction(valueText(other));
        action->setCheckable(true);
        action->setChecked(other == m_term);
        connect(action, &QAction::triggered, this, [this, other] { Q_EMIT changed(other); });
    }
    menu->popup(m_text->mapToGlobal(m_text->rect().bottomLeft()));
}

QLineEdit* Chip::editor()
{
    if (m_editor)
        return m_editor;
    const QString value = m_term.field == items::Field::Time ? valueText(m_term) : words::inert(m_term.value);
    m_editor = named(new QLineEdit(value, this), m_text->accessibleName(), QStringLiteral("chipEditor"));
    m_editor->setFrame(false);
    m_editor->setMinimumWidth(
        std::max(18 * Step, m_editor->fontMetrics().horizontalAdvance(value) + 3 * Step));
    m_editor->installEventFilter(this);
    static_cast<QHBoxLayout*>(layout())->insertWidget(1, m_editor);
    m_editor->show();
    connect(m_editor, &QLineEdit::returnPressed, this, &Chip::finish);
    return m_editor;
}

/// Esc, and going elsewhere, leave the term as it was.
bool Chip::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_editor)
        return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        stopEditing();
        m_text->setFocus();
        return true;
    }
    if (event->type() == QEvent::FocusOut
        && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        stopEditing();
    return QFrame::eventFilter(watched, event);
}

void Chip::finish()
{
    const std::optional<items::Term> term = edited(m_term, m_editor->text());
    if (!term) {
        const QString why = m_term.field == items::Field::Time
            ? tr("Write it as 2026-11-23 09:40 – 10:12, in UTC; both ends may have a date and seconds.")
            : tr("Write what to look for, or remove the filter.");
        return QToolTip::showText(m_editor->mapToGlobal(m_editor->rect().bottomLeft()), why, m_editor);
    }
    if (*term == m_term)
        return stopEditing();
    Q_EMIT changed(*term);
}

void Chip::stopEditing()
{
    m_text->show();
    m_editor->removeEventFilter(this);
    m_editor->hide();
    m_editor->deleteLater();
    m_editor = nullptr;
}

void Chip::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_term.inverted ? theme().bad : theme().accent, 1));
    painter.setBrush(m_term.inverted ? theme().surface : theme().accentSoft);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 13, 13);
}

} // namespace sluicegate::common
