// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/readiness/watchstrip.h"

#include "models/words/words.h"
#include "widgets/common/theme.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace sluicegate::readinessscreen {

using common::label;
using common::named;
using common::Rank;
using common::Step;

namespace {

// "12:31", "1:02:03"
QString clockText(std::chrono::seconds time)
{
    const auto all = time.count();
    const QString rest = QStringLiteral("%1:%2")
                             .arg(all / 60 % 60, 2, 10, QLatin1Char('0'))
                             .arg(all % 60, 2, 10, QLatin1Char('0'));
    return all < 3600 ? rest : QString::number(all / 3600) + u':' + rest;
}

} // namespace

WatchStrip::WatchStrip(QWidget* parent)
    : QWidget(parent)
    , m_heading(named(label({}, Rank::Heading), tr("Watch"), QStringLiteral("watchHeading")))
    , m_counts(named(common::wholeLabel({}, Rank::Body), tr("What came"), QStringLiteral("watchCounts")))
    , m_clock(named(common::wholeLabel({}, Rank::Muted), tr("Looks"), QStringLiteral("watchClock")))
    , m_trouble(named(common::wholeLabel({}, Rank::Body), tr("Trouble"), QStringLiteral("watchTrouble")))
    , m_quiet(named(new QProgressBar, tr("Quiet so far"), QStringLiteral("watchQuiet")))
    , m_minutes(named(new QSpinBox, tr("Minutes it must be quiet"), QStringLiteral("watchMinutes")))
    , m_start(named(new QPushButton(tr("&Watch the log")), tr("Watch the log"), QStringLiteral("watchStart")))
    , m_stop(named(new QPushButton(tr("Stop &watching")), tr("Stop watching"), QStringLiteral("watchStop")))
    , m_tick(new QTimer(this))
{
    m_minutes->setRange(1, 24 * 60);
    m_minutes->setSuffix(tr(" min"));
    m_minutes->setKeyboardTracking(false);
    m_minutes->setToolTip(tr("How long no spam may come before the gate opens: 30 to 60 minutes are usual."));
    m_quiet->setMaximumWidth(40 * Step);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(Step);
    columns->addWidget(m_heading, 1);
    columns->addWidget(m_quiet, 1);
    columns->addWidget(label(tr("Quiet for"), Rank::Muted));
    columns->addWidget(m_minutes);
    columns->addWidget(m_start);
    columns->addWidget(m_stop);
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(Step / 2);
    rows->addLayout(columns);
    for (QWidget* row : QList<QWidget*> {m_counts, m_trouble, m_clock})
        rows->addWidget(row);
    connect(m_start, &QPushButton::clicked, this, &WatchStrip::startRequested);
    connect(m_stop, &QPushButton::clicked, this, &WatchStrip::stopRequested);
    connect(m_minutes, &QSpinBox::valueChanged, this, &WatchStrip::quietChosen);
    m_tick->setInterval(1000);
    connect(m_tick, &QTimer::timeout, this, &WatchStrip::showClock);
}

void WatchStrip::show(const desk::Snapshot& snapshot)
{
    const bool can = snapshot.reachable && snapshot.gate && snapshot.gate->silentFrom;
    const bool runs = snapshot.watch && !snapshot.watch->over;
    m_start->setVisible(!runs);
    m_stop->setVisible(runs);
    m_start->setEnabled(can);
    m_start->setToolTip(can      ? QString()
            : snapshot.reachable ? tr("First shut the source.")
                                 : tr("Connect to the server first."));
    if (snapshot.gate && !m_minutes->hasFocus()) {
        const QSignalBlocker quiet(m_minutes);
        m_minutes->setValue(int(snapshot.gate->watch.count()));
    }
    m_told.start();
    m_state = snapshot.watch;
    showState();
}

void WatchStrip::showState()
{
    for (QWidget* row : QList<QWidget*> {m_quiet, m_counts, m_clock})
        row->setVisible(m_state.has_value());
    m_trouble->setVisible(m_state && (m_state->lost || m_state->ended || m_state->gaps > 0));
    if (!m_state || m_state->over)
        m_tick->stop();
    if (!m_state)
        return m_heading->setText(tr("Nobody watches the log"));
    const desk::WatchState& state = *m_state;
    const QString quiet = tr("quiet for %1 of %2").arg(clockText(state.quiet), clockText(state.wanted));
    m_heading->setText(state.seen.spam > 0 ? tr("✗ Not quiet: the source still sends")
            : state.isQuiet()              ? tr("✓ Quiet long enough")
            : state.over                   ? tr("The watch was ended")
                                           : tr("● Watching the log"));
    m_quiet->setRange(0, std::max(1, int(state.wanted.count())));
    m_quiet->setValue(int(std::min(state.quiet, state.wanted).count()));
    m_quiet->setFormat(quiet);
    m_quiet->setAccessibleDescription(quiet);
    QString counts = tr("Since %1: %Ln new message(s) of the source,", nullptr, int(state.seen.spam))
                         .arg(words::when(state.seen.since));
    counts += u' ' + tr("%Ln refused attempt(s).", nullptr, int(state.seen.refused));
    if (state.seen.unclear > 0)
        counts += u' '
            + tr("%Ln message(s) from new addresses: pull again to have them judged.", nullptr,
                int(state.seen.unclear));
    m_counts->setText(counts);
    QStringList troubles;
    if (state.lost)
        troubles << tr("The connection is lost, and tried anew: %1").arg(words::sentence(*state.lost));
    if (state.ended)
        troubles << words::sentence(*state.ended);
    if (state.gaps > 0)
        troubles << tr("Lines of the log were gone before they were read; quiet is counted from then.");
    m_trouble->setText(troubles.join(u'\n'));
    if (!state.over)
        m_tick->start();
    showClock();
}

void WatchStrip::showClock()
{
    if (!m_state)
        return;
    const desk::WatchState& state = *m_state;
    QString text
        = state.looks == 0 ? tr("No look yet.") : tr("Last look %1.").arg(words::when(state.seen.until));
    if (state.nextLook) {
        const auto left = std::max<qint64>(0, state.nextLook->count() - m_told.elapsed());
        text += u' ' + tr("Next look in %1.").arg(clockText(std::chrono::seconds(left / 1000)));
    }
    if (state.reconnected > 0)
        text += u' ' + tr("Connected anew %Ln time(s).", nullptr, int(state.reconnected));
    m_clock->setText(text);
}

} // namespace sluicegate::readinessscreen
