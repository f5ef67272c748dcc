// SPDX-License-Identifier: GPL-3.0-or-later
// The built program's verb `check` against an invented server: with and without a case, the watch, the
// operator's words in the report, and another server's key.
#include "tests/cli/program.h"
#include "tests/cli/served.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace sluicegate;
using support::Result;
using support::run;
using support::whole;

class TestCliCheck : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    support::Served m_served;

    QString theCase() const { return m_folder.filePath(QStringLiteral("a.sluice")); }

    void serve()
    {
        m_served = {}; // the server before goes first
        m_served = support::serve("harbor", m_folder.path());
    }

    Result check(const QStringList& arguments)
    {
        return run(QStringList {QStringLiteral("check"), QStringLiteral("--json")} + m_served.to + arguments,
            "opensesame\n");
    }

    static QString why(const QJsonObject& json, const char* condition)
    {
        for (const QJsonValue& each : json[u"conditions"].toArray())
            if (each[u"name"].toString() == QLatin1String(condition))
                return each[u"state"].toString() + u' ' + each[u"why"].toString();
        return {};
    }

private Q_SLOTS:
    void initTestCase() { serve(); }

    void pullsByItselfWithoutACase()
    {
        const Result result = check({});
        EXPECT_EXIT(result, 1);
        QCOMPARE(why(result.json(), "source-shut"), QStringLiteral("not-met not-done"));
        QCOMPARE(why(result.json(), "queue-clean"), QStringLiteral("not-met still-queued"));
        QCOMPARE(why(result.json(), "ports-tested"), QStringLiteral("unknown not-tested"));
    }

    void refusesWhatMakesNoSense_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char* title, const char* arguments) {
            QTest::newRow(title) << QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts);
        };
        row("neither case nor host", "");
        row("a word without a case to keep it", "--host x.example --waive queue-clean=why");
        row("unblocking without a case", "--host x.example --unblocked");
        row("a test from nowhere", "a.sluice --test-ports");
        row("lists from nowhere", "a.sluice --ask-lists");
        row("no such condition", "a.sluice --waive everything=why");
        row("no minutes", "a.sluice --watch soon");
        row("no seconds", "a.sluice --every 0");
        row("two cases", "a.sluice b.sluice");
        row("an option twice", "a.sluice --watch 5 --watch 6");
        row("a flag twice", "a.sluice --json --json");
        row("two reasons for one condition",
            "a.sluice --waive queue-clean=why --waive queue-clean=therefore");
        row("no such key", "a.sluice --host x.example --identity /nowhere/key");
        row("a key for nothing", "a.sluice --identity /dev/null");
    }

    void refusesWhatMakesNoSense()
    {
        QFETCH(QStringList, arguments);
        EXPECT_EXIT(run(QStringList {QStringLiteral("check")} + arguments), 2);
    }

    void aBadProfileIsSaid()
    {
        const QString file = m_folder.filePath(QStringLiteral("bad.json"));
        QFile profile(file);
        QVERIFY(profile.open(QIODevice::WriteOnly));
        profile.write(R"({"name":"x","unblok":"y"})");
        profile.close();
        const Result result = check({QStringLiteral("--profile"), file});
        EXPECT_EXIT(result, 3);
        EXPECT_TALK(result, "unblok is not known");
    }

    // Reads on only what is new, says so, and ends at once when it is told to.
    void watchesTheLog()
    {
        for (const char* action : {"change-password", "end-sessions", "review-mailbox"}) {
            const Result result = run(QStringList {QStringLiteral("contain"), theCase()} + m_served.to
                    + QStringList {QStringLiteral("--action"), QString::fromLatin1(action),
                        QStringLiteral("--apply")},
                "opensesame\n");
            QVERIFY2(result.code == 0 || result.code == 5, qPrintable(whole(result)));
        }
        QProcess process;
        support::prepare(process);
        process.setArguments(QStringList {QStringLiteral("check"), theCase(), QStringLiteral("--json"),
                                 QStringLiteral("--watch"), QStringLiteral("30"), QStringLiteral("--every"),
                                 QStringLiteral("1")}
            + m_served.to);
        process.start();
        QVERIFY(process.waitForStarted());
        process.write("opensesame\n");
        process.closeWriteChannel();
        QByteArray talk;
        QElapsedTimer time;
        time.start();
        while (
            talk.count("quiet for ") < 2 && time.elapsed() < 60000 && process.state() == QProcess::Running) {
            process.waitForReadyRead(100);
            talk += process.readAllStandardError();
        }
        QVERIFY2(talk.count("quiet for ") >= 2, talk.constData());
        QVERIFY(talk.contains("0 new"));
        time.restart();
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(10000));
        QVERIFY2(time.elapsed() < 2000, qPrintable(QString::number(time.elapsed())));
        QCOMPARE(process.exitCode(), 1);
        const QJsonObject json = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
        QCOMPARE(why(json, "source-shut"), QStringLiteral("met fine"));
        QCOMPARE(why(json, "source-silent"), QStringLiteral("unknown watch-not-over"));
        QFile journal(theCase() + QStringLiteral("/journal.ndjson"));
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QVERIFY(journal.readAll().contains("\"kind\":\"watched\""));
    }

    // Never in silence: who passed a condition over, and why, stands in every report.
    void wordsStandInTheReport()
    {
        const QString reason = QStringLiteral("told by <b>telephone</b>");
        const Result waived
            = check({theCase(), QStringLiteral("--waive"), QStringLiteral("queue-clean=") + reason});
        EXPECT_EXIT(waived, 1);
        QVERIFY(waived.out.contains("telephone"));
        // It holds until the queue grows, without being said again.
        const Result again = run({QStringLiteral("check"), theCase()});
        EXPECT_EXIT(again, 1);
        QVERIFY(again.out.contains("telephone"));
        const QStringList files {m_folder.filePath(QStringLiteral("r.html")),
            m_folder.filePath(QStringLiteral("r.md")), m_folder.filePath(QStringLiteral("r.json"))};
        EXPECT_EXIT(run(QStringList {QStringLiteral("report"), theCase()} + files), 0);
        for (const QString& name : files) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QByteArray text = file.readAll();
            QVERIFY2(text.contains("telephone"), qPrintable(name));
            QVERIFY2(name.endsWith(u".json") || !text.contains("<b>telephone"), qPrintable(name));
        }
        EXPECT_EXIT(run({QStringLiteral("verify"), theCase()}), 0);
    }

    // One wording for it, whatever is asked.
    void asksNoOtherServer()
    {
        serve();
        const Result result = check({theCase()});
        EXPECT_EXIT(result, 1);
        EXPECT_TALK(result, "the evidence came from a server with");
    }
};

QTEST_GUILESS_MAIN(TestCliCheck)
#include "tst_clicheck.moc"
