// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/chiprow.h"

#include "models/items/cells.h"
#include "models/words/words.h"
#include "widgets/common/chip.h"
#include "widgets/common/flowlayout.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QToolButton>

namespace sluicegate::common {

ChipRow::ChipRow(QWidget* parent)
    : QWidget(parent)
    , m_chips(new FlowLayout)
    , m_search(named(new QLineEdit, tr("Search the messages"), QStringLiteral("search")))
    , m_add(named(new QToolButton, tr("Add a filter"), QStringLiteral("addFilter")))
    , m_clear(named(new QToolButton, tr("Clear all filters"), QStringLiteral("clearFilters")))
    , m_counts(label({}, Rank::Muted))
{
    m_search->setPlaceholderText(tr("Address, queue ID, login, reply …"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(32 * Step);
    m_add->setText(tr("+ F&ilter"));
    m_add->setPopupMode(QToolButton::InstantPopup);
    m_add->setMenu(addMenu());
    m_clear->setText(tr("Clea&r"));
    m_clear->setVisible(false);
    m_counts->setWordWrap(false);
    named(m_counts, tr("Shown messages"), QStringLiteral("counts"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Step);
    row->addWidget(m_search, 0, Qt::AlignTop);
    row->addWidget(m_add, 0, Qt::AlignTop);
    row->addLayout(m_chips, 1);
    row->addWidget(m_clear, 0, Qt::AlignTop);
    row->addWidget(m_counts, 0, Qt::AlignTop);
    for (QWidget* widget : std::initializer_list<QWidget*> {m_search, m_add, m_clear, m_counts})
        widget->setFixedHeight(RowHeight);
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        if (!m_search->text().trimmed().isEmpty())
            change(m_filter.with(
                {.field = items::Field::Text, .value = m_search->text().trimmed().toStdString()}));
        m_search->clear();
    });
    connect(m_clear, &QToolButton::clicked, this, [this] { change({}); });
}

QMenu* ChipRow::addMenu()
{
    auto* menu = new QMenu(this);
    const auto add = [this, menu](const QString& text, items::Term term) {
        connect(menu->addAction(text), &QAction::triggered, this,
            [this, term = std::move(term)] { change(m_filter.with(term)); });
    };
    add(tr("&Named in the notice"), {.field = items::Field::Noticed});
    menu->addSeparator();
    add(tr("&Sent"), {.field = items::Field::Outcome, .value = "sent"});
    add(tr("&Deferred"), {.field = items::Field::Outcome, .value = "deferred"});
    add(tr("&Bounced"), {.field = items::Field::Outcome, .value = "bounced"});
    add(tr("&Rejected"), {.field = items::Field::Outcome, .value = "rejected"});
    menu->addSeparator();
    add(tr("With a &login"), {.field = items::Field::Entry, .value = "authenticated"});
    add(tr("Handed in on the server &itself"), {.field = items::Field::Entry, .value = "pickup"});
    add(tr("From &outside, without a login"), {.field = items::Field::Entry, .value = "relayed"});
    return menu;
}

void ChipRow::change(const items::Filter& filter)
{
    setFilter(filter);
    Q_EMIT filterChanged(m_filter);
}

void ChipRow::setFilter(const items::Filter& filter)
{
    if (m_filter == filter)
        return;
    m_filter = filter;
    rebuild();
}

void ChipRow::beginSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void ChipRow::setCounts(quint64 shown, quint64 all)
{
    const QLocale locale;
    m_counts->setText(tr("%1 of %2 messages").arg(locale.toString(shown), locale.toString(all)));
}

void ChipRow::rebuild()
{
    while (QLayoutItem* item = m_chips->takeAt(0)) {
        // The click that led here may still be under way in the chip's own button.
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const items::Term& term : m_filter.terms)
        m_chips->addWidget(chip(term));
    m_clear->setVisible(!m_filter.terms.empty());
}

QWidget* ChipRow::chip(const items::Term& term)
{
    auto* chip = new Chip(term);
    connect(chip, &Chip::changed, this,
        [this, term](const items::Term& other) { change(m_filter.without(term).with(other)); });
    connect(chip, &Chip::removed, this, [this, term] { change(m_filter.without(term)); });
    return chip;
}

} // namespace sluicegate::common
