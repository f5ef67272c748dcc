// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/connection/progresscard.h"

#include "models/words/words.h"
#include "widgets/common/pieces.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <QVBoxLayout>

namespace sluicegate::connection {

using common::label;
using common::named;
using common::Rank;

namespace {

QString heading(const desk::Running& running)
{
    const QString subject = words::inert(running.subject);
    switch (running.stage) {
    case desk::Stage::Reading:
        return ProgressCard::tr("Reading %1").arg(subject);
    case desk::Stage::Connecting:
        return ProgressCard::tr("Connecting to %1").arg(subject);
    case desk::Stage::Pulling:
        return ProgressCard::tr("Getting the evidence from %1").arg(subject);
    case desk::Stage::Analysing:
        return ProgressCard::tr("Looking for the source");
    case desk::Stage::Acting:
        return ProgressCard::tr("Acting on %1").arg(subject);
    case desk::Stage::Exporting:
        return ProgressCard::tr("Writing the report");
    }
    return {};
}

QString amount(const desk::Running& running)
{
    if (running.totalBytes == 0)
        return {};
    const QLocale locale;
    const QString bytes = locale.formattedDataSize(qint64(running.totalBytes), 1);
    if (running.bytesPerSecond <= 0)
        return bytes;
    return ProgressCard::tr("%1, %2/s")
        .arg(bytes, locale.formattedDataSize(qint64(running.bytesPerSecond), 1));
}

} // namespace

ProgressCard::ProgressCard(QWidget* parent)
    : QWidget(parent)
    , m_heading(label({}, Rank::Heading))
    , m_now(named(label({}, Rank::Muted), tr("Current item"), QStringLiteral("progressItem")))
    , m_amount(named(label({}, Rank::Muted), tr("Amount"), QStringLiteral("progressAmount")))
    , m_bar(named(new QProgressBar, tr("Progress"), QStringLiteral("progress")))
    , m_cancel(named(new QPushButton(tr("Ca&ncel")), tr("Cancel"), QStringLiteral("cancel")))
{
    auto* card = new common::Card;
    auto* top = new QHBoxLayout;
    top->addWidget(m_heading, 1);
    top->addWidget(m_cancel);
    card->rows()->addLayout(top);
    m_bar->setTextVisible(false);
    card->rows()->addWidget(m_bar);
    auto* below = new QHBoxLayout;
    below->addWidget(m_now, 1);
    below->addWidget(m_amount);
    m_amount->setWordWrap(false);
    card->rows()->addLayout(below);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addWidget(card);
    connect(m_cancel, &QPushButton::clicked, this, &ProgressCard::cancelRequested);
}

void ProgressCard::show(const desk::Running& running)
{
    m_heading->setText(heading(running));
    const evidence::Step& step = running.step;
    const bool counted = running.stage == desk::Stage::Pulling && step.planned > 0;
    const double within = step.expected > 0 ? double(step.received) / double(step.expected) : 0;
    m_bar->setRange(0, counted ? 1000 : 0);
    if (counted)
        m_bar->setValue(int(1000 * std::min(1.0, (double(step.done) + within) / double(step.planned))));
    m_now->setText(counted ? tr("%1 (%2 of %3)")
                                 .arg(words::inert(step.what))
                                 .arg(std::min(step.done + 1, step.planned))
                                 .arg(step.planned)
                           : QString());
    m_amount->setText(amount(running));
}

} // namespace sluicegate::connection
