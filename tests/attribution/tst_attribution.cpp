// SPDX-License-Identifier: GPL-3.0-or-later
// Incidents as folders that mirror a server: who is named, why, and what of the queue is spared.
#include "models/attribution/weights.h"
#include "models/triage/analysis.h"
#include "tests/support/golden.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

#include <algorithm>

using namespace sluicegate;

namespace {

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

template <typename Ids> QJsonArray values(const Ids& ids)
{
    QJsonArray array;
    for (const auto& id : ids)
        array << text(id.value);
    return array;
}

// The folder's "notice-ids": a Message-ID a line.
notice::Notice noticeOf(const QString& folder)
{
    notice::Notice notice;
    QFile file(folder + QStringLiteral("/notice-ids"));
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray& line : file.readAll().split('\n'))
            if (!line.isEmpty()) {
                notice::NoticedId noticed;
                noticed.id.value = line.toStdString();
                notice.ids.push_back(noticed);
            }
    return notice;
}

std::shared_ptr<const triage::Analysis> analysed(const QString& name)
{
    const QString folder = QStringLiteral(TEST_DATA) + u'/' + name;
    auto bundle = evidence::fromFolder(folder.toStdString());
    if (!bundle)
        return {};
    notice::Notice notice = noticeOf(folder);
    const base::Instant now = *base::parseIso("2027-01-01T00:00:00Z");
    auto analysis = notice.ids.empty() ? triage::analyse(*bundle, {}, {}, now)
                                       : triage::analyse(*bundle, std::move(notice), {}, now);
    return analysis ? *analysis : nullptr;
}

QJsonObject json(const attribution::Suspect& suspect)
{
    const attribution::SuspectSource& source = suspect.source;
    QJsonArray forIt;
    QJsonArray against;
    for (const attribution::Clue& clue : suspect.clues)
        (clue.weight >= 0 ? forIt : against) << QStringLiteral("%1 (%2, %3 lines)")
                                                    .arg(text(clue.rule))
                                                    .arg(clue.count)
                                                    .arg(clue.evidence.size());
    QJsonObject undecided;
    for (const auto& [why, count] : suspect.undecided)
        undecided[text(name(why))] = static_cast<qint64>(count);
    return {{QStringLiteral("rank"), suspect.rank}, {QStringLiteral("cause"), text(name(suspect.cause))},
        {QStringLiteral("confidence"), text(name(suspect.confidence))},
        {QStringLiteral("kind"), text(name(source.kind))}, {QStringLiteral("account"), text(source.account)},
        {QStringLiteral("domain"), text(source.domain)}, {QStringLiteral("script"), text(source.script)},
        {QStringLiteral("client"), text(source.client)},
        {QStringLiteral("uid"), source.uid ? QJsonValue(static_cast<qint64>(*source.uid)) : QJsonValue()},
        {QStringLiteral("messages"), static_cast<qint64>(suspect.messages)},
        {QStringLiteral("spam"), static_cast<qint64>(suspect.journeys.size())},
        {QStringLiteral("spared"), static_cast<qint64>(suspect.spared)},
        {QStringLiteral("undecided"), undecided},
        {QStringLiteral("recipients"), static_cast<qint64>(suspect.recipients)},
        {QStringLiteral("sent"), static_cast<qint64>(suspect.sent)},
        {QStringLiteral("deferred"), static_cast<qint64>(suspect.deferred)},
        {QStringLiteral("bounced"), static_cast<qint64>(suspect.bounced)},
        {QStringLiteral("rejected"), static_cast<qint64>(suspect.rejected)},
        {QStringLiteral("first"), suspect.first ? text(base::iso(*suspect.first)) : QString()},
        {QStringLiteral("noticed"), static_cast<qint64>(suspect.noticedIds.size())},
        {QStringLiteral("queued"), static_cast<qint64>(suspect.queueIds.size())},
        {QStringLiteral("for"), forIt}, {QStringLiteral("against"), against}};
}

