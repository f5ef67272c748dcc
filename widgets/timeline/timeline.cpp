// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/timeline.h"

#include "models/items/cells.h"
#include "widgets/common/theme.h"
#include "widgets/timeline/axis.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMenu>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>

namespace sluicegate::timeline {

using common::Step;

namespace {

constexpr int Names = 30 * Step;
constexpr int AxisHeight = 20;
constexpr int BarWidth = 3;
constexpr auto Shortest = std::chrono::seconds(2);

} // namespace

Timeline::Timeline(QWidget* parent) : QWidget(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setObjectName(QStringLiteral("timeline"));
    setAccessibleName(tr("Timeline"));
}

QSize Timeline::sizeHint() const
{
    const int lanes = m_lanes ? int(m_lanes->lanes.size()) : 1;
    return {60 * Step, AxisHeight + std::clamp(lanes, 2, 7) * 4 * Step};
}

QSize Timeline::minimumSizeHint() const
{
    return {40 * Step, sizeHint().height()};
}

void Timeline::setLanes(std::shared_ptr<const items::TimeLanes> lanes, QStringList names)
{
    m_lanes = std::move(lanes);
    m_names = std::move(names);
    m_cursor.reset();
    reset();
    updateGeometry();
    setAccessibleDescription(summary());
}

void Timeline::setBrush(std::optional<Range> brush)
{
    m_brush = brush;
    update();
}

void Timeline::setMarks(std::vector<Mark> marks)
{
    m_marks = std::move(marks);
    update();
}

void Timeline::setScale(Scale scale)
{
    m_scale = scale;
    update();
}

void Timeline::setSelected(std::optional<base::Instant> at)
{
    m_selected = at;
    update();
}

QRect Timeline::plot() const
{
    const QRect inside = rect().adjusted(Names, 0, -Step, -AxisHeight);
    return layoutDirection() == Qt::RightToLeft ? inside.translated(Step - Names, 0) : inside;
}

QRect Timeline::laneRect(std::size_t lane) const
{
    const QRect all = plot();
    const int lanes = int(m_lanes->lanes.size());
    const int top = all.top() + all.height() * int(lane) / lanes;
    const int bottom = all.top() + all.height() * int(lane + 1) / lanes;
    return {all.left(), top, all.width(), bottom - top};
}

double Timeline::position(base::Instant at) const
{
    const double part = double((at - m_view.from).count()) / double((m_view.until - m_view.from).count());
    return plot().left() + part * plot().width();
}

base::Instant Timeline::instant(double x) const
{
    const double part = std::clamp((x - plot().left()) / std::max(1, plot().width()), 0.0, 1.0);
    return m_view.from
        + std::chrono::microseconds(std::int64_t(part * double((m_view.until - m_view.from).count())));
}

void Timeline::count()
{
    m_bins.clear();
    m_highest = 0;
    if (!m_lanes || m_lanes->empty())
        return;
    for (const items::Lane& lane : m_lanes->lanes) {
        m_bins.push_back(lane.bins(m_view.from, m_view.until, std::max(1, plot().width() / BarWidth)));
        for (const items::Counts& counts : m_bins.back())
            m_highest = std::max(m_highest, items::total(counts));
    }
    update();
}

void Timeline::reset()
{
    if (m_lanes && !m_lanes->empty()) {
        // Some room on both sides, so that the first and last bars do not stick to the edge.
        const auto margin = std::max<std::chrono::microseconds>(
            (m_lanes->until - m_lanes->from) / 50, std::chrono::seconds(5));
        m_view = {m_lanes->from - margin, m_lanes->until + margin};
    }
    count();
}

void Timeline::zoom(double factor, double x)
{
    if (!m_lanes || m_lanes->empty())
        return;
    const base::Instant at = instant(x);
    const auto scaled = [&](base::Instant edge) {
        return at + std::chrono::microseconds(std::int64_t(double((edge - at).count()) * factor));
    };
    const Range wanted {scaled(m_view.from), scaled(m_view.until)};
    if (wanted.until - wanted.from < Shortest)
        return;
    if (wanted.until - wanted.from > (m_lanes->until - m_lanes->from) * 11 / 10 + std::chrono::seconds(10))
        return reset();
    m_view = wanted;
    count();
}

void Timeline::finishBrush(std::optional<Range> range)
{
    m_brush = range;
    update();
    Q_EMIT brushed(range);
}

void Timeline::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_lanes && !m_lanes->empty())
        m_dragFrom = event->position().x();
}

void Timeline::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragFrom)
        return;
    const auto [left, right] = std::minmax({*m_dragFrom, event->position().x()});
    if (right - left >= BarWidth)
        setBrush(Range {instant(left), instant(right)});
}

