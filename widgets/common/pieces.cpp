// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/pieces.h"

#include "widgets/common/theme.h"

#include <QApplication>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::common {

namespace {

class RankedLabel : public QLabel {
public:
    using QLabel::QLabel;
    Rank rank = Rank::Body;
    bool whole = false;

    void dress()
    {
        const QFont base = QApplication::font();
        setFont(rank == Rank::Title     ? titleFont(base)
                : rank == Rank::Heading ? headingFont(base)
                : rank == Rank::Small   ? smallFont(base)
                                        : base);
        // A role and no palette of its own: the label then follows every change of scheme.
        const bool second = rank == Rank::Muted || rank == Rank::Small;
        setForegroundRole(second ? QPalette::PlaceholderText : QPalette::WindowText);
    }

protected:
    void changeEvent(QEvent* event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::ApplicationFontChange)
            dress();
    }

    void resizeEvent(QResizeEvent* event) override
    {
        QLabel::resizeEvent(event);
        if (whole)
            updateGeometry();
    }

public:
    QSize minimumSizeHint() const override
    {
        QSize least = QLabel::minimumSizeHint();
        if (whole)
            least.setHeight(std::max(0, heightForWidth(width())));
        return least;
    }
};

} // namespace

QLabel* label(const QString& text, Rank rank, QWidget* parent)
{
    auto* made = new RankedLabel(parent);
    made->setTextFormat(Qt::PlainText);
    made->setText(text);
    made->setWordWrap(true);
    made->setTextInteractionFlags(Qt::TextSelectableByMouse);
    made->rank = rank;
    made->dress();
    return made;
}

QLabel* wholeLabel(const QString& text, Rank rank, QWidget* parent)
{
    QLabel* made = label(text, rank, parent);
    static_cast<RankedLabel*>(made)->whole = true;
    return made;
}

void setRank(QLabel* label, Rank rank)
{
    auto* ranked = static_cast<RankedLabel*>(label);
    ranked->rank = rank;
    ranked->dress();
}

Card::Card(QWidget* parent) : QFrame(parent), m_rows(new QVBoxLayout(this))
{
    m_rows->setContentsMargins(2 * Step, 2 * Step, 2 * Step, 2 * Step);
    m_rows->setSpacing(Step);
}

void Card::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme().border);
    painter.setBrush(theme().surface);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

PrimaryButton::PrimaryButton(const QString& text, QWidget* parent) : QPushButton(text, parent)
{
    setMinimumHeight(4 * Step);
}

QVBoxLayout* page(QWidget* screen, const QString& title, const QString& subtitle)
{
    auto* rows = new QVBoxLayout(screen);
    rows->setSpacing(2 * Step);
    rows->setContentsMargins(0, 0, 0, 0);
    if (title.isEmpty())
        return rows;
    rows->setContentsMargins(3 * Step, 2 * Step, 3 * Step, 2 * Step);
    auto* head = new QVBoxLayout;
    head->setSpacing(Step / 2);
    head->addWidget(named(label(title, Rank::Title), title, QStringLiteral("title")));
    head->addWidget(label(subtitle, Rank::Muted));
    rows->addLayout(head);
    return rows;
}

} // namespace sluicegate::common