QJsonDocument json(const attribution::Verdict& verdict)
{
    QJsonArray suspects;
    for (const attribution::Suspect& suspect : verdict.suspects)
        suspects << json(suspect);
    QJsonArray undecided;
    for (const attribution::Undecided& each : verdict.undecidedQueue)
        undecided << QString(text(each.id.value) + u' ' + text(name(each.why)));
    return QJsonDocument(QJsonObject {{QStringLiteral("situation"), text(name(verdict.situation))},
        {QStringLiteral("suspects"), suspects}, {QStringLiteral("unexplained"), values(verdict.unexplained)},
        {QStringLiteral("suspectQueue"), static_cast<qint64>(verdict.suspectQueue.size())},
        {QStringLiteral("keepQueue"), values(verdict.keepQueue)},
        {QStringLiteral("undecidedQueue"), undecided}});
}

} // namespace

class AttributionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void incident_data()
    {
        QTest::addColumn<QString>("name");
        const QStringList names
            = QDir(QStringLiteral(TEST_DATA)).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        QVERIFY(names.size() >= 14);
        for (const QString& name : names)
            QTest::newRow(qPrintable(name)) << name;
    }

    void incident()
    {
        QFETCH(QString, name);
        const auto analysis = analysed(name);
        QVERIFY(analysis);
        QCOMPARE(
            support::goldenDifference(QStringLiteral(TEST_DATA), name, json(analysis->verdict)), QString());
    }

    // Every clue must open its lines: real ones, from the files of the evidence.
    void evidenceIsThere_data() { incident_data(); }
    void evidenceIsThere()
    {
        QFETCH(QString, name);
        const auto analysis = analysed(name);
        QVERIFY(analysis);
        for (const attribution::Suspect& suspect : analysis->verdict.suspects)
            for (const attribution::Clue& clue : suspect.clues) {
                QVERIFY2(!clue.evidence.empty() && clue.evidence.size() <= 10, clue.rule.c_str());
                for (const base::EvidenceLine& line : clue.evidence) {
                    QFile file(QStringLiteral(TEST_DATA) + u'/' + name + u'/' + text(line.file));
                    QVERIFY2(file.open(QIODevice::ReadOnly), line.file.c_str());
                    const QList<QByteArray> lines = file.readAll().split('\n');
                    QVERIFY2(line.line >= 1 && line.line <= static_cast<std::uint64_t>(lines.size()),
                        clue.rule.c_str());
                    QCOMPARE(lines[static_cast<qsizetype>(line.line) - 1].toStdString(), line.text);
                }
            }
    }

    void sameEveryTime()
    {
        const auto first = analysed(QStringLiteral("two-at-once"));
        const auto second = analysed(QStringLiteral("two-at-once"));
        QVERIFY(first && second);
        QCOMPARE(json(first->verdict).toJson(), json(second->verdict).toJson());
        QVERIFY(first->verdict.suspects.size() >= 2);
    }

    void everyQueueEntryIsOnOneSide_data() { incident_data(); }
    void everyQueueEntryIsOnOneSide()
    {
        QFETCH(QString, name);
        const auto analysis = analysed(name);
        QVERIFY(analysis);
        std::vector<std::string> both;
        for (const auto& id : analysis->verdict.suspectQueue)
            both.push_back(id.value);
        for (const auto& id : analysis->verdict.keepQueue)
            both.push_back(id.value);
        for (const attribution::Undecided& each : analysis->verdict.undecidedQueue)
            QVERIFY2(std::ranges::contains(analysis->verdict.keepQueue, each.id), each.id.value.c_str());
        std::ranges::sort(both);
        std::vector<std::string> entries;
        for (const queue::Entry& entry : analysis->facts.queue)
            entries.push_back(entry.id.value);
        std::ranges::sort(entries);
        QVERIFY(both == entries);
    }

    void weightsAreData()
    {
        QVERIFY(attribution::weights().size() >= 30);
        QVERIFY(attribution::weightOf("evaluated-code").hard);
        QVERIFY(attribution::weightOf("evaluated-code").of(attribution::Cause::WebsiteHacked) > 0);
        QCOMPARE(attribution::weightOf("no such rule").of(attribution::Cause::WebsiteHacked), 0.0);
    }
};

QTEST_GUILESS_MAIN(AttributionTest)
#include "tst_attribution.moc"
