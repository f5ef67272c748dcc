// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/words/conditions.h"
#include "models/words/words.h"

#include "tests/report/sample.h"
#include "tests/support/golden.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sluicegate;
using namespace std::chrono_literals;
using support::Sample;

namespace {

QString folder()
{
    return QStringLiteral(TEST_DATA);
}

constexpr int kinds = int(base::FailureKind::Unsupported) + 1;

bool has(const QStringList& texts, const char* part)
{
    return !texts.filter(QString::fromLatin1(part)).isEmpty();
}

} // namespace

class TestWords : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFailureHasASentence()
    {
        QJsonObject all;
        for (int i = 0; i < kinds; ++i) {
            const auto kind = base::FailureKind(i);
            const QString sentence = words::sentence(base::Failure {kind, "SUBJECT", "why.\nmore"});
            QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
            QVERIFY2(sentence.contains(QStringLiteral("Details: why; more.")), qPrintable(sentence));
            all[QString::fromLatin1(base::name(kind).data())] = sentence;
        }
        QCOMPARE(all.size(), kinds);
        QCOMPARE(
            support::goldenDifference(folder(), QStringLiteral("failures"), QJsonDocument(all)), QString());
    }

    void failureWithoutWords()
    {
        const QString sentence = words::sentence(base::Failure {base::FailureKind::Unreadable, {}, {}});
        QCOMPARE(sentence,
            QStringLiteral("The input cannot be read. Check its permissions, or name another one."));
    }

    void failureIsNeverEndless()
    {
        const std::string flood(8 << 20, 'x');
        const QString sentence
            = words::sentence(base::Failure {base::FailureKind::CommandFailed, flood, flood});
        QVERIFY(sentence.size() < 2000);
    }

    void placeholdersInForeignTextStay()
    {
        const QString sentence = words::sentence(base::Failure {base::FailureKind::NotFound, "%1 %2", "%1"});
        QVERIFY2(
            sentence.startsWith(QStringLiteral("%1 %2 does not exist. Details: %1.")), qPrintable(sentence));
    }

    void inertShowsWhatHides_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << QByteArray("Grüße, 世界 😀") << QStringLiteral(u"Grüße, 世界 😀");
        QTest::newRow("escape") << QByteArray("\x1b[2J") << QStringLiteral(u"\u241B[2J");
        QTest::newRow("nul") << QByteArray("a\0b", 3) << QStringLiteral(u"a\u2400b");
        QTest::newRow("delete") << QByteArray("\x7f") << QStringLiteral(u"\u2421");
        QTest::newRow("line end") << QByteArray("a\r\nb") << QStringLiteral(u"a\u240D\u240Ab");
        QTest::newRow("C1 control") << QByteArray("\xc2\x9b"
                                                  "31m")
                                    << QStringLiteral(u"\u27E8U+009B\u27E931m");
        QTest::newRow("bidi override") << QByteArray("\xe2\x80\xae"
                                                     "x")
                                       << QStringLiteral(u"\u27E8U+202E\u27E9x");
        QTest::newRow("zero width") << QByteArray("a\xe2\x80\x8b"
                                                  "b")
                                    << QStringLiteral(u"a\u27E8U+200B\u27E9b");
        QTest::newRow("byte order mark")
            << QByteArray("\xef\xbb\xbfx") << QStringLiteral(u"\u27E8U+FEFF\u27E9x");
        QTest::newRow("line separator")
            << QByteArray("\xe2\x80\xa8") << QStringLiteral(u"\u27E8U+2028\u27E9");
        QTest::newRow("private use") << QByteArray("\xee\x80\x80") << QStringLiteral(u"\u27E8U+E000\u27E9");
        QTest::newRow("tag character")
            << QByteArray("\xf3\xa0\x81\x81") << QStringLiteral(u"\u27E8U+E0041\u27E9");
        QTest::newRow("invisible letter")
            << QByteArray("\xe3\x85\xa4") << QStringLiteral(u"\u27E8U+3164\u27E9");
        QTest::newRow("Latin-1 byte") << QByteArray("caf\xe9") << QStringLiteral(u"caf\u27E8E9\u27E9");
        QTest::newRow("overlong") << QByteArray("\xc0\xaf")
                                  << QStringLiteral(u"\u27E8C0\u27E9\u27E8AF\u27E9");
        QTest::newRow("surrogate") << QByteArray("\xed\xa0\x80")
                                   << QStringLiteral(u"\u27E8ED\u27E9\u27E8A0\u27E9\u27E880\u27E9");
        QTest::newRow("too high") << QByteArray("\xf4\x90\x80\x80")
                                  << QStringLiteral(
                                         u"\u27E8F4\u27E9\u27E890\u27E9\u27E880\u27E9\u27E880\u27E9");
        QTest::newRow("cut at the end")
            << QByteArray("\xe2\x82") << QStringLiteral(u"\u27E8E2\u27E9\u27E882\u27E9");
    }

    void inertShowsWhatHides()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, shown);
        QCOMPARE(words::inert(std::string_view(bytes.constData(), std::size_t(bytes.size()))), shown);
    }

    // Every rule of the weights table has a sentence of its own, and every value it names appears in it.
    void everyRuleHasASentence()
    {
        QFile table(QStringLiteral("resources/rules/weights.txt"));
        QVERIFY(table.open(QIODevice::ReadOnly));
        QJsonObject all;
        for (const QByteArray& line : table.readAll().split('\n')) {
            if (line.isEmpty() || line.startsWith('#'))
                continue;
            const std::string rule = line.left(line.indexOf(' ')).toStdString();
            const QByteArray named = line.mid(line.lastIndexOf('{') + 1).chopped(1).trimmed();
            const qsizetype values = named.isEmpty() ? 0 : named.count(',') + 1;
            attribution::Clue clue {.rule = rule, .weight = 1, .count = 7, .values = {}, .evidence = {}};
            for (qsizetype i = 1; i <= values; ++i)
                clue.values.push_back("VALUE" + std::to_string(i));
            const QString text = words::text(clue);
            QVERIFY2(!text.contains(QStringLiteral("seen 7")), ("no sentence for " + rule).c_str());
            QVERIFY2(!text.contains(u'?') && text.endsWith(u'.'), qPrintable(text));
            for (qsizetype i = 1; i <= values; ++i)
                QVERIFY2(text.contains(QStringLiteral("VALUE%1").arg(i)), qPrintable(text));
            all[QString::fromStdString(rule)] = text;
        }
        QVERIFY(all.size() > 30);
        QCOMPARE(support::goldenDifference(folder(), QStringLiteral("clues"), QJsonDocument(all)), QString());
    }

    void unknownRuleIsReadable()
    {
        const attribution::Clue clue {
            .rule = "moon-phase", .weight = 1, .count = 3, .values = {"full", "%1"}, .evidence = {}};
        QCOMPARE(words::text(clue), QStringLiteral("Moon phase: full, %1 (seen 3 time(s))."));
    }

    void verdicts()
    {
        QJsonObject all;
        Sample sample = Sample::incident();
        attribution::Verdict verdict = sample.analysis->verdict;
        for (int cause = 0; cause <= int(attribution::Cause::Unknown); ++cause) {
            verdict.suspects[0].cause = attribution::Cause(cause);
            QJsonArray lines {words::sentence(verdict), words::name(attribution::Cause(cause))};
            for (const QString& step : words::nextSteps(verdict.suspects[0]))
                lines << step;
            all[QString::fromLatin1(attribution::name(attribution::Cause(cause)).data())] = lines;
        }
        for (int confidence = 0; confidence <= int(attribution::Confidence::Insufficient); ++confidence) {
            verdict.suspects[0].confidence = attribution::Confidence(confidence);
            all[QString::fromLatin1(attribution::name(attribution::Confidence(confidence)).data())]
                = words::sentence(verdict);
        }
        for (int situation = 1; situation <= int(attribution::Situation::NothingSuspicious); ++situation) {
            verdict.situation = attribution::Situation(situation);
            all[QString::fromLatin1(attribution::name(attribution::Situation(situation)).data())]
                = words::sentence(verdict);
        }
        QCOMPARE(
            support::goldenDifference(folder(), QStringLiteral("verdicts"), QJsonDocument(all)), QString());
    }

    void namesOfSources_data()
    {
        using attribution::SourceKind;
        QTest::addColumn<attribution::SuspectSource>("source");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* text, attribution::SuspectSource source) {
            QTest::newRow(text) << source << QString::fromLatin1(text);
        };
        row("mailbox anna@shop.example",
            {.kind = SourceKind::Mailbox, .account = "anna@shop.example", .uid = {}});
        row("website shop.example", {.kind = SourceKind::Site, .domain = "shop.example", .uid = 10001});
        row("script /var/www/x.php (shop.example)",
            {.kind = SourceKind::Script, .domain = "shop.example", .uid = {}, .script = "/var/www/x.php"});
        row("script /var/www/x.php", {.kind = SourceKind::Script, .uid = {}, .script = "/var/www/x.php"});
        row("system user web (uid 10001)", {.kind = SourceKind::User, .account = "web", .uid = 10001});
        row("system user with uid 33", {.kind = SourceKind::User, .uid = 33});
        row("client 192.0.2.7", {.kind = SourceKind::Client, .uid = {}, .client = "192.0.2.7"});
        row("an unknown sender", {.uid = {}});
    }

    void namesOfSources()
    {
        QFETCH(const attribution::SuspectSource, source);
        QFETCH(const QString, name);
        QCOMPARE(words::name(source), name);
    }

    void missingNeedsAMissingId()
    {
        Sample sample = Sample::incident();
        QVERIFY(!words::whyMissing(*sample.analysis).isEmpty());
        sample.analysis->verdict.unexplained.clear();
        QVERIFY(words::whyMissing(*sample.analysis).isEmpty());
    }

    void missingBeforeTheLog()
    {
        Sample sample = Sample::incident();
        sample.analysis->notice->detected = base::parseIso("2026-11-20T10:00:00Z");
        const QString first = words::whyMissing(*sample.analysis).value(0);
        QVERIFY2(
            first.startsWith(QStringLiteral("The log reaches back only to 2026-11-22 06:00:00 UTC, and the "
                                            "message is from about 2026-11-20 10:00:00 UTC")),
            qPrintable(first));
    }

    void missingAfterTheLog()
    {
        Sample sample = Sample::incident();
        sample.analysis->notice->detected = base::parseIso("2026-11-25T10:00:00Z");
        QVERIFY(words::whyMissing(*sample.analysis).value(0).startsWith(QStringLiteral("The log ends at")));
    }

    void missingOnAnotherServer()
    {
        Sample sample = Sample::incident();
        sample.analysis->facts.localAddresses = {"192.0.2.99", "203.0.113.4"};
        QCOMPARE(words::whyMissing(*sample.analysis).value(0),
            QStringLiteral(
                "The notice accuses 192.0.2.25, but the addresses of this server are 192.0.2.99, "
                "203.0.113.4: it may be about another server, or this one stands behind a translated "
                "address."));
        sample.analysis->facts.localAddresses = {"192.0.2.25"};
        QVERIFY(!has(words::whyMissing(*sample.analysis), "accuses"));
    }

    void missingBecauseMasked()
    {
        Sample sample = Sample::incident();
        QVERIFY(!has(words::whyMissing(*sample.analysis), "looks masked"));
        sample.analysis->verdict.unexplained = {{"abcxxxxxx@shop.example"}};
        QVERIFY(has(words::whyMissing(*sample.analysis).first(1), "looks masked"));
    }

    void missingAmongOthersThatAreFound()
    {
        Sample sample = Sample::incident();
        sample.analysis->notice->detected.reset();
        auto& ids = sample.analysis->notice->ids;
        const notice::NoticedId lost {.id = {"lost-one@shop.example"}};
        ids = {lost};
        sample.analysis->verdict.unexplained = {lost.id};
        QVERIFY(words::whyMissing(*sample.analysis).value(0).startsWith(QStringLiteral("Malware")));
        ids.push_back({.id = {"found-one@shop.example"}});
        const QString first = words::whyMissing(*sample.analysis).value(0);
        QVERIFY2(first.contains(QStringLiteral("altered")), qPrintable(first));
    }

    void missingWithoutALog()
    {
        Sample sample = Sample::incident();
        sample.analysis->log.reset();
        QCOMPARE(words::whyMissing(*sample.analysis).size(), 1);
    }

    void missingInASilence()
    {
        const auto line = [](const char* when, const char* id) {
            return std::string(when) + " mail postfix/pickup[5]: " + id + ": uid=10001 from=<web>\n";
        };
        Sample sample = Sample::incident();
        auto log = maillog::History::read(
            {{.path = "/var/log/maillog",
                .bytes = base::Bytes::own(line("2026-11-22T01:00:00+00:00", "4F00000001")
                    + line("2026-11-23T11:00:00+00:00", "4F00000002"))}},
            {.now = *base::parseIso("2026-11-23T12:00:00Z")});
        QVERIFY(log.has_value());
        sample.analysis->log = *log;
        QVERIFY(has(
            words::whyMissing(*sample.analysis).first(1), "holds no message between 2026-11-22 01:00:00"));
    }

    void calmIncidentHasFewWarnings()
    {
        Sample sample = Sample::incident();
        const QStringList warnings = words::warnings(*sample.analysis);
        QCOMPARE(warnings,
            (QStringList {QStringLiteral("1 noticed Message-ID(s) not in the log."),
                QStringLiteral("/var/log/maillog.1.gz is incomplete: unexpected end of file")}));
    }

    void warnsOfTheClock_data()
    {
        QTest::addColumn<int>("skew");
        QTest::addColumn<QString>("part");
        QTest::newRow("ahead") << 3725 << QStringLiteral("ahead by 1 h 2 min");
        QTest::newRow("behind") << -95 << QStringLiteral("behind by 1 min 35 s");
        QTest::newRow("right") << 20 << QString();
    }

    void warnsOfTheClock()
    {
        QFETCH(const int, skew);
        QFETCH(const QString, part);
        Sample sample = Sample::incident();
        evidence::Clock& clock = sample.analysis->bundle.clock;
        clock.here = base::parseIso("2026-11-23T12:00:00Z");
        clock.server = *clock.here + std::chrono::seconds(skew);
        const QStringList about = words::warnings(*sample.analysis).filter(QStringLiteral("clock"));
        QCOMPARE(about.size(), part.isEmpty() ? 0 : 1);
        QVERIFY(about.value(0).contains(part));
    }

    void warnsOfTheRange()
    {
        Sample sample = Sample::incident();
        sample.analysis->notice->detected = base::parseIso("2026-11-20T10:00:00Z");
        QVERIFY(has(words::warnings(*sample.analysis), "after the time in the notice"));
        sample.analysis->notice->detected = base::parseIso("2026-11-27T10:00:00Z");
        QVERIFY(has(words::warnings(*sample.analysis), "before the time in the notice"));
        sample.analysis->notice->detectedHasZone = false;
        QVERIFY(has(words::warnings(*sample.analysis), "no time zone"));
    }

    void warnsOfWhatIsAbsent()
    {
        const QStringList warnings = words::warnings(*Sample::nothing().analysis);
        for (const char* part : {"No notice was given", "no mail log", "no listing of the mail queue"})
            QVERIFY2(has(warnings, part), part);
    }

    void warningsAreBoundedAndInert()
    {
        Sample sample = Sample::hostile();
        for (int i = 0; i < 500; ++i)
            sample.analysis->bundle.warnings.push_back(support::attack() + std::to_string(i));
        const QStringList warnings = words::warnings(*sample.analysis);
        QCOMPARE(warnings.size(), 61);
        QVERIFY(!warnings.join(u' ').contains(QChar(0x1B)) && !warnings.join(u' ').contains(QChar(0x202E)));
    }

    // A person reads what an action is called; who types a command needs its id as well.
    void theGateNamesActionsAsPeopleDo()
    {
        using namespace readiness;
        const Condition open {.id = ConditionId::SourceShut,
            .state = State::NotMet,
            .why = Why::NotDone,
            .values = {"change-password", "an-act-of-another-version"}};
        QCOMPARE(words::text(open),
            QStringLiteral("Nothing that shuts the source was done to its end. What can be done: Change the "
                           "password; an-act-of-another-version."));
        QVERIFY(words::text(open, words::Naming::TitlesAndIds)
                .contains(QStringLiteral(": Change the password (change-password); ")));
        const Condition shut {.id = ConditionId::SourceShut,
            .state = State::Met,
            .values = {"stop-login", "anna@shop.example"}};
        QCOMPARE(
            words::text(shut), QStringLiteral("Done: Stop the login from sending, for anna@shop.example."));
        for (const ConditionId id : {ConditionId::SessionsEnded, ConditionId::MailboxReviewed}) {
            const Condition todo {.id = id, .state = State::NotMet, .why = Why::NotDone};
            QVERIFY2(!words::text(todo).contains(u'-'), qPrintable(words::text(todo)));
            QVERIFY(words::text(todo, words::Naming::TitlesAndIds).contains(u'-'));
        }
    }

    void spans_data()
    {
        QTest::addColumn<int>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("0") << 0 << QStringLiteral("0 s");
        QTest::newRow("59") << 59 << QStringLiteral("59 s");
        QTest::newRow("60") << 60 << QStringLiteral("1 min");
        QTest::newRow("-3600") << -3600 << QStringLiteral("1 h");
        QTest::newRow("90061") << 90061 << QStringLiteral("1 d 1 h");
    }

    void spans()
    {
        QFETCH(const int, seconds);
        QFETCH(const QString, text);
        QCOMPARE(words::span(std::chrono::seconds(seconds)), text);
    }
};

QTEST_GUILESS_MAIN(TestWords)
#include "tst_words.moc"
