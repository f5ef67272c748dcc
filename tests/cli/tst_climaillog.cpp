// SPDX-License-Identifier: GPL-3.0-or-later
// `maillog --json` against the truth about generated logs: every journey, recipient and status exact.
#include "tests/bench/loggenerator.h"
#include "tests/cli/program.h"
#include "tests/maillog/truth.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using bench::TrueJourney;

namespace {

std::string text(const QJsonValue& value)
{
    return value.toString().toStdString();
}

std::optional<std::int64_t> seconds(const QJsonValue& value)
{
    const auto at = base::parseIso(text(value));
    if (!at)
        return {};
    return std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count();
}

TrueJourney told(const QJsonObject& json)
{
    TrueJourney all {.queueId = text(json[u"queueId"]),
        .messageId = text(json[u"messageId"]),
        .entry = text(json[u"entry"]),
        .login = text(json[u"saslUsername"]),
        .uid = {},
        .ip = text(json[u"client"][u"ip"]),
        .sender = {},
        .size = std::uint64_t(json[u"size"].toInteger()),
        .recipients = std::uint32_t(json[u"nrcpt"].toInteger()),
        .outcomes = {},
        .arrived = seconds(json[u"arrived"]),
        .removed = seconds(json[u"removed"]),
        .parent = text(json[u"parent"])};
    if (json[u"uid"].isDouble())
        all.uid = std::uint32_t(json[u"uid"].toInteger());
    if (json[u"size"].isDouble()) // else the sender is only what pickup said
        all.sender = text(json[u"sender"]);
    for (const QJsonValue& to : json[u"recipients"].toArray())
        all.outcomes.push_back({text(to[u"to"]), text(to[u"status"])});
    for (const QJsonValue& event : json[u"events"].toArray())
        all.rejected = all.rejected || event[u"kind"].toString() == u"rejected";
    return all;
}

} // namespace

class CliMaillogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isExact_data()
    {
        QTest::addColumn<int>("seed");
        QTest::addColumn<int>("incident");
        QTest::addColumn<bool>("longIds");
        QTest::addColumn<bool>("zoned");
        const char* incidents[] = {"password", "form", "hack"};
        for (int seed = 101; seed <= 110; ++seed)
            for (int incident = 0; incident < 3; ++incident)
                for (const bool longIds : {false, true})
                    for (const bool zoned : {false, true})
                        QTest::addRow("%s, %s ids, %s, seed %d", incidents[incident],
                            longIds ? "long" : "short", zoned ? "ISO" : "traditional", seed)
                            << seed << incident << longIds << zoned;
    }

    void isExact()
    {
        QFETCH(int, seed);
        QFETCH(int, incident);
        QFETCH(bool, longIds);
        QFETCH(bool, zoned);
        bench::LogGenerator generator({.bytes = 120 << 10,
            .seed = quint64(seed),
            .style = zoned ? bench::Style::Zoned : bench::Style::Traditional,
            .ids = longIds ? bench::Ids::Long : bench::Ids::Short,
            .incident = bench::Incident(incident)});
        std::string log;
        while (generator.write(log))
            continue;
        const support::Result result
            = support::run({QStringLiteral("maillog"), QStringLiteral("-"), QStringLiteral("--json"),
                               QStringLiteral("--now"), QStringLiteral("2026-11-23T12:00:00Z")},
                QByteArray::fromStdString(log));
        EXPECT_EXIT(result, 0);
        const bench::Truth& truth = generator.truth();
        QVERIFY(result.talk.startsWith(u"100.0 % of "));
        QList<QByteArray> lines = result.out.split('\n');
        QVERIFY(lines.takeLast().isEmpty());
        QCOMPARE(std::uint64_t(lines.size()), truth.messages);
        std::uint64_t bad = 0;
        for (qsizetype n = 0; n < lines.size(); ++n) {
            const TrueJourney& wanted = truth.journeys[std::size_t(n)];
            TrueJourney got = told(QJsonDocument::fromJson(lines[n]).object());
            got.lines = wanted.lines; // is not told
            const QString difference = maillog::differenceFromTruth(wanted, got);
            QVERIFY2(difference.isEmpty(), qPrintable(difference));
            bad += incident == 0 ? got.login == truth.culprit : got.uid == std::optional(10'007u);
        }
        QVERIFY(bad * 10 > truth.messages); // the incident is in the log
    }
};

QTEST_GUILESS_MAIN(CliMaillogTest)
#include "tst_climaillog.moc"
