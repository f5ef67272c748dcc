// SPDX-License-Identifier: GPL-3.0-or-later
// The built program as a script sees it: exit codes, sentences, JSON.
#include "tests/cli/fixture.h"
#include "tests/cli/program.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

using namespace sluicegate;
using support::Ids;
using support::program;
using support::Result;
using support::run;
using support::whole;

namespace {

qint64 cpuMillisecondsOfChildren()
{
    rusage used {};
    ::getrusage(RUSAGE_CHILDREN, &used);
    const auto milliseconds = [](const timeval& time) { return time.tv_sec * 1000 + time.tv_usec / 1000; };
    return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

} // namespace

class TestCli : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

private Q_SLOTS:
    void initTestCase()
    {
        // What the program leaves behind is looked for here, where nobody else leaves anything.
        QVERIFY(QDir(m_folder.path()).mkdir(QStringLiteral("tmp")));
        qputenv("TMPDIR", QFile::encodeName(file("tmp")));
        QVERIFY2(QFile::exists(program()), "SLUICEGATE names no program");
        QVERIFY(support::putIncident(file("incident")));
        QVERIFY(support::put(m_folder.path(), QStringLiteral("notice.txt"), support::notice(Ids::OfTheSpam)));
        QVERIFY(support::put(m_folder.path(), QStringLiteral("foreign.txt"), support::notice(Ids::OfNobody)));
    }

    void helpAndVersionAreQuickAndNeedNoDisplay_data()
    {
        QTest::addColumn<QString>("argument");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("help") << QStringLiteral("--help") << QByteArray("sluicegate triage (--host");
        QTest::newRow("version") << QStringLiteral("--version") << QByteArray("sluicegate ");
    }

    void helpAndVersionAreQuickAndNeedNoDisplay()
    {
        QFETCH(const QString, argument);
        QFETCH(const QByteArray, part);
        qint64 best = 1000;
        for (int i = 0; i < 7; ++i) { // the best of some, in CPU time: the machine is shared
            const qint64 before = cpuMillisecondsOfChildren();
            const Result result = run({argument});
            best = qMin(best, cpuMillisecondsOfChildren() - before);
            EXPECT_EXIT(result, 0);
            QVERIFY(result.out.contains(part));
        }
#if defined(SLUICEGATE_SANITIZED) || !defined(QT_NO_DEBUG)
        constexpr int most = 500;
#else
        constexpr int most = 50;
#endif
        QVERIFY2(best < most, qPrintable(QString::number(best)));
    }

