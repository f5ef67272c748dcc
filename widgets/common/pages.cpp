// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pages.h"

#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace sluicegate::common {

namespace {

QFont chosenFont(QFont font)
{
    font.setWeight(QFont::DemiBold);
    return font;
}

} // namespace

Tabs::Tabs(QWidget* parent) : QTabBar(parent)
{
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(false);
    setElideMode(Qt::ElideNone);
    setAttribute(Qt::WA_Hover);
}

QSize Tabs::tabSizeHint(int index) const
{
    const QFontMetrics metrics(chosenFont(font()));
    return {
        metrics.horizontalAdvance(tabText(index)) + 2 * Step, std::max(RowHeight, metrics.height() + Step)};
}

void Tabs::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int index = 0; index < count(); ++index) {
        const QRect place = tabRect(index);
        const bool chosen = index == currentIndex();
        painter.setFont(chosen ? chosenFont(font()) : font());
        painter.setPen(
            chosen || place.contains(mapFromGlobal(QCursor::pos())) ? theme().text : theme().muted);
        painter.drawText(place, Qt::AlignCenter, tabText(index));
        if (!chosen)
            continue;
        const QRectF line(place.left(), place.bottom() - 2, place.width(), 2.5);
        painter.fillRect(line, theme().accent);
        if (!hasFocus())
            continue;
        painter.setPen(QPen(theme().accent, 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(place).adjusted(1, 2, -1, -4), 4, 4);
    }
}

// A bar that was ever too narrow for its tabs stays scrolled.
void Tabs::tabLayoutChange()
{
    setMinimumWidth(QTabBar::sizeHint().width());
}

Pages::Pages(const QString& name, QWidget* parent)
    : QWidget(parent)
    , m_tabs(named(new Tabs, name, QStringLiteral("tabs")))
    , m_rows(new QVBoxLayout(this))
    , m_row(new QHBoxLayout)
{
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(Step);
    m_row->setSpacing(2 * Step);
    m_row->addWidget(m_tabs);
    m_row->addStretch(1);
    m_rows->addLayout(m_row);
    connect(m_tabs, &QTabBar::currentChanged, this, [this](int page) {
        for (qsizetype each = 0; each < m_pages.size(); ++each)
            m_pages[each]->setVisible(each == page);
        Q_EMIT pageChanged(page);
    });
}

int Pages::addPage(QWidget* page, const QString& title)
{
    m_pages.append(page);
    m_rows->addWidget(page, 1);
    page->setVisible(m_pages.size() == 1);
    return m_tabs->addTab(title);
}

void Pages::setTitle(int page, const QString& title)
{
    m_tabs->setTabText(page, title);
}

void Pages::setPage(int page)
{
    m_tabs->setCurrentIndex(page);
}

int Pages::page() const
{
    return m_tabs->currentIndex();
}

void Pages::setCorner(QWidget* corner)
{
    m_row->addWidget(corner);
}

} // namespace sluicegate::common
