// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/document.h"

#include "models/report/report.h"
#include "models/words/conditions.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

namespace sluicegate::report {

namespace {

using attribution::Suspect;

struct Page {
    Q_DECLARE_TR_FUNCTIONS(Report)
};

QString count(std::uint64_t number)
{
    return QLocale().toString(qulonglong(number));
}

QString timeOrNothing(const std::optional<base::Instant>& at)
{
    return at ? words::when(*at) : QString();
}

// The template engine takes only lists of variants for true or false.
QVariantList listOf(const QStringList& texts)
{
    return {texts.begin(), texts.end()};
}

QString key(std::string_view name)
{
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

// The first `most` of a range as inert texts, and how many more there are.
template <typename Range, typename Text> QVariantHash bounded(const Range& range, qsizetype most, Text text)
{
    QVariantList shown;
    for (const auto& each : range) {
        if (shown.size() == most)
            break;
        shown << QVariant(text(each));
    }
    const auto more = qsizetype(std::ranges::size(range)) - shown.size();
    return {{QStringLiteral("list"), shown},
        {QStringLiteral("more"), more > 0 ? Page::tr("and %Ln more", nullptr, int(more)) : QString()}};
}

QVariantHash clueOf(const attribution::Clue& clue, const Bounds& bounds)
{
    const auto line = [](const base::EvidenceLine& each) {
        return QVariantHash {
            {QStringLiteral("where"), QString(words::inert(each.file) + u':' + QString::number(each.line))},
            {QStringLiteral("text"), words::inert(each.text)}};
    };
    return {
        {QStringLiteral("text"), words::text(clue)},
        {QStringLiteral("rule"), words::inert(clue.rule)},
        {QStringLiteral("weight"),
            QString(
                (clue.weight < 0 ? u'\u2212' : u'+') + QLocale().toString(std::abs(clue.weight), 'f', 1))},
        {QStringLiteral("evidence"), bounded(clue.evidence, bounds.evidenceLines, line)},
    };
}

// Strongest first.
QVariantList cluesOf(const Suspect& suspect, const Bounds& bounds, bool against)
{
    std::vector<const attribution::Clue*> clues;
    for (const attribution::Clue& clue : suspect.clues) {
        if ((clue.weight < 0) == against)
            clues.push_back(&clue);
    }
    std::ranges::stable_sort(
        clues, std::ranges::greater {}, [](const auto* clue) { return std::abs(clue->weight); });
    QVariantList list;
    for (const attribution::Clue* clue : clues)
        list << clueOf(*clue, bounds);
    return list;
}

QVariantList figuresOf(const Suspect& suspect, const QVariantHash& say)
{
    const auto figure = [&say](const char* label, const QString& value) {
        return QVariantHash {{QStringLiteral("label"), say.value(QString::fromLatin1(label))},
            {QStringLiteral("value"), value}};
    };
    return {
        figure("messages", count(suspect.messages)),
        figure("recipients", count(suspect.recipients)),
        figure("sent", count(suspect.sent)),
        figure("deferred", count(suspect.deferred)),
        figure("bounced", count(suspect.bounced)),
        figure("rejected", count(suspect.rejected)),
        figure("waiting", count(suspect.queueIds.size())),
    };
}

QVariantHash suspectOf(const Suspect& suspect, const Bounds& bounds, const QVariantHash& say)
{
    const auto inert = [](const std::string& text) { return words::inert(text); };
    const auto valueOf = [](const base::MessageId& id) { return words::inert(id.value); };
    return {
        {QStringLiteral("rank"), suspect.rank},
        {QStringLiteral("cause"), words::name(suspect.cause)},
        {QStringLiteral("causeKey"), key(attribution::name(suspect.cause))},
        {QStringLiteral("colour"), colour(suspect.cause)},
        {QStringLiteral("confidence"), words::name(suspect.confidence)},
        {QStringLiteral("confidenceKey"), key(attribution::name(suspect.confidence))},
        {QStringLiteral("source"), words::name(suspect.source)},
        {QStringLiteral("meaning"), words::meaning(suspect)},
        {QStringLiteral("counts"), words::counts(suspect)},
        {QStringLiteral("figures"), figuresOf(suspect, say)},
        {QStringLiteral("first"), timeOrNothing(suspect.first)},
        {QStringLiteral("last"), timeOrNothing(suspect.last)},
        {QStringLiteral("clients"), bounded(suspect.clients, 12, inert)},
        {QStringLiteral("noticed"), bounded(suspect.noticedIds, bounds.ids, valueOf)},
        {QStringLiteral("for"), cluesOf(suspect, bounds, false)},
        {QStringLiteral("against"), cluesOf(suspect, bounds, true)},
        {QStringLiteral("steps"), listOf(words::nextSteps(suspect))},
    };
}

QVariantList suspectsOf(const triage::Analysis& analysis, const Bounds& bounds, const QVariantHash& say)
{
    QVariantList list;
    for (const Suspect& suspect : analysis.verdict.suspects) {
        if (list.size() < bounds.suspects)
            list << suspectOf(suspect, bounds, say);
    }
    return list;
}

QVariantHash row(const QString& label, const QString& value)
{
    return {{QStringLiteral("label"), label}, {QStringLiteral("value"), value}};
}

QVariant noticeOf(const triage::Analysis& analysis, const Bounds& bounds)
{
    if (!analysis.notice)
        return {};
    const notice::Notice& notice = *analysis.notice;
    QVariantList rows;
    if (!notice.server.empty())
        rows << row(Page::tr("Server"), words::inert(notice.server));
    QStringList parts;
    for (const std::string& ip : notice.ips)
        parts << words::inert(ip);
    if (!parts.isEmpty())
        rows << row(Page::tr("Address"), parts.join(QStringLiteral(", ")));
    if (notice.detected)
        rows << row(Page::tr("Detected"), words::when(*notice.detected));
    parts.clear();
    for (const int port : notice.ports)
        parts << QString::number(port);
    if (!parts.isEmpty())
        rows << row(Page::tr("Blocked ports"), parts.join(QStringLiteral(", ")));
    const auto& missing = analysis.verdict.unexplained;
    const auto id = [&](const notice::NoticedId& noticed) {
        const bool found = analysis.log && std::ranges::find(missing, noticed.id) == missing.end();
        return QVariantHash {{QStringLiteral("id"), words::inert(noticed.id.value)},
            {QStringLiteral("found"), found},
            {QStringLiteral("state"), found ? Page::tr("in the log") : Page::tr("not in the log")}};
    };
    return QVariantHash {
        {QStringLiteral("rows"), rows}, {QStringLiteral("ids"), bounded(notice.ids, bounds.ids, id)}};
}

QVariantHash binOf(const Timeline& line, std::size_t at, std::uint64_t highest, const QStringList& colours)
{
    const Bin& bin = line.bins[at];
    QVariantList parts;
    for (std::size_t lane = 0; lane <= otherLane; ++lane) {
        const auto messages = bin.messages.at(lane);
        if (messages > 0)
            parts << QVariantHash {{QStringLiteral("percent"), qMax(1, int(72 * messages / highest))},
                {QStringLiteral("colour"), colours.at(qsizetype(lane))}};
    }
    return {{QStringLiteral("time"), stamp(line, at)}, {QStringLiteral("parts"), parts},
        {QStringLiteral("suspect"), count(bin.total() - bin.messages[otherLane])},
        {QStringLiteral("total"), count(bin.total())}};
}

QVariant timelineIn(const triage::Analysis& analysis, const Bounds& bounds)
{
    const Timeline line = timelineOf(analysis, bounds.bins);
    if (line.empty() || line.highest() == 0)
        return {};
    QStringList colours;
    QVariantList legend;
    const auto& suspects = analysis.verdict.suspects;
    for (std::size_t i = 0; i < suspectLanes; ++i) {
        const bool there = i < suspects.size();
        colours << (there ? colour(suspects[i].cause) : QString());
        if (there)
            legend << QVariantHash {{QStringLiteral("name"), words::name(suspects[i].source)},
                {QStringLiteral("lane"), int(i)}, {QStringLiteral("colour"), colours.last()}};
    }
    colours << QStringLiteral("#c3c8ce");
    QVariantList bins;
    for (std::size_t i = 0; i < line.bins.size() && bounds.bins <= forPaper.bins; ++i)
        bins << binOf(line, i, line.highest(), colours);
    return QVariantHash {{QStringLiteral("svg"), svg(analysis, line)}, {QStringLiteral("bins"), bins},
        {QStringLiteral("legend"), legend},
        {QStringLiteral("scale"), Page::tr("Messages per %1; times are UTC.").arg(words::span(line.width))}};
}

QVariant queueOf(const triage::Analysis& analysis, const Bounds& bounds)
{
    if (!analysis.queueKnown)
        return {};
    std::unordered_map<std::string_view, const queue::Entry*> byId;
    for (const queue::Entry& entry : analysis.facts.queue)
        byId.emplace(entry.id.value, &entry);
    const auto entryOf = [&byId](const base::QueueId& id) {
        QVariantHash shown {{QStringLiteral("id"), words::inert(id.value)}};
        const auto found = byId.find(id.value);
        if (found == byId.end())
            return shown;
        const queue::Entry& entry = *found->second;
        shown[QStringLiteral("arrived")] = words::when(entry.arrival);
        shown[QStringLiteral("sender")]
            = entry.sender.empty() ? QStringLiteral("<>") : words::inert(entry.sender);
        shown[QStringLiteral("recipients")] = count(entry.recipients.size());
        shown[QStringLiteral("reason")]
            = entry.recipients.empty() ? QString() : words::inert(entry.recipients.front().reason).left(160);
        return shown;
    };
    const attribution::Verdict& verdict = analysis.verdict;
    std::map<attribution::Doubt, std::size_t> doubts;
    for (const attribution::Undecided& each : verdict.undecidedQueue)
        ++doubts[each.why];
    QVariantList undecided;
    for (const auto& [why, number] : doubts)
        undecided << Page::tr("%1 of the kept are undecided: %2.").arg(number).arg(words::reason(why));
    return QVariantHash {
        {QStringLiteral("undecided"), undecided},
        {QStringLiteral("total"), count(analysis.facts.queue.size())},
        {QStringLiteral("suspectCount"), count(verdict.suspectQueue.size())},
        {QStringLiteral("keepCount"), count(verdict.keepQueue.size())},
        {QStringLiteral("suspect"), bounded(verdict.suspectQueue, bounds.queue, entryOf)},
        {QStringLiteral("keep"), bounded(verdict.keepQueue, bounds.queue, entryOf)},
    };
}

QVariantHash manifestOf(const triage::Analysis& analysis, const Bounds& bounds)
{
    const auto item = [](const evidence::Item& each) {
        return QVariantHash {
            {QStringLiteral("path"), words::inert(each.path)},
            {QStringLiteral("size"), words::size(each.bytes)},
            {QStringLiteral("sha256"), words::inert(each.sha256)},
            {QStringLiteral("state"),
                each.complete ? Page::tr("whole") : Page::tr("incomplete: %1").arg(words::inert(each.note))},
        };
    };
    return bounded(analysis.bundle.items, bounds.manifest, item);
}

QString logLine(const triage::Analysis& analysis)
{
    if (!analysis.log)
        return Page::tr("none");
    const maillog::Summary& log = analysis.log->summary();
    if (!log.from || !log.to)
        return Page::tr("no dated line");
    return Page::tr("%1 to %2, lines: %3")
        .arg(words::when(*log.from), words::when(*log.to), count(log.lines));
}

} // namespace

QString title(const triage::Analysis& analysis)
{
    const std::string& named = !analysis.bundle.host.empty() ? analysis.bundle.host
        : analysis.notice                                    ? analysis.notice->server
                                                             : std::string();
    return named.empty() ? Page::tr("Source of spam")
                         : Page::tr("Source of spam on %1").arg(words::inert(named));
}

namespace {

QVariant gateOf(const readiness::Gate* gate, const QVariantHash& say)
{
    if (!gate)
        return {};
    QVariantList rows;
    for (const readiness::Condition& condition : gate->conditions)
        rows << QVariantHash {
            {QStringLiteral("name"), words::name(condition.id)},
            {QStringLiteral("state"), words::name(condition.state)},
            {QStringLiteral("text"), words::text(condition)},
            {QStringLiteral("asOf"), condition.asOf ? words::when(*condition.asOf) : QString()},
            {QStringLiteral("waived"), condition.waived ? words::waiver(*condition.waived) : QString()},
        };
    return QVariantHash {{QStringLiteral("ready"),
                             say.value(gate->permit ? QStringLiteral("ready") : QStringLiteral("notReady"))},
        {QStringLiteral("rows"), rows}};
}

} // namespace

QVariantHash documentOf(
    const triage::Analysis& analysis, const Bounds& bounds, const readiness::Gate* gate, Remarks remarks)
{
    const QVariantHash say = labels();
    const auto& suspects = analysis.verdict.suspects;
    const bool named = !suspects.empty() && analysis.verdict.situation == attribution::Situation::Named;
    QStringList warnings = words::warnings(analysis);
    warnings.resize(qMin(warnings.size(), bounds.warnings));
    const auto valueOf = [](const base::MessageId& id) { return words::inert(id.value); };
    return {
        {QStringLiteral("say"), say},
        {QStringLiteral("title"), title(analysis)},
        {QStringLiteral("host"), words::inert(analysis.bundle.host)},
        {QStringLiteral("hostKey"), words::inert(analysis.bundle.hostKey)},
        {QStringLiteral("generated"), words::when(analysis.generated)},
        {QStringLiteral("version"), QCoreApplication::applicationVersion()},
        {QStringLiteral("log"), logLine(analysis)},
        {QStringLiteral("verdict"), words::sentence(analysis.verdict)},
        {QStringLiteral("tone"),
            named ? key(attribution::name(suspects.front().cause)) : QStringLiteral("none")},
        {QStringLiteral("accent"), named ? colour(suspects.front().cause) : QStringLiteral("#4A5058")},
        {QStringLiteral("notice"), noticeOf(analysis, bounds)},
        {QStringLiteral("suspects"), suspectsOf(analysis, bounds, say)},
        {QStringLiteral("timeline"), timelineIn(analysis, bounds)},
        {QStringLiteral("queue"), queueOf(analysis, bounds)},
        {QStringLiteral("manifest"), manifestOf(analysis, bounds)},
        {QStringLiteral("warnings"), listOf(warnings)},
        {QStringLiteral("unexplained"), bounded(analysis.verdict.unexplained, bounds.ids, valueOf)},
        {QStringLiteral("why"), listOf(words::whyMissing(analysis))},
        {QStringLiteral("gate"), gateOf(gate, say)},
        {QStringLiteral("remarks"), remarksOf(remarks, bounds.evidenceLines)},
    };
}

} // namespace sluicegate::report
