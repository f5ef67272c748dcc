// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/timeline/axis.h"

#include <QDateTime>
#include <QTimeZone>

#include <array>

namespace sluicegate::timeline {

namespace {

constexpr std::array<qint64, 17> Steps {
    1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86400};

qint64 stepFor(double seconds, int most)
{
    for (const qint64 step : Steps) {
        if (seconds / double(step) <= most)
            return step;
    }
    qint64 step = Steps.back();
    while (seconds / double(step) > most)
        step *= 2;
    return step;
}

} // namespace

std::vector<Tick> ticks(base::Instant from, base::Instant until, int most)
{
    const auto first = std::chrono::ceil<std::chrono::seconds>(from).time_since_epoch().count();
    const auto last = std::chrono::floor<std::chrono::seconds>(until).time_since_epoch().count();
    const qint64 step = stepFor(std::max(1.0, double(last - first)), std::max(most, 1));
    std::vector<Tick> result;
    QDate day;
    for (qint64 at = (first + step - 1) / step * step; at <= last; at += step) {
        const QDateTime time = QDateTime::fromSecsSinceEpoch(at, QTimeZone::UTC);
        const QString clock = time.toString(step < 60 ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm"));
        const QString date = time.toString(QStringLiteral("MM-dd"));
        result.push_back({base::Instant(std::chrono::seconds(at)),
            step >= 86400            ? date
                : time.date() == day ? clock
                                     : date + u' ' + clock});
        day = time.date();
    }
    return result;
}

} // namespace sluicegate::timeline
