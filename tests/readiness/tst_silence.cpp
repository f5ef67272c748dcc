// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a source is silent: what a watch adds to the evidence, and how lines that were not judged are told
// apart.
#include "tests/readiness/scene.h"

#include <QTest>

using namespace sluicegate;
using namespace sluicegate::tests;

class SilenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aWatchGoesOnFromTheEvidence()
    {
        Scene scene;
        scene.pulled = shut - 5min; // shut after the evidence was pulled
        const Watched quiet {scene.pulled, shut + 1min, shut + 32min, {}, 0, 4, 0, 999};
        scene.watched = quiet;
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("met fine"));
        QCOMPARE(find(scene.gate(), ConditionId::SourceSilent).refused, 4u);
        scene.watched->until = shut + 20min;
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("unknown watch-not-over"));
        QCOMPARE(find(scene.gate(), ConditionId::SourceSilent).count, 11u);
        scene.watched = quiet;
        scene.watched->disturbed = shut + 10min; // a gap in the log
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("unknown watch-not-over"));
        scene.watched = quiet;
        scene.watched->spam = 1;
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("not-met spam-since"));
        scene.watched = quiet;
        scene.watched->unclear = 2;
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("unknown to-be-judged"));
        scene.watched = quiet;
        scene.watched->from = scene.pulled - 1min; // it went on from other evidence
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("unknown old-evidence"));
        scene.watched = quiet;
        scene.watched->since = shut; // it counted from another moment
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("unknown old-evidence"));
    }

    void newsAreJudgedByWhereTheyComeFrom()
    {
        Scene scene;
        scene.log += mail("09:40:00", "3B1B2C4D5E", "198.51.100.9"); // the owner's
        triage::Analysis analysis;
        const auto read = [&](const std::string& log) {
            maillog::Source source {.path = "/var/log/maillog", .bytes = base::Bytes::own(log)};
            return *maillog::History::read(
                {source}, {.now = shut + 1h, .zone = {}, .since = {}, .until = {}});
        };
        analysis.log = read(scene.log);
        const NewsJudge judge(analysis, scene.verdict.suspects[0], false);
        const auto news = read(mail("10:20:00", "4A1B2C4D5E", "203.0.113.7") // the thief's
            + mail("10:21:00", "5A1B2C4D5E", "198.51.100.9") // the owner's
            + mail("10:22:00", "6A1B2C4D5E", "192.0.2.44") // who knows
            + line("10:23:00", "smtp",
                "3A1B2C4D5E: to=<a@b.test>, relay=none, delay=9, dsn=4.4.1, status=deferred (x)")
            + line("10:24:00", "submission/smtpd",
                "warning: h[203.0.113.7]: SASL LOGIN authentication failed: UGFzc3dvcmQ6")
            + line("10:24:00", "submission/smtpd",
                "warning: h[192.0.2.99]: SASL LOGIN authentication failed: UGFzc3dvcmQ6"));
        const Tally tally = judge.tally(*news, shut);
        QCOMPARE(tally.spam, 1u);
        QCOMPARE(tally.unclear, 1u);
        QCOMPARE(tally.refused, 1u); // of the address that the spam came from
        QCOMPARE(tally.lastSpam, base::parseIso("2026-11-23T10:20:00Z"));
        QCOMPARE(tally.evidence.size(), 2u);
        QCOMPARE(judge.tally(*news, shut + 21min + 30s).spam, 0u);
        // Where nothing at all may come any more, everything is spam.
        QCOMPARE(NewsJudge(analysis, scene.verdict.suspects[0], true).tally(*news, shut).spam, 3u);
    }
};

QTEST_GUILESS_MAIN(SilenceTest)
#include "tst_silence.moc"
