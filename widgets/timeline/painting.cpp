// SPDX-License-Identifier: GPL-3.0-or-later
// How the timeline is drawn.
#include "models/items/cells.h"
#include "widgets/common/marks.h"
#include "widgets/common/theme.h"
#include "widgets/timeline/axis.h"
#include "widgets/timeline/timeline.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace sluicegate::timeline {

using common::Step;
using common::theme;

namespace {

// Stacked from the bottom: what was delivered is the base, what failed stands on top.
constexpr std::array<items::Outcome, items::OutcomeCount> Stack {items::Outcome::Sent, items::Outcome::Open,
    items::Outcome::Deferred, items::Outcome::Bounced, items::Outcome::Rejected};
constexpr int BarWidth = 3;

QColor colour(Mark::Kind kind)
{
    return kind == Mark::Kind::Notice ? theme().bad : theme().good;
}

} // namespace

void Timeline::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(plot(), theme().surface);
    if (!m_lanes || m_lanes->empty()) {
        painter.setPen(theme().muted);
        painter.drawText(rect(), Qt::AlignCenter, tr("No messages to show over time yet."));
        return;
    }
    paintSilences(painter);
    for (std::size_t lane = 0; lane < m_lanes->lanes.size(); ++lane)
        paintLane(painter, lane);
    paintLegend(painter);
    paintAxis(painter);
    paintMarks(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(theme().accent, 1));
        painter.drawRect(plot().adjusted(0, 0, -1, -1));
    }
}

void Timeline::paintLane(QPainter& painter, std::size_t lane) const
{
    const QRect place = laneRect(lane);
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    const QRect names = rightToLeft
        ? QRect(plot().right() + Step, place.top(), width() - plot().right() - Step, place.height())
        : QRect(0, place.top(), plot().left() - Step, place.height());
    const int rank = m_lanes->lanes[lane].rank;
    painter.setPen(rank > 0 ? theme().text : theme().muted);
    painter.setFont(common::smallFont(font()));
    // A suspect's lane shows what was judged spam; its other messages stand with the rest.
    const QString size = QLocale().toString(m_lanes->lanes[lane].size());
    const QString counted = rank > 0 ? tr("%1 spam").arg(size) : size;
    const int countWidth = painter.fontMetrics().horizontalAdvance(counted);
    const QRect nameRect = rightToLeft ? names.adjusted(countWidth + Step, 0, 0, 0)
                                       : names.adjusted(0, 0, -countWidth - Step, 0);
    painter.drawText(nameRect, Qt::AlignVCenter | Qt::AlignLeading,
        painter.fontMetrics().elidedText(m_names.value(int(lane)), Qt::ElideMiddle, nameRect.width()));
    painter.setPen(theme().muted);
    painter.drawText(names, Qt::AlignVCenter | Qt::AlignTrailing, counted);
    painter.setPen(theme().border);
    painter.drawLine(place.bottomLeft(), place.bottomRight());
    if (m_highest == 0)
        return;
    const std::vector<items::Counts>& bins = m_bins[lane];
    const double room = place.height() - 4;
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
        const std::uint32_t all = items::total(bins[bin]);
        if (all == 0)
            continue;
        // The whole bar follows the scale, its parts share it in proportion: a stack on a bent scale would
        // lie.
        const double part = double(all) / double(m_highest);
        const double height = std::max(2.0, (m_scale == Scale::Root ? std::sqrt(part) : part) * room);
        double bottom = place.bottom();
        for (const items::Outcome outcome : Stack) {
            const double share = height * bins[bin][std::size_t(outcome)] / all;
            painter.fillRect(
                QRectF(place.left() + int(bin) * BarWidth, bottom - share, BarWidth - 0.5, share),
                theme().outcome(outcome));
            bottom -= share;
        }
    }
}

