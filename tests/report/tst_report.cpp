// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/report/report.h"
#include "models/report/timeline.h"

#include "tests/report/sample.h"
#include "tests/support/golden.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTest>
#include <QXmlStreamReader>

#include <algorithm>

using namespace sluicegate;
using support::Sample;

namespace {

QString folder()
{
    return QStringLiteral(TEST_DATA);
}

// Every character of foreign text that could act on a reader's screen.
bool actsOnScreen(const QString& text)
{
    for (const QChar c : text) {
        if (c == u'\n')
            continue;
        const auto category = c.category();
        if (category == QChar::Other_Control || category == QChar::Other_Format)
            return true;
    }
    return false;
}

} // namespace

class TestReport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jsonIsAsPromised()
    {
        const QJsonDocument document(report::json(*Sample::incident().analysis));
        QCOMPARE(support::goldenDifference(folder(), QStringLiteral("incident"), document), QString());
    }

    void jsonOfNothing()
    {
        const QJsonDocument document(report::json(*Sample::nothing().analysis));
        QCOMPARE(support::goldenDifference(folder(), QStringLiteral("nothing"), document), QString());
    }

    void jsonKeepsForeignBytesAndShowsNone()
    {
        const QJsonObject object = report::json(*Sample::hostile().analysis);
        const QByteArray text = report::jsonText(object);
        QVERIFY(!actsOnScreen(QString::fromUtf8(text)));
        QJsonParseError error;
        QCOMPARE(QJsonDocument::fromJson(text, &error).object(), object);
        QCOMPARE(error.error, QJsonParseError::NoError);
        const QString host = object.value(QStringLiteral("host")).toString();
        QVERIFY(host.contains(QChar(0x202E)) && host.contains(QChar(0x1B)) && host.contains(QChar(u'\0')));
    }

    void saysWhatIsUndecided()
    {
        const auto said = [](const triage::Analysis& analysis) {
            const QStringList all {
                report::html(analysis), report::printable(analysis), report::markdown(analysis)};
            return std::ranges::count_if(
                all, [](const QString& text) { return text.contains(u"too short to know where the owner"); });
        };
        QCOMPARE(said(*Sample::incident().analysis), 3);
        QCOMPARE(said(*Sample::nothing().analysis), 0);
    }

    void jsonTextKeepsEmoji()
    {
        const QJsonObject object {{QStringLiteral("a"), QString::fromUcs4(U"\U0001F600 \u00e9")}};
        const QByteArray text = report::jsonText(object);
        QCOMPARE(QJsonDocument::fromJson(text).object(), object);
    }

    void pageShowsTheCase()
    {
        const QString page = report::html(*Sample::incident().analysis);
        for (const char* expected : {"anna@shop.example", "200@mail.shop.example", "gone@elsewhere.test",
                 "Stolen mailbox password", "very likely", "sasl_username=anna@shop.example",
                 "/var/log/maillog:", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                 "4F0013A013", "<svg", "unexpected end of file", "What shuts it down",
                 "Change the password of anna@shop.example", "Good mail, to be kept", "default-src 'none'"})
            QVERIFY2(page.contains(QString::fromLatin1(expected)), expected);
    }

    void pageLoadsNothingAndRunsNothing_data()
    {
        QTest::addColumn<QString>("page");
        QTest::newRow("page") << report::html(*Sample::hostile().analysis);
        QTest::newRow("paper") << report::printable(*Sample::hostile().analysis);
    }

    void pageLoadsNothingAndRunsNothing()
    {
        QFETCH(const QString, page);
        QVERIFY(page.size() > 3000);
        QVERIFY(page.contains(QStringLiteral("alert(1)"))); // the attack is shown ...
        for (const char* never : {"<script", "<img", "<link", "<iframe", "<object", "<embed", "<base",
                 "onerror=1>", " src=\"", " href=", "url(http", "@import"}) // ... and stays text
            QVERIFY2(!page.contains(QString::fromLatin1(never)), never);
        QVERIFY(!actsOnScreen(page));
    }

    void pageIsWellFormed_data()
    {
        QTest::addColumn<QString>("page");
        QTest::newRow("incident") << report::html(*Sample::incident().analysis);
        QTest::newRow("hostile") << report::html(*Sample::hostile().analysis);
        QTest::newRow("nothing") << report::html(*Sample::nothing().analysis);
    }

    // The body is written as XML would want it, so that every tag provably closes.
    void pageIsWellFormed()
    {
        QFETCH(const QString, page);
        const qsizetype from = page.indexOf(QStringLiteral("<body>"));
        const qsizetype to = page.indexOf(QStringLiteral("</html>"));
        QVERIFY(from > 0 && to > from);
        QXmlStreamReader reader(page.sliced(from, to - from));
        while (!reader.atEnd())
            reader.readNext();
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
    }

    void markdownStaysText()
    {
        const QString text = report::markdown(*Sample::hostile().analysis);
        QVERIFY(!actsOnScreen(text));
        QVERIFY(text.contains(QStringLiteral("alert")));
        // Outside of code nothing of the attack keeps its markup.
        static const QRegularExpression code(QStringLiteral("(?<!\\\\)(`+)(?!`).*?(?<!`)\\1(?!`)"));
        QString outside = text;
        outside.remove(code);
        static const QRegularExpression active(QStringLiteral("(?<!\\\\)[<\\[@`]|https?:"));
        const auto found = active.match(outside);
        QVERIFY2(!found.hasMatch(), qPrintable(outside.mid(found.capturedStart() - 30, 80)));
    }

    void markdownShowsTheCase()
    {
        const QString text = report::markdown(*Sample::incident().analysis);
        for (const char* expected :
            {"# Source of spam on mail", "## What shuts it down", "anna\\@shop.example", "+2.4",
                "`gone@elsewhere.test` (not in the log)", "sasl_username=anna@shop.example"})
            QVERIFY2(text.contains(QString::fromLatin1(expected)), expected);
    }

    // What was passed over, by whom and why, in every form; a hostile reason stays text.
    void wordsAtTheGateAreShown()
    {
        const auto sample = Sample::incident();
        readiness::Facts facts {.analysis = *sample.analysis, .acts = {}, .now = {}};
        facts.waived[readiness::ConditionId::SourceShut] = {"told by <img src=x> telephone", "ben",
            *base::parseIso("2026-11-23T10:00:00Z"), readiness::Why::NotDone, 9};
        const readiness::Gate gate = readiness::evaluate(facts);
        QVERIFY(gate.find(readiness::ConditionId::SourceShut)->waived);
        for (const QString& text : {report::html(*sample.analysis, &gate),
                 report::printable(*sample.analysis, &gate), report::markdown(*sample.analysis, &gate)}) {
            QVERIFY(text.contains(u"telephone") && text.contains(u"ben"));
            QVERIFY(QString(text).remove(QStringLiteral("\\<img")).contains(u"<img") == false);
            QVERIFY(text.contains(u"Not ready"));
        }
        const QJsonObject json = report::json(*sample.analysis, &gate)[u"readiness"].toObject();
        QCOMPARE(json[u"ready"].toBool(true), false);
        QCOMPARE(json[u"conditions"][0][u"waived"][u"by"].toString(), QStringLiteral("ben"));
        QVERIFY(!report::json(*sample.analysis).contains(u"readiness"));
        QVERIFY(!report::html(*sample.analysis).contains(u"Not ready"));
    }

    // In every form, in the given order; whatever was pinned stays text.
    void remarksAreTold()
    {
        const auto sample = Sample::incident();
        const base::Instant noon = *base::parseIso("2026-11-23T12:00:00Z");
        const std::vector<casefile::Remark> remarks {
            {.id = "1",
                .kind = casefile::RemarkKind::LogLine,
                .written = noon,
                .at = noon - std::chrono::hours(2),
                .title = "4F0013A013",
                .words = "mind <img src=x> this",
                .lines = {{"/var/log/maillog", 77, "pinned <b>line</b>"}},
                .by = "ben"},
            {.id = "2", .written = noon, .words = "telephoned\nthe owner"}};
        for (const QString& text : {report::html(*sample.analysis, nullptr, remarks),
                 report::printable(*sample.analysis, nullptr, remarks),
                 report::markdown(*sample.analysis, nullptr, remarks)}) {
            QVERIFY(text.contains(u"Notes and pins") && text.contains(u"/var/log/maillog:77"));
            QVERIFY(!QString(text).remove(QStringLiteral("\\<img")).contains(u"<img"));
            QVERIFY(text.indexOf(u"this") < text.indexOf(u"telephoned"));
            QVERIFY(!text.contains(u"telephoned\u240athe"));
        }
        const QJsonArray json = report::json(*sample.analysis, nullptr, remarks)[u"remarks"].toArray();
        QCOMPARE(json.size(), 2);
        QCOMPARE(json[0][u"at"].toString(), QStringLiteral("2026-11-23T10:00:00Z"));
        QCOMPARE(json[0][u"evidence"][0][u"line"].toInt(), 77);
        QCOMPARE(json[1][u"text"].toString(), QStringLiteral("telephoned\nthe owner"));
        QVERIFY(!report::json(*sample.analysis).contains(u"remarks"));
        QVERIFY(!report::html(*sample.analysis).contains(u"Notes and pins"));
    }

    void longListsStayShort()
    {
        const Sample sample = Sample::large();
        QElapsedTimer timer;
        timer.start();
        const QString page = report::html(*sample.analysis);
        const QString paper = report::printable(*sample.analysis);
        QVERIFY2(page.size() < 600000, qPrintable(QString::number(page.size())));
        QVERIFY2(paper.size() < 150000, qPrintable(QString::number(paper.size())));
        QVERIFY(page.contains(QRegularExpression(QStringLiteral("and 19,?802 more")))); // of 20002 to delete
        QVERIFY2(timer.elapsed() < 10000, qPrintable(QString::number(timer.elapsed())));
    }

    void timelineCountsEveryMessageOnce()
    {
        const Sample sample = Sample::incident();
        const triage::Analysis& analysis = *sample.analysis;
        const report::Timeline line = report::timelineOf(analysis, 96);
        std::uint64_t suspect = 0;
        std::uint64_t other = 0;
        for (const report::Bin& bin : line.bins) {
            suspect += bin.messages[0];
            other += bin.messages[1];
            QCOMPARE(bin.messages[report::otherLane], 0U); // both logins are suspects of the sample
        }
        QCOMPARE(suspect, analysis.verdict.suspects[0].messages);
        QVERIFY(other > 0);
        QVERIFY(line.bins.size() <= 96);
        QVERIFY(line.noticed.has_value());
    }

    void timelineNeedsALog() { QVERIFY(report::timelineOf(*Sample::nothing().analysis, 96).empty()); }

    void timelineHoldsYearsInFewBins()
    {
        const auto line = [](std::string_view when, int id) {
            return std::string(when) + " mail postfix/pickup[5]: 4F0000000" + std::to_string(id)
                + ": uid=10001 from=<web>\n";
        };
        Sample sample = Sample::nothing();
        auto log = maillog::History::read({{.path = "/var/log/maillog",
                                              .bytes = base::Bytes::own(line("2019-01-01T00:00:00+00:00", 1)
                                                  + line("2026-11-23T00:00:00+00:00", 2))}},
            {.now = *base::parseIso("2026-11-23T12:00:00Z")});
        QVERIFY(log.has_value());
        sample.analysis->log = *log;
        const report::Timeline years = report::timelineOf(*sample.analysis, 26);
        QVERIFY(!years.empty() && years.bins.size() <= 26);
        std::uint64_t all = 0;
        for (const report::Bin& bin : years.bins)
            all += bin.total();
        QCOMPARE(all, 2U);
    }
};

QTEST_GUILESS_MAIN(TestReport)
#include "tst_report.moc"
