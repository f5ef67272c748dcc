// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/stateview.h"

#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QVBoxLayout>

namespace sluicegate::common {

StateView::StateView(QWidget* parent)
    : QWidget(parent)
    , m_heading(label({}, Rank::Heading))
    , m_text(label({}, Rank::Muted))
    , m_busy(named(new QProgressBar, tr("Working"), QStringLiteral("busy")))
    , m_action(named(new PrimaryButton({}), tr("Next step"), QStringLiteral("stateAction")))
{
    m_heading->setAlignment(Qt::AlignHCenter);
    m_text->setAlignment(Qt::AlignHCenter);
    m_text->setMaximumWidth(60 * Step);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->setFixedWidth(30 * Step);
    auto* rows = new QVBoxLayout(this);
    rows->setSpacing(Step);
    rows->addStretch(2);
    rows->addWidget(m_heading);
    // A wrapping label inside an alignment is not asked for its height: stretches centre it instead.
    auto* middle = new QHBoxLayout;
    middle->addStretch(1);
    middle->addWidget(m_text, 100);
    middle->addStretch(1);
    rows->addLayout(middle);
    rows->addSpacing(Step);
    rows->addWidget(m_busy, 0, Qt::AlignHCenter);
    rows->addWidget(m_action, 0, Qt::AlignHCenter);
    rows->addStretch(3);
    connect(m_action, &QPushButton::clicked, this, &StateView::actionRequested);
}

void StateView::showEmpty(const QString& heading, const QString& text, const QString& action)
{
    m_heading->setText(heading);
    m_text->setText(text);
    m_busy->hide();
    m_action->setText(action);
    m_action->setVisible(!action.isEmpty());
}

void StateView::showBusy(const QString& heading, const QString& text)
{
    m_heading->setText(heading);
    m_text->setText(text);
    m_busy->show();
    m_action->hide();
}

} // namespace sluicegate::common
