// SPDX-License-Identifier: GPL-3.0-or-later
// The Analysis as the object of `triage --json`.
#include "models/report/document.h"
#include "models/report/report.h"

#include "models/words/conditions.h"
#include "models/words/words.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace sluicegate::report {

namespace {

using attribution::Suspect;

// Machines get the bytes as they are; what is not UTF-8 becomes U+FFFD.
QString plain(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), qsizetype(bytes.size()));
}

QJsonValue timeOrNull(const std::optional<base::Instant>& at)
{
    return at ? QJsonValue(QString::fromStdString(base::iso(*at))) : QJsonValue();
}

template <typename Range, typename Text> QJsonArray strings(const Range& range, Text text)
{
    QJsonArray array;
    for (const auto& each : range)
        array << plain(text(each));
    return array;
}

const std::string& itself(const std::string& text)
{
    return text;
}

const auto valueOf = [](const auto& id) -> const std::string& { return id.value; };

QJsonArray listOf(const QStringList& texts)
{
    return QJsonArray::fromStringList(texts);
}

QJsonValue noticeJson(const std::optional<notice::Notice>& notice)
{
    if (!notice)
        return {};
    QJsonArray ports;
    for (const int port : notice->ports)
        ports << port;
    return QJsonObject {
        {QStringLiteral("kind"), plain(notice::name(notice->kind))},
        {QStringLiteral("server"), plain(notice->server)},
        {QStringLiteral("ip"), plain(notice->ips.empty() ? std::string_view() : notice->ips.front())},
        {QStringLiteral("ips"), strings(notice->ips, itself)},
        {QStringLiteral("detected"), timeOrNull(notice->detected)},
        {QStringLiteral("ports"), ports},
        {QStringLiteral("messageIds"),
            strings(notice->ids, [](const notice::NoticedId& noticed) { return noticed.id.value; })},
    };
}

QJsonObject logFile(const maillog::FileSummary& file, const evidence::Item* item)
{
    return {
        {QStringLiteral("path"), plain(file.path)},
        {QStringLiteral("sha256"), item ? plain(item->sha256) : QString()},
        {QStringLiteral("bytes"), qint64(item ? item->bytes : file.bytes)},
        {QStringLiteral("unpackedBytes"), qint64(file.bytes)},
        {QStringLiteral("lines"), qint64(file.lines)},
        {QStringLiteral("complete"), item ? item->complete : true},
    };
}

QJsonObject logJson(const triage::Analysis& analysis)
{
    const maillog::Summary log = analysis.log ? analysis.log->summary() : maillog::Summary {};
    QJsonArray files;
    for (const maillog::FileSummary& file : log.files)
        files << logFile(file, analysis.bundle.find(file.path));
    return {
        {QStringLiteral("from"), timeOrNull(log.from)},
        {QStringLiteral("to"), timeOrNull(log.to)},
        {QStringLiteral("lines"), qint64(log.lines)},
        {QStringLiteral("unparsed"), qint64(log.unparsed)},
        {QStringLiteral("files"), files},
    };
}

QJsonObject queueJson(const triage::Analysis& analysis)
{
    const attribution::Verdict& verdict = analysis.verdict;
    QJsonArray undecided; // kept, and why
    for (const attribution::Undecided& each : verdict.undecidedQueue)
        undecided << QJsonObject {{QStringLiteral("id"), plain(each.id.value)},
            {QStringLiteral("why"), plain(attribution::name(each.why))},
            {QStringLiteral("text"), words::reason(each.why)}};
    return {
        {QStringLiteral("known"), analysis.queueKnown},
        {QStringLiteral("total"), qint64(analysis.facts.queue.size())},
        {QStringLiteral("suspect"), strings(verdict.suspectQueue, valueOf)},
        {QStringLiteral("keep"), strings(verdict.keepQueue, valueOf)},
        {QStringLiteral("undecided"), undecided},
    };
}

QJsonObject clueJson(const attribution::Clue& clue)
{
    QJsonArray evidence;
    for (const base::EvidenceLine& line : clue.evidence) {
        evidence << QJsonObject {{QStringLiteral("file"), plain(line.file)},
            {QStringLiteral("line"), qint64(line.line)}, {QStringLiteral("text"), plain(line.text)}};
    }
    return {
        {QStringLiteral("rule"), plain(clue.rule)},
        {QStringLiteral("weight"), clue.weight},
        {QStringLiteral("count"), qint64(clue.count)},
        {QStringLiteral("text"), words::text(clue)},
        {QStringLiteral("values"), strings(clue.values, itself)},
        {QStringLiteral("evidence"), evidence},
    };
}

QJsonObject sourceJson(const attribution::SuspectSource& source)
{
    return {
        {QStringLiteral("kind"), plain(attribution::name(source.kind))},
        {QStringLiteral("account"), plain(source.account)},
        {QStringLiteral("domain"), plain(source.domain)},
        {QStringLiteral("uid"), source.uid ? QJsonValue(qint64(*source.uid)) : QJsonValue()},
        {QStringLiteral("script"), plain(source.script)},
        {QStringLiteral("client"), plain(source.client)},
    };
}

