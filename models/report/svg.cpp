// SPDX-License-Identifier: GPL-3.0-or-later
// The timeline drawn by hand: stacked bars on a linear scale (stacked on a logarithmic one they would lie).
#include "models/report/timeline.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace sluicegate::report {

namespace {

struct Picture {
    Q_DECLARE_TR_FUNCTIONS(Timeline)
};

constexpr double width = 960;
constexpr double height = 250;
constexpr double left = 56;
constexpr double right = 10;
constexpr double top = 22;
constexpr double bottom = 34;
constexpr double plotWidth = width - left - right;
constexpr double plotHeight = height - top - bottom;

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

QString text(double x, double y, const char* anchor, const QString& words)
{
    return QStringLiteral("<text x=\"%1\" y=\"%2\" text-anchor=\"%3\">%4</text>\n")
        .arg(number(x), number(y), QLatin1StringView(anchor), words.toHtmlEscaped());
}

// 1, 2 or 5 times a power of ten, so that at most five lines stand above zero.
std::uint64_t stepFor(std::uint64_t highest)
{
    std::uint64_t power = 1;
    for (;; power *= 10) {
        for (const std::uint64_t factor : {1U, 2U, 5U}) {
            if (power * factor * 5 >= highest)
                return power * factor;
        }
    }
}

QString patterns(const triage::Analysis& analysis)
{
    static constexpr std::array<const char*, suspectLanes> marks {"",
        "<path d=\"M0 6L6 0\" stroke=\"#fff\" stroke-width=\"1.6\"/>",
        "<circle cx=\"3\" cy=\"3\" r=\"1.3\" fill=\"#fff\"/>"};
    QString out = QStringLiteral("<defs>");
    const auto& suspects = analysis.verdict.suspects;
    for (std::size_t i = 0; i < std::min(suspects.size(), suspectLanes); ++i)
        out += QStringLiteral("<pattern id=\"lane%1\" width=\"6\" height=\"6\" "
                              "patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" "
                              "fill=\"%2\"/>%3</pattern>")
                   .arg(QString::number(i), colour(suspects[i].cause), QLatin1StringView(marks.at(i)));
    return out + QStringLiteral("</defs>\n");
}

QString grid(std::uint64_t step, double perMessage)
{
    QString out;
    for (std::uint64_t value = 0; double(value) * perMessage <= plotHeight + 0.5; value += step) {
        const double y = top + plotHeight - double(value) * perMessage;
        out += QStringLiteral("<path d=\"M%1 %2H%3\" stroke=\"%4\"/>\n")
                   .arg(number(left), number(y), number(width - right),
                       value == 0 ? QStringLiteral("#8b929a") : QStringLiteral("#e3e6ea"));
        out += text(left - 8, y + 4, "end", QLocale().toString(qulonglong(value)));
    }
    return out;
}

QString bars(const Timeline& line, double perMessage)
{
    QString out;
    const double slot = plotWidth / double(line.bins.size());
    for (std::size_t b = 0; b < line.bins.size(); ++b) {
        const Bin& bin = line.bins[b];
        if (bin.total() == 0)
            continue;
        const std::uint64_t suspect = bin.total() - bin.messages[otherLane];
        out += QStringLiteral("<g><title>%1</title>")
                   .arg(Picture::tr("%1 UTC: %2 of suspects, %3 other")
                           .arg(stamp(line, b))
                           .arg(suspect)
                           .arg(bin.messages[otherLane])
                           .toHtmlEscaped());
        double y = top + plotHeight;
        for (std::size_t lane = 0; lane <= otherLane; ++lane) {
            const double tall = double(bin.messages.at(lane)) * perMessage;
            if (tall <= 0)
                continue;
            y -= tall;
            const QString fill
                = lane == otherLane ? QStringLiteral("#c3c8ce") : QStringLiteral("url(#lane%1)").arg(lane);
            out += QStringLiteral("<rect x=\"%1\" y=\"%2\" width=\"%3\" height=\"%4\" fill=\"%5\"/>")
                       .arg(number(left + slot * double(b) + slot * 0.08), QString::number(y, 'f', 2),
                           number(std::max(0.8, slot * 0.84)), QString::number(tall, 'f', 2), fill);
        }
        out += QStringLiteral("</g>\n");
    }
    return out;
}

QString times(const Timeline& line)
{
    QString out;
    const std::size_t every = std::max<std::size_t>(1, (line.bins.size() + 6) / 7);
    const double slot = plotWidth / double(line.bins.size());
    for (std::size_t b = 0; b < line.bins.size(); b += every) {
        const double x = left + slot * double(b);
        out += QStringLiteral("<path d=\"M%1 %2v5\" stroke=\"#8b929a\"/>")
                   .arg(number(x), number(top + plotHeight));
        // The last label would run out of the picture.
        if (x + 76 < width)
            out += text(x, top + plotHeight + 19, "start", stamp(line, b));
    }
    return out;
}

QString notice(const Timeline& line)
{
    if (!line.noticed)
        return {};
    const double share = double((*line.noticed - line.start).count())
        / double(std::chrono::microseconds(line.width).count()) / double(line.bins.size());
    const double x = left + plotWidth * share;
    const bool room = x < width - 120;
    return QStringLiteral("<path d=\"M%1 %2V%3\" stroke=\"#b00020\" stroke-width=\"1.5\" "
                          "stroke-dasharray=\"5 3\"/>\n<g fill=\"#b00020\">%4</g>\n")
        .arg(number(x), number(top - 8), number(top + plotHeight),
            text(room ? x + 5 : x - 5, top - 6, room ? "start" : "end", Picture::tr("Notice")));
}

} // namespace

QString svg(const triage::Analysis& analysis, const Timeline& line)
{
    const std::uint64_t highest = line.highest();
    if (line.empty() || highest == 0)
        return {};
    const std::uint64_t step = stepFor(highest);
    const std::uint64_t ceiling = (highest + step - 1) / step * step;
    const double perMessage = plotHeight / double(ceiling);
    const QString label = Picture::tr("Messages per %1, at most %2, from %3 to %4")
                              .arg(words::span(line.width))
                              .arg(highest)
                              .arg(words::when(line.start), words::when(line.startOf(line.bins.size())));
    return QStringLiteral("<svg viewBox=\"0 0 %1 %2\" role=\"img\" aria-label=\"%3\" font-size=\"12\" "
                          "fill=\"#4a5058\" xmlns=\"http://www.w3.org/2000/svg\">\n")
               .arg(QString::number(width), QString::number(height), label.toHtmlEscaped())
        + patterns(analysis) + grid(step, perMessage) + bars(line, perMessage) + times(line) + notice(line)
        + QStringLiteral("</svg>");
}

} // namespace sluicegate::report