void Timeline::paintLegend(QPainter& painter) const
{
    painter.setFont(common::smallFont(font()));
    int x = layoutDirection() == Qt::RightToLeft ? plot().right() + Step : 0;
    for (const items::Outcome outcome :
        {items::Outcome::Sent, items::Outcome::Deferred, items::Outcome::Bounced}) {
        const QString text = items::outcomeName(outcome);
        painter.fillRect(x, height() - 12, 8, 8, theme().outcome(outcome));
        painter.setPen(theme().muted);
        painter.drawText(QPointF(x + 12, height() - 4), text);
        x += 12 + painter.fontMetrics().horizontalAdvance(text) + Step + Step / 2;
    }
}

void Timeline::paintAxis(QPainter& painter) const
{
    painter.setFont(common::smallFont(font()));
    const int textWidth
        = painter.fontMetrics().horizontalAdvance(QStringLiteral("00-00 00:00:00")) + 2 * Step;
    double free = 0;
    for (const Tick& tick : ticks(m_view.from, m_view.until, plot().width() / textWidth)) {
        const double x = position(tick.at);
        painter.setPen(theme().border);
        painter.drawLine(QPointF(x, plot().bottom()), QPointF(x, plot().bottom() + 4));
        const double width = painter.fontMetrics().horizontalAdvance(tick.text);
        const double left = std::clamp(x - width / 2, double(plot().left()), double(this->width()) - width);
        if (left < free)
            continue;
        painter.setPen(theme().muted);
        painter.drawText(QPointF(left, height() - 4), common::isolated(tick.text));
        free = left + width + Step;
    }
}

void Timeline::paintMarks(QPainter& painter) const
{
    const auto line = [&](base::Instant at, const QPen& pen) {
        if (at < m_view.from || at > m_view.until)
            return;
        painter.setPen(pen);
        painter.drawLine(QPointF(position(at), plot().top()), QPointF(position(at), plot().bottom()));
    };
    if (m_brush) {
        const double left = std::max(position(m_brush->from), double(plot().left()));
        const double right = std::min(position(m_brush->until), double(plot().right()));
        QColor wash = theme().accent;
        wash.setAlpha(48);
        if (right > left) {
            painter.fillRect(QRectF(left, plot().top(), right - left, plot().height()), wash);
            line(m_brush->from, QPen(theme().accent, 1));
            line(m_brush->until, QPen(theme().accent, 1));
        }
    }
    for (const Mark& mark : m_marks)
        line(mark.at, QPen(colour(mark.kind), 1.5, Qt::DashLine));
    if (m_selected)
        line(*m_selected, QPen(theme().text, 2));
    if (m_cursor && hasFocus())
        line(*m_cursor, QPen(theme().accent, 2, Qt::DotLine));
    paintMarkNames(painter);
}

// Above whatever crosses them; one below the other where they would meet.
void Timeline::paintMarkNames(QPainter& painter) const
{
    painter.setFont(common::smallFont(font()));
    const int height = painter.fontMetrics().height();
    std::vector<QRectF> taken;
    for (const Mark& mark : m_marks) {
        if (mark.at < m_view.from || mark.at > m_view.until)
            continue;
        const QString text = mark.kind == Mark::Kind::Notice ? tr("notice") : tr("shut down");
        const int width = painter.fontMetrics().horizontalAdvance(text);
        const double x = position(mark.at);
        const bool fits = x + width + Step < plot().right();
        QRectF place(fits ? x + 3 : x - width - 5, plot().top(), width + 2, height);
        while (std::ranges::any_of(taken, [&](const QRectF& other) { return other.intersects(place); }))
            place.translate(0, height);
        taken.push_back(place);
        painter.fillRect(place, theme().surface);
        painter.setPen(colour(mark.kind));
        painter.drawText(place, Qt::AlignCenter, text);
    }
}

void Timeline::paintSilences(QPainter& painter) const
{
    for (const items::Silence& silence : m_lanes->silences) {
        const double left = std::max(position(silence.from), double(plot().left()));
        const double right = std::min(position(silence.until), double(plot().right()));
        if (right - left > BarWidth)
            painter.fillRect(QRectF(left, plot().top(), right - left, plot().height()),
                QBrush(theme().border, Qt::BDiagPattern));
    }
}

} // namespace sluicegate::timeline
