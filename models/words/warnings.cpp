// SPDX-License-Identifier: GPL-3.0-or-later
// What the operator should know about the evidence before trusting the verdict.
#include "models/words/amounts.h"

#include "models/words/words.h"

#include <QCoreApplication>

namespace sluicegate::words {

namespace {

using namespace std::chrono_literals;
using triage::Analysis;

struct Warnings {
    Q_DECLARE_TR_FUNCTIONS(Warning)
};

void aboutNotice(const Analysis& analysis, QStringList& out)
{
    if (!analysis.notice) {
        out << Warnings::tr("No notice was given: the suspects are ranked by the evidence alone.");
        return;
    }
    const notice::Notice& notice = *analysis.notice;
    if (notice.ids.empty())
        out << Warnings::tr("The notice names no Message-ID: the suspects are ranked by the evidence alone.");
    if (notice.detected && !notice.detectedHasZone)
        out << Warnings::tr("The time in the notice has no time zone and was read as UTC: %1.")
                   .arg(when(*notice.detected));
    for (const std::string& warning : notice.warnings)
        out << inert(warning);
    if (const auto missing = analysis.verdict.unexplained.size(); missing > 0 && analysis.log)
        out << Warnings::tr("%Ln noticed Message-ID(s) not in the log.", nullptr, number(missing));
}

void aboutRange(const Analysis& analysis, QStringList& out)
{
    const maillog::Summary& log = analysis.log->summary();
    const auto detected = analysis.notice ? analysis.notice->detected : std::nullopt;
    if (detected && log.from && *detected < *log.from)
        out << Warnings::tr(
            "The log begins at %1, after the time in the notice (%2): what happened before is not seen.")
                   .arg(when(*log.from), when(*detected));
    if (detected && log.to && *detected > *log.to + 1h)
        out << Warnings::tr(
            "The log ends at %1, before the time in the notice (%2): what happened after is not seen.")
                   .arg(when(*log.to), when(*detected));
}

bool hasLocalStamps(const maillog::History& log)
{
    if (log.size() == 0)
        return false;
    const auto lines = log.journey(0).lines();
    const std::string_view text = lines.empty() ? std::string_view() : log.lineText(lines.front());
    return !text.empty() && (text.front() < '0' || text.front() > '9'); // "Nov 23 09:44:08", not RFC 3339
}

void aboutLog(const Analysis& analysis, QStringList& out)
{
    if (!analysis.log) {
        out << Warnings::tr("There is no mail log among the evidence.");
        return;
    }
    aboutRange(analysis, out);
    const maillog::Summary& log = analysis.log->summary();
    if (log.unparsed * 100 > log.lines)
        out << Warnings::tr("%1 of %2 lines of the log are not mail log lines and were left out.")
                   .arg(log.unparsed)
                   .arg(log.lines);
    if (!analysis.bundle.clock.zone && hasLocalStamps(*analysis.log))
        out << Warnings::tr("The server's time zone is not known: its log times were read as UTC.");
}

void aboutClock(const Analysis& analysis, QStringList& out)
{
    const evidence::Clock& clock = analysis.bundle.clock;
    if (!clock.server || !clock.here)
        return;
    const auto skew = std::chrono::round<std::chrono::seconds>(*clock.server - *clock.here);
    if (skew > 30s)
        out << Warnings::tr(
            "The server's clock is ahead by %1: its log times are later than they really were.")
                   .arg(span(skew));
    if (skew < -30s)
        out << Warnings::tr(
            "The server's clock is behind by %1: its log times are earlier than they really were.")
                   .arg(span(skew));
}

void aboutItems(const Analysis& analysis, QStringList& out)
{
    for (const evidence::Item& item : analysis.bundle.items) {
        if (!item.complete)
            out << (item.note.empty()
                    ? Warnings::tr("%1 is incomplete.").arg(inert(item.path))
                    : Warnings::tr("%1 is incomplete: %2").arg(inert(item.path), inert(item.note)));
    }
    for (const base::Failure& trouble : analysis.troubles)
        out << sentence(trouble);
    for (const std::string& warning : analysis.bundle.warnings)
        out << inert(warning);
    if (!analysis.queueKnown)
        out << Warnings::tr("There is no listing of the mail queue: what still waits there is not known.");
}

} // namespace

QStringList warnings(const Analysis& analysis)
{
    constexpr qsizetype most = 60;
    QStringList out;
    aboutNotice(analysis, out);
    aboutLog(analysis, out);
    aboutClock(analysis, out);
    aboutItems(analysis, out);
    out.removeDuplicates();
    if (out.size() > most) {
        const auto more = out.size() - most;
        out.resize(most);
        out << Warnings::tr("%Ln more warning(s) of this kind.", nullptr, int(more));
    }
    return out;
}

} // namespace sluicegate::words
