// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/verdicttext.h"

#include "models/words/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace sluicegate::app {

namespace {

using attribution::Clue;
using attribution::Suspect;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(VerdictText)
};

constexpr std::size_t suspectsShown = 5;
constexpr std::size_t linesShown = 2;
constexpr std::size_t idsShown = 20;
constexpr qsizetype lineLength = 220;

QString evidenceOf(const Clue& clue)
{
    QString out;
    for (std::size_t i = 0; i < std::min(clue.evidence.size(), linesShown); ++i) {
        const base::EvidenceLine& line = clue.evidence[i];
        QString text = words::inert(line.text);
        if (text.size() > lineLength)
            text = text.left(lineLength) + u'\u2026';
        out += QStringLiteral("            %1:%2  %3\n")
                   .arg(words::inert(line.file))
                   .arg(line.line)
                   .arg(text);
    }
    return out;
}

QString cluesOf(const Suspect& suspect, bool against)
{
    std::vector<const Clue*> clues;
    for (const Clue& clue : suspect.clues) {
        if ((clue.weight < 0) == against)
            clues.push_back(&clue);
    }
    std::ranges::stable_sort(
        clues, std::ranges::greater {}, [](const Clue* clue) { return std::abs(clue->weight); });
    QString out;
    for (const Clue* clue : clues)
        out += QStringLiteral("      %1%2  %3\n")
                   .arg(QLatin1Char(clue->weight < 0 ? '-' : '+'))
                   .arg(std::abs(clue->weight), 0, 'f', 1)
                   .arg(words::text(*clue))
            + evidenceOf(*clue);
    return out;
}

QString figuresOf(const Suspect& suspect)
{
    QString out = QStringLiteral("   ")
        + Text::tr("%1; sent %2, deferred %3, bounced %4, rejected %5; waiting in the queue: %6")
              .arg(words::counts(suspect))
              .arg(suspect.sent)
              .arg(suspect.deferred)
              .arg(suspect.bounced)
              .arg(suspect.rejected)
              .arg(suspect.queueIds.size())
        + u'\n';
    if (suspect.first && suspect.last)
        out += QStringLiteral("   ")
            + Text::tr("from %1 to %2").arg(words::when(*suspect.first), words::when(*suspect.last)) + u'\n';
    return out;
}

QString suspectOf(const Suspect& suspect)
{
    QString out
        = QStringLiteral("%1. %2 - %3, %4\n")
              .arg(suspect.rank)
              .arg(words::name(suspect.source), words::name(suspect.cause), words::name(suspect.confidence))
        + figuresOf(suspect);
    if (const QString reasons = cluesOf(suspect, false); !reasons.isEmpty())
        out += QStringLiteral("   ") + Text::tr("For:") + u'\n' + reasons;
    if (const QString reasons = cluesOf(suspect, true); !reasons.isEmpty())
        out += QStringLiteral("   ") + Text::tr("Against:") + u'\n' + reasons;
    return out + u'\n';
}

QString listed(const QString& heading, const QStringList& texts)
{
    if (texts.isEmpty())
        return {};
    QString out = heading + u'\n';
    for (const QString& text : texts)
        out += QStringLiteral("  - ") + text + u'\n';
    return out + u'\n';
}

QString missingOf(const triage::Analysis& analysis)
{
    const auto& missing = analysis.verdict.unexplained;
    QStringList ids;
    for (std::size_t i = 0; i < std::min(missing.size(), idsShown); ++i)
        ids << words::inert(missing[i].value);
    if (missing.size() > idsShown)
        ids << Text::tr("and %Ln more", nullptr, int(missing.size() - idsShown));
    return listed(Text::tr("Noticed messages that are not in the log:"), ids)
        + listed(Text::tr("Why that may be, most likely reason first:"), words::whyMissing(analysis));
}

QString queueOf(const triage::Analysis& analysis)
{
    if (!analysis.queueKnown)
        return {};
    std::map<attribution::Doubt, std::size_t> undecided;
    for (const attribution::Undecided& each : analysis.verdict.undecidedQueue)
        ++undecided[each.why];
    QString out = Text::tr("Queue: %1 in all, %2 of the suspects, %3 to be kept.")
                      .arg(analysis.facts.queue.size())
                      .arg(analysis.verdict.suspectQueue.size())
                      .arg(analysis.verdict.keepQueue.size())
        + u'\n';
    for (const auto& [why, count] : undecided)
        out += QStringLiteral("  - ")
            + Text::tr("%1 of the kept are undecided: %2.").arg(count).arg(words::reason(why)) + u'\n';
    return out + u'\n';
}

} // namespace

QString verdictText(const triage::Analysis& analysis)
{
    const auto& suspects = analysis.verdict.suspects;
    QString out = words::sentence(analysis.verdict) + QStringLiteral("\n\n");
    for (std::size_t i = 0; i < std::min(suspects.size(), suspectsShown); ++i)
        out += suspectOf(suspects[i]);
    if (suspects.size() > suspectsShown)
        out += Text::tr("and %Ln more suspect(s); --json names all.", nullptr,
                   int(suspects.size() - suspectsShown))
            + QStringLiteral("\n\n");
    if (!suspects.empty())
        out += listed(Text::tr("What shuts the first one down:"), words::nextSteps(suspects.front()));
    out += queueOf(analysis) + missingOf(analysis)
        + listed(Text::tr("To be kept in mind:"), words::warnings(analysis));
    while (out.endsWith(QStringLiteral("\n\n")))
        out.chop(1);
    return out;
}

} // namespace sluicegate::app