void Timeline::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_dragFrom || event->button() != Qt::LeftButton)
        return;
    const auto [left, right] = std::minmax({*m_dragFrom, event->position().x()});
    m_dragFrom.reset();
    if (right - left >= BarWidth)
        finishBrush(Range {instant(left), instant(right)});
    else if (m_brush)
        finishBrush(std::nullopt);
}

void Timeline::mouseDoubleClickEvent(QMouseEvent*)
{
    reset();
}

void Timeline::wheelEvent(QWheelEvent* event)
{
    const int steps = event->angleDelta().y();
    if (steps != 0)
        zoom(steps > 0 ? 0.8 : 1.25, event->position().x());
    event->accept();
}

void Timeline::keyPressEvent(QKeyEvent* event)
{
    if (!m_lanes || m_lanes->empty())
        return QWidget::keyPressEvent(event);
    const auto nudge = (m_view.until - m_view.from) / 50;
    const base::Instant cursor = m_cursor.value_or(m_view.from);
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    const auto move = [&](base::Instant to) {
        m_cursor = std::clamp(to, m_view.from, m_view.until);
        if (extend)
            finishBrush(to > cursor ? Range {m_brush ? m_brush->from : cursor, *m_cursor}
                                    : Range {*m_cursor, m_brush ? m_brush->until : cursor});
        update();
    };
    switch (event->key()) {
    case Qt::Key_Right:
        return move(cursor + nudge);
    case Qt::Key_Left:
        return move(cursor - nudge);
    case Qt::Key_Plus:
        return zoom(0.8, position(cursor));
    case Qt::Key_Minus:
        return zoom(1.25, position(cursor));
    case Qt::Key_0:
        return reset();
    case Qt::Key_S:
        return setScale(m_scale == Scale::Root ? Scale::Linear : Scale::Root);
    case Qt::Key_Escape:
        if (m_brush)
            return finishBrush(std::nullopt);
        [[fallthrough]];
    default:
        QWidget::keyPressEvent(event);
    }
}

void Timeline::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu;
    QAction* linear = menu.addAction(tr("&Linear scale"));
    linear->setCheckable(true);
    linear->setChecked(m_scale == Scale::Linear);
    QAction* all = menu.addAction(tr("Show the &whole time"));
    QAction* clear = menu.addAction(tr("&Remove the time filter"));
    clear->setEnabled(m_brush.has_value());
    const QAction* chosen = menu.exec(event->globalPos());
    if (chosen == linear)
        setScale(linear->isChecked() ? Scale::Linear : Scale::Root);
    else if (chosen == all)
        reset();
    else if (chosen == clear)
        finishBrush(std::nullopt);
}

void Timeline::resizeEvent(QResizeEvent*)
{
    count();
}

bool Timeline::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), hoverText(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

QString Timeline::hoverText(QPoint at) const
{
    if (!m_lanes || m_lanes->empty() || !plot().contains(at))
        return {};
    const std::size_t lane
        = std::min(std::size_t((at.y() - plot().top()) * int(m_bins.size()) / std::max(1, plot().height())),
            m_bins.size() - 1);
    const std::vector<items::Counts>& bins = m_bins[lane];
    const std::size_t bin = std::min(
        std::size_t(std::size_t(at.x() - plot().left()) * bins.size() / std::size_t(plot().width())),
        bins.size() - 1);
    const auto width = (m_view.until - m_view.from) / std::int64_t(bins.size());
    const base::Instant from = m_view.from + width * std::int64_t(bin);
    const base::Instant pointed = instant(at.x());
    for (const items::Silence& silence : m_lanes->silences) {
        if (pointed > silence.from && pointed < silence.until)
            return tr("No message at all from %1.\nA file of the log is missing, or the server stood still.")
                .arg(items::rangeText(silence.from, silence.until));
    }
    QStringList lines {m_names.value(int(lane)), items::rangeText(from, from + width),
        tr("%n message(s)", nullptr, int(items::total(bins[bin])))};
    for (std::size_t outcome = 0; outcome < bins[bin].size(); ++outcome) {
        if (bins[bin][outcome] > 0)
            lines += tr("%1: %2")
                         .arg(items::outcomeName(items::Outcome(outcome)))
                         .arg(QLocale().toString(bins[bin][outcome]));
    }
    return lines.join(u'\n');
}

QString Timeline::summary() const
{
    if (!m_lanes || m_lanes->empty())
        return tr("No messages.");
    QStringList parts {items::rangeText(m_lanes->from, m_lanes->until)};
    for (std::size_t lane = 0; lane < m_lanes->lanes.size(); ++lane)
        parts += tr("%1: %n message(s)", nullptr, int(m_lanes->lanes[lane].size()))
                     .arg(m_names.value(int(lane)));
    for (const items::Silence& silence : m_lanes->silences)
        parts += tr("no message from %1").arg(items::rangeText(silence.from, silence.until));
    return parts.join(tr("; "));
}

} // namespace sluicegate::timeline