    void wrongUsage_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("part");
        const auto row = [](const char* name, const QStringList& arguments, const char* part) {
            QTest::newRow(name) << QStringList {QStringLiteral("triage")} + arguments
                                << QString::fromLatin1(part);
        };
        const QString dir = QStringLiteral("--evidence");
        row("no source", {}, "needs one of --host");
        row("two sources", {QStringLiteral("--demo"), dir, QStringLiteral("x")}, "needs one of --host");
        row("unknown option", {QStringLiteral("--demo"), QStringLiteral("--fast")}, "fast");
        row("stray argument", {QStringLiteral("--demo"), QStringLiteral("stray")}, "stray");
        row("no value", {dir}, "evidence");
        row("twice", {dir, QStringLiteral("a"), dir, QStringLiteral("b")}, "given twice");
        row("ending", {dir, QStringLiteral("x"), QStringLiteral("--report"), QStringLiteral("r.doc")},
            ".html");
        row("time", {dir, QStringLiteral("x"), QStringLiteral("--since"), QStringLiteral("yesterday")},
            "takes a time");
        row("times",
            {dir, QStringLiteral("x"), QStringLiteral("--since"), QStringLiteral("2026-11-24"),
                QStringLiteral("--until"), QStringLiteral("2026-11-23")},
            "before --since");
        row("key without host", {QStringLiteral("--demo"), QStringLiteral("--accept-new")}, "--host only");
        row("key file",
            {QStringLiteral("--host"), QStringLiteral("h"), QStringLiteral("--identity"),
                QStringLiteral("/no/key")},
            "is no key file");
        row("stdin twice",
            {QStringLiteral("--host"), QStringLiteral("h"), QStringLiteral("--password-stdin"),
                QStringLiteral("--notice"), QStringLiteral("-")},
            "standard input");
        for (const char* host : {"h:0", "h:port", "h:", "@h", "-oProxyCommand=x", "a b", "[::1", "u@"})
            row(host, {QStringLiteral("--host"), QString::fromLatin1(host)}, host);
    }

    void wrongUsage()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, part);
        const Result result = run(arguments);
        EXPECT_EXIT(result, 2);
        QVERIFY2(result.talk.contains(part), qPrintable(whole(result)));
        QVERIFY(result.out.isEmpty());
    }

    void badInput_data()
    {
        QTest::addColumn<QByteArray>("log");
        QTest::addColumn<QString>("part");
        QByteArray rubbish;
        for (int i = 0; i < 200000; ++i)
            rubbish += char((i * 2654435761U) >> 13);
        QTest::newRow("binary rubbish")
            << rubbish << QStringLiteral("/var/log/maillog is not what it should be");
        QTest::newRow("empty log") << QByteArray() << QStringLiteral("/var/log/maillog");
        QTest::newRow("damaged gzip")
            << QByteArray("\x1f\x8b\x08rubbish", 10) << QStringLiteral("/var/log/maillog");
    }

    void badInput()
    {
        QFETCH(const QByteArray, log);
        QFETCH(const QString, part);
        QTemporaryDir evidence;
        QVERIFY(support::put(evidence.path(), QStringLiteral("var/log/maillog"), log));
        QVERIFY(
            support::put(evidence.path(), QStringLiteral("commands/postqueue-j"), "Mail queue is empty\n"));
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--evidence"), evidence.path(),
            QStringLiteral("--json")});
        EXPECT_EXIT(result, 3);
        QVERIFY2(result.talk.contains(part), qPrintable(whole(result)));
        QCOMPARE(result.json().value(QStringLiteral("situation")).toString(), QStringLiteral("no-mail-log"));
    }

    void unreadableNames_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("part");
        const QString incident = file("incident");
        QTest::newRow("no folder") << QStringList {QStringLiteral("--evidence"), file("nowhere")}
                                   << QStringLiteral("nowhere does not exist");
        QTest::newRow("file as folder")
            << QStringList {QStringLiteral("--evidence"), file("notice.txt")} << QStringLiteral("notice.txt");
        QTest::newRow("no notice") << QStringList {QStringLiteral("--evidence"), incident,
            QStringLiteral("--notice"), file("none.txt")}
                                   << QStringLiteral("none.txt does not exist");
        QTest::newRow("folder as notice")
            << QStringList {QStringLiteral("--evidence"), incident, QStringLiteral("--notice"), incident}
            << QStringLiteral("incident cannot be read");
        QTest::newRow("rubbish notice")
            << QStringList {QStringLiteral("--evidence"), incident, QStringLiteral("--notice"), program()}
            << QStringLiteral("is not what it should be");
        QTest::newRow("empty notice") << QStringList {QStringLiteral("--evidence"), incident,
            QStringLiteral("--notice"), QStringLiteral("/dev/null")}
                                      << QStringLiteral("/dev/null is empty");
    }

    void unreadableNames()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QString, part);
        const Result result = run(QStringList {QStringLiteral("triage")} + arguments);
        EXPECT_EXIT(result, 3);
        QVERIFY2(result.talk.contains(part), qPrintable(whole(result)));
    }

    void maillogSaysHowMuchItUnderstood()
    {
        const QByteArray known = "Nov 23 10:00:00 host1 postfix/qmgr[1]: 3A1B2C4D5E: removed\n";
        const QByteArray log = known.repeated(1500) + "Nov 23 10:00:00 host1 kernel: eth0 up\n";
        QVERIFY(support::put(m_folder.path(), QStringLiteral("partly.log"), log));
        const Result result = run({QStringLiteral("maillog"), file("partly.log"), QStringLiteral("--json")});
        EXPECT_EXIT(result, 0);
        EXPECT_TALK(result, "99.9 % of 1 501 lines understood");
        EXPECT_TALK(result, "partly.log:1501: Nov 23 10:00:00 host1 kernel: eth0 up");
        QCOMPARE(result.out.count('\n'), 1);
    }

    void emptyFolder()
    {
        QTemporaryDir empty;
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--evidence"), empty.path()});
        EXPECT_EXIT(result, 3);
        EXPECT_TALK(result, "is empty");
    }

    void folderOfEvidence()
    {
        const QString page = file("r.html");
        const QString paper = file("r.pdf");
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--evidence"), file("incident"),
            QStringLiteral("--notice"), file("notice.txt"), QStringLiteral("--json"),
            QStringLiteral("--report"), page, QStringLiteral("--report"), paper});
        EXPECT_EXIT(result, 0);
        const QJsonObject json = result.json();
        QCOMPARE(json.value(QStringLiteral("format")).toString(), QStringLiteral("sluicegate/1"));
        const QJsonObject first = json.value(QStringLiteral("suspects")).toArray().at(0).toObject();
        QCOMPARE(first.value(QStringLiteral("cause")).toString(), QStringLiteral("mailbox-password"));
        QCOMPARE(first.value(QStringLiteral("source")).toObject().value(QStringLiteral("account")).toString(),
            QStringLiteral("anna@shop.example"));
        QCOMPARE(first.value(QStringLiteral("noticedIds")).toArray().size(), 2);
        QVERIFY(json.value(QStringLiteral("unexplainedIds")).toArray().isEmpty());
        const QJsonObject log = json.value(QStringLiteral("log"))
                                    .toObject()
                                    .value(QStringLiteral("files"))
                                    .toArray()
                                    .at(0)
                                    .toObject();
        QCOMPARE(log.value(QStringLiteral("sha256")).toString().size(), 64);
        QCOMPARE(json.value(QStringLiteral("queue")).toObject().value(QStringLiteral("keep")).toArray(),
            (QJsonArray {QStringLiteral("4F00009999A")}));
        for (const QString& name : {page, paper})
            QVERIFY2(QFileInfo(name).size() > 2000, qPrintable(name));
    }

    // A terminal obeys C1 controls and turns text around at U+202E; JSON may say both as escapes.
    void jsonIsQuiet()
    {
        const QByteArray mail = "Subject: a\xC2\x9B"
                                "31m\xE2\x80\xAE\x7F \xC3\xA4\xE2\x82\xAC\nFrom: a@b.test\n\n";
        const Result result
            = run({QStringLiteral("headers"), QStringLiteral("-"), QStringLiteral("--json")}, mail);
        EXPECT_EXIT(result, 0);
        QCOMPARE(result.json()
                     .value(QStringLiteral("fields"))
                     .toArray()
                     .at(0)
                     .toObject()
                     .value(QStringLiteral("value"))
                     .toString(),
            QStringLiteral("a\u009B"
                           "31m\u202E\u007F ä€"));
        QVERIFY(result.out.contains("\\u009b") && result.out.contains("\\u202e"));
        for (const char* loud : {"\xC2\x9B", "\xE2\x80\xAE", "\x7F"})
            QVERIFY(!result.out.contains(loud));
    }

    void readableVerdict()
    {
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--evidence"), file("incident"),
                                      QStringLiteral("--notice"), QStringLiteral("-")},
            support::notice(Ids::OfTheSpam));
        EXPECT_EXIT(result, 0);
        for (const char* part : {"strangers send mail with the password of mailbox anna@shop.example",
                 "For:", "/var/log/maillog:", "What shuts the first one down:"})
            QVERIFY2(result.out.contains(part), qPrintable(whole(result)));
        QVERIFY(!result.talk.contains(QChar(0x1B)));
    }

    void logWithoutTheIds()
    {
        const QStringList arguments {QStringLiteral("triage"), QStringLiteral("--evidence"), file("incident"),
            QStringLiteral("--notice"), file("foreign.txt")};
        const Result json = run(arguments + QStringList {QStringLiteral("--json")});
        EXPECT_EXIT(json, 0);
        QCOMPARE(json.json().value(QStringLiteral("unexplainedIds")).toArray(),
            (QJsonArray {QStringLiteral("never-seen-1@elsewhere.test"),
                QStringLiteral("never-seen-2@elsewhere.test")}));
        QVERIFY(!json.json().value(QStringLiteral("whyUnexplained")).toArray().isEmpty());
        const Result text = run(arguments);
        EXPECT_EXIT(text, 0);
        QVERIFY2(text.out.contains("never-seen-1@elsewhere.test") && text.out.contains("Why that may be"),
            qPrintable(whole(text)));
    }

    void caseIsMadeAndReportedAgain()
    {
        const QString folder = file("made.sluice");
        const Result made = run({QStringLiteral("triage"), QStringLiteral("--evidence"), file("incident"),
            QStringLiteral("--notice"), file("notice.txt"), QStringLiteral("--case"), folder,
            QStringLiteral("--json")});
        EXPECT_EXIT(made, 0);
        EXPECT_EXIT(run({QStringLiteral("verify"), folder}), 0);
        const QString again = file("again.json");
        const Result report = run({QStringLiteral("report"), folder, again, file("again.md")});
        EXPECT_EXIT(report, 0);
        QFile file(again);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject second = QJsonDocument::fromJson(file.readAll()).object();
        for (const char* key : {"suspects", "queue", "log", "notice", "verdict", "unexplainedIds"})
            QCOMPARE(second.value(QLatin1StringView(key)), made.json().value(QLatin1StringView(key)));
    }

    void alteredEvidenceIsLeftOutOfReports()
    {
        const QString folder = file("altered.sluice");
        EXPECT_EXIT(run({QStringLiteral("triage"), QStringLiteral("--evidence"), file("incident"),
                        QStringLiteral("--case"), folder}),
            0);
        EXPECT_EXIT(run({QStringLiteral("report"), folder, folder + QStringLiteral("/evidence/r.html")}), 2);
        const QDir evidence(folder + QStringLiteral("/evidence"));
        for (const QString& name : evidence.entryList(QDir::Files)) {
            QFile kept(evidence.filePath(name));
            QVERIFY(kept.open(QIODevice::ReadOnly));
            const bool isLog = kept.readAll().contains("/qmgr[");
            kept.close();
            kept.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
            QVERIFY(!isLog || (kept.open(QIODevice::Append) && kept.write("x\n") == 2));
        }
        const Result report = run({QStringLiteral("report"), folder, file("altered.md")});
        QVERIFY2(report.code == 1 || report.code == 3, qPrintable(whole(report)));
        QVERIFY2(report.talk.contains(QStringLiteral("changed"))
                || report.talk.contains(QStringLiteral("no longer what was recorded")),
            qPrintable(whole(report)));
    }

    void nothingInTheSpanIsNoAllClear()
    {
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--evidence"), file("incident"),
            QStringLiteral("--since"), QStringLiteral("2036-01-01")});
        EXPECT_EXIT(result, 3);
        EXPECT_TALK(result, "it covers ");
        QVERIFY(result.out.isEmpty());
    }

    void unknownWordsAreNamed()
    {
        const Result word = run({QStringLiteral("bogus")});
        EXPECT_EXIT(word, 2);
        EXPECT_TALK(word, "bogus is neither a command nor a file");
        const Result help = run({QStringLiteral("triage"), QStringLiteral("--help")});
        EXPECT_EXIT(help, 0);
        QVERIFY(help.out.contains("sluicegate triage (--host"));
    }

    void reportNeedsACase()
    {
        EXPECT_EXIT(run({QStringLiteral("report")}), 2);
        EXPECT_EXIT(run({QStringLiteral("report"), file("incident")}), 2);
        EXPECT_EXIT(run({QStringLiteral("report"), file("incident"), QStringLiteral("x.doc")}), 2);
        const Result result = run({QStringLiteral("report"), file("incident"), file("x.html")});
        EXPECT_EXIT(result, 3);
        EXPECT_TALK(result, "is not a case folder");
        EXPECT_EXIT(run({QStringLiteral("report"), file("nowhere"), file("x.html")}), 3);
    }

    void unwritableReportKeepsTheVerdict()
    {
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--evidence"), file("incident"),
            QStringLiteral("--json"), QStringLiteral("--report"), file("no/folder/r.html"),
            QStringLiteral("--report"), file("kept.md")});
        EXPECT_EXIT(result, 5);
        EXPECT_TALK(result, "r.html could not be written");
        QVERIFY(!result.json().isEmpty());
        QVERIFY(QFile::exists(file("kept.md")));
    }

    void demoGoesThroughSsh()
    {
        const Result result
            = run({QStringLiteral("triage"), QStringLiteral("--demo"), QStringLiteral("--json")});
        EXPECT_EXIT(result, 0);
        EXPECT_TALK(result, "Connected to ");
        const QJsonObject json = result.json();
        QVERIFY(!json.value(QStringLiteral("suspects")).toArray().isEmpty());
        QVERIFY(!json.value(QStringLiteral("notice"))
                .toObject()
                .value(QStringLiteral("messageIds"))
                .toArray()
                .isEmpty());
        const auto noticed
            = json.value(QStringLiteral("notice")).toObject().value(QStringLiteral("messageIds")).toArray();
        QVERIFY(json.value(QStringLiteral("unexplainedIds")).toArray().size() < noticed.size());
        QVERIFY(json.value(QStringLiteral("log")).toObject().value(QStringLiteral("lines")).toInt() > 100);
        QVERIFY(json.value(QStringLiteral("verdict")).toString().contains(QStringLiteral(" messages to ")));
        // The demo's clock stands in its incident's time: no skew that the operator would have to puzzle
        // about.
        for (const QJsonValue& warning : json.value(QStringLiteral("warnings")).toArray())
            QVERIFY2(!warning.toString().contains(QStringLiteral("clock")), qPrintable(warning.toString()));
        QCOMPARE(QDir(file("tmp")).entryList(QDir::AllEntries | QDir::NoDotAndDotDot), QStringList());
    }

    void demoKnowsItsIncidents()
    {
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--demo"),
            QStringLiteral("--incident"), QStringLiteral("none")});
        EXPECT_EXIT(result, 3);
        EXPECT_TALK(result, "none does not exist");
    }
};

QTEST_GUILESS_MAIN(TestCli)
#include "tst_cli.moc"