QJsonObject suspectJson(const Suspect& suspect)
{
    QJsonArray clues;
    for (const attribution::Clue& clue : suspect.clues)
        clues << clueJson(clue);
    qint64 undecided = 0;
    for (const auto& [why, count] : suspect.undecided)
        undecided += qint64(count);
    return {
        {QStringLiteral("rank"), suspect.rank},
        {QStringLiteral("cause"), plain(attribution::name(suspect.cause))},
        {QStringLiteral("confidence"), plain(attribution::name(suspect.confidence))},
        {QStringLiteral("score"), std::round(suspect.score * 1000) / 1000},
        {QStringLiteral("source"), sourceJson(suspect.source)},
        {QStringLiteral("text"), words::meaning(suspect)},
        {QStringLiteral("messages"), qint64(suspect.messages)},
        {QStringLiteral("recipients"), qint64(suspect.recipients)},
        {QStringLiteral("sent"), qint64(suspect.sent)},
        {QStringLiteral("deferred"), qint64(suspect.deferred)},
        {QStringLiteral("bounced"), qint64(suspect.bounced)},
        {QStringLiteral("rejected"), qint64(suspect.rejected)},
        {QStringLiteral("spared"), qint64(suspect.spared)},
        {QStringLiteral("undecided"), undecided},
        {QStringLiteral("first"), timeOrNull(suspect.first)},
        {QStringLiteral("last"), timeOrNull(suspect.last)},
        {QStringLiteral("clients"), strings(suspect.clients, itself)},
        {QStringLiteral("noticedIds"), strings(suspect.noticedIds, valueOf)},
        {QStringLiteral("queueIds"), strings(suspect.queueIds, valueOf)},
        {QStringLiteral("clues"), clues},
    };
}

// Safe on a terminal: C0 apart from the layout's own line ends never reaches here, JSON escapes it.
bool printableUnit(char16_t unit)
{
    if (unit < 0x7F)
        return true;
    switch (QChar::category(char32_t(unit))) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate: // halves are escaped singly, as JSON wants it
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return true;
    }
}

} // namespace

namespace {

QJsonObject gateJson(const readiness::Gate& gate)
{
    QJsonArray all;
    for (const readiness::Condition& condition : gate.conditions) {
        QJsonValue waived;
        if (condition.waived)
            waived = QJsonObject {{QStringLiteral("reason"), plain(condition.waived->reason)},
                {QStringLiteral("by"), plain(condition.waived->by)},
                {QStringLiteral("at"), timeOrNull(condition.waived->at)}};
        all << QJsonObject {{QStringLiteral("name"), plain(readiness::name(condition.id))},
            {QStringLiteral("state"), plain(readiness::name(condition.state))},
            {QStringLiteral("why"), plain(readiness::name(condition.why))},
            {QStringLiteral("text"), words::text(condition)},
            {QStringLiteral("asOf"), timeOrNull(condition.asOf)}, {QStringLiteral("waived"), waived}};
    }
    return {{QStringLiteral("ready"), gate.permit.has_value()}, {QStringLiteral("conditions"), all}};
}

} // namespace

QJsonObject json(const triage::Analysis& analysis, const readiness::Gate* gate, Remarks remarks)
{
    const attribution::Verdict& verdict = analysis.verdict;
    QJsonArray suspects;
    for (const Suspect& suspect : verdict.suspects)
        suspects << suspectJson(suspect);
    QJsonObject all {
        {QStringLiteral("format"), QStringLiteral("sluicegate/1")},
        {QStringLiteral("generated"), QString::fromStdString(base::iso(analysis.generated))},
        {QStringLiteral("host"), plain(analysis.bundle.host)},
        {QStringLiteral("notice"), noticeJson(analysis.notice)},
        {QStringLiteral("log"), logJson(analysis)},
        {QStringLiteral("queue"), queueJson(analysis)},
        {QStringLiteral("suspects"), suspects},
        {QStringLiteral("unexplainedIds"), strings(verdict.unexplained, valueOf)},
        {QStringLiteral("whyUnexplained"), listOf(words::whyMissing(analysis))},
        {QStringLiteral("situation"), plain(attribution::name(verdict.situation))},
        {QStringLiteral("verdict"), words::sentence(verdict)},
        {QStringLiteral("warnings"), listOf(words::warnings(analysis))},
    };
    if (gate)
        all[QLatin1String("readiness")] = gateJson(*gate);
    if (!remarks.empty())
        all[QLatin1String("remarks")] = remarksJson(remarks);
    return all;
}

QByteArray jsonText(const QJsonObject& object)
{
    const QString text = QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Indented));
    QString safe;
    safe.reserve(text.size());
    for (const QChar c : text) {
        if (printableUnit(c.unicode()))
            safe += c;
        else
            safe += QStringLiteral("\\u%1").arg(quint32(c.unicode()), 4, 16, QLatin1Char('0'));
    }
    return safe.toUtf8();
}

} // namespace sluicegate::report
