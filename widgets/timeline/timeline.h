// SPDX-License-Identifier: GPL-3.0-or-later
// Messages over time, painted by itself: one lane for each suspect, brush is filter, wheel zooms the plot
// only.
#pragma once

#include "models/items/timelanes.h"

#include <QWidget>

#include <memory>
#include <optional>
#include <vector>

namespace sluicegate::timeline {

struct Range {
    base::Instant from {};
    base::Instant until {};
    bool operator==(const Range&) const = default;
};

/// Something that happened at one moment, named above the plot.
struct Mark {
    enum class Kind { Notice, Shut };
    base::Instant at {};
    Kind kind = Kind::Notice;
    bool operator==(const Mark&) const = default;
};

/// How a bar's height follows its count: by the root one burst does not flatten the rest.
enum class Scale { Root, Linear };

class Timeline : public QWidget {
    Q_OBJECT
public:
    explicit Timeline(QWidget* parent = nullptr);

    void setLanes(std::shared_ptr<const items::TimeLanes> lanes, QStringList names);
    void setBrush(std::optional<Range> brush);
    void setMarks(std::vector<Mark> marks);
    void setScale(Scale scale);
    Scale scale() const { return m_scale; }
    void setSelected(std::optional<base::Instant> at);
    /// The plot in words, for those who do not see it.
    QString summary() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// nullopt: the brush was removed.
    void brushed(std::optional<sluicegate::timeline::Range> range);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    QRect plot() const;
    QRect laneRect(std::size_t lane) const;
    double position(base::Instant at) const;
    base::Instant instant(double x) const;
    void count();
    void zoom(double factor, double x);
    void reset();
    void finishBrush(std::optional<Range> range);
    QString hoverText(QPoint at) const;
    void paintLane(QPainter& painter, std::size_t lane) const;
    void paintLegend(QPainter& painter) const;
    void paintAxis(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintSilences(QPainter& painter) const;
    void paintMarkNames(QPainter& painter) const;

    std::shared_ptr<const items::TimeLanes> m_lanes;
    QStringList m_names;
    Range m_view;
    std::optional<Range> m_brush;
    std::vector<Mark> m_marks;
    Scale m_scale = Scale::Root;
    std::optional<base::Instant> m_selected;
    std::optional<double> m_dragFrom;
    std::optional<base::Instant> m_cursor; // keyboard's place
    std::vector<std::vector<items::Counts>> m_bins; // by lane
    std::uint32_t m_highest = 0;
};

} // namespace sluicegate::timeline
