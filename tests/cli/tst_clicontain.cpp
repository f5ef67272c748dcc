// SPDX-License-Identifier: GPL-3.0-or-later
// The built program's verb `contain` against an invented server with state: dry first, then in earnest, then
// once more, and back.
#include "tests/cli/program.h"
#include "tests/cli/served.h"

#include <QDir>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using support::Result;
using support::run;
using support::whole;

class TestCliContain : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    support::Served m_served;

    QString m_case;

    QString theCase() const
    {
        return m_case.isEmpty() ? m_folder.filePath(QStringLiteral("a.sluice")) : m_case;
    }

    void serve(const char* incident)
    {
        m_served = {}; // the server before goes first
        m_served = support::serve(incident, m_folder.path());
    }

    Result contain(QStringList arguments)
    {
        return run(
            QStringList {QStringLiteral("contain"), theCase()} + m_served.to + arguments, "opensesame\n");
    }
    Result act(const char* action, QStringList more = {})
    {
        return contain(QStringList {QStringLiteral("--action"), QString::fromLatin1(action)} + more);
    }
    std::string queue()
    {
        return m_served.incident
            ->answer("sh -c 'LC_ALL=C; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export LC_ALL PATH; "
                     "postqueue -j'",
                {})
            .out;
    }

private Q_SLOTS:
    void initTestCase()
    {
        serve("harbor");
        EXPECT_EXIT(contain({}), 0); // pulls into the case
    }

    void listsWhatCanBeDone()
    {
        const Result result = run({QStringLiteral("contain"), theCase()}); // offline
        EXPECT_EXIT(result, 0);
        for (const char* action : {"change-password", "limit-mailbox", "end-sessions", "clear-queue"})
            QVERIFY2(result.out.contains(action), result.out.constData());
        QVERIFY(!result.out.contains("quarantine-script"));
        QVERIFY(result.out.contains("Not here: the case has no saved message."));
    }

    void isDryWithoutApply()
    {
        const std::string before = queue();
        QVERIFY(!before.empty());
        const Result result = act("clear-queue");
        EXPECT_EXIT(result, 0);
        EXPECT_TALK(result, "Nothing was changed.");
        for (const char* part : {"postsuper -h -", "postcat -q \"$@\"", "postsuper -d - hold",
                 "standard input: 210 lines", "The way back: Bring messages back (restore-queue)"})
            QVERIFY2(result.out.contains(part), result.out.constData());
        QCOMPARE(queue(), before);
        EXPECT_EXIT(act("change-password"), 0);
    }

    void clearsTheQueueOnceAndSaysSoTwice()
    {
        const std::string before = queue();
        const Result excluding = act("clear-queue",
            {QStringLiteral("--exclude-sender"), QStringLiteral("@nordkai.example"),
                QStringLiteral("--json")});
        EXPECT_EXIT(excluding, 0);
        const Result result = act("clear-queue", {QStringLiteral("--apply"), QStringLiteral("--json")});
        EXPECT_EXIT(result, 0);
        QCOMPARE(result.json()[u"totals"][u"done"].toInt(), 210);
        QCOMPARE(result.json()[u"keptAfter"].toInt(), 88);
        QCOMPARE(std::ranges::count(queue(), '\n'), 88);
        const Result again = act("clear-queue", {QStringLiteral("--apply"), QStringLiteral("--json")});
        EXPECT_EXIT(again, 0);
        QCOMPARE(again.json()[u"totals"][u"done"].toInt(), 210);
        QCOMPARE(QDir(theCase() + QStringLiteral("/backup")).count(), 210u + 2u);
        EXPECT_EXIT(run({QStringLiteral("verify"), theCase()}), 0);
        const Result back = run({QStringLiteral("contain"), theCase(), QStringLiteral("--action"),
            QStringLiteral("restore-queue"), QStringLiteral("--json")});
        EXPECT_EXIT(back, 0);
        QCOMPARE(back.json()[u"selection"][u"messages"].toInt(), 210);
    }

    void showsWhatTheThiefLeft()
    {
        const Result result = act("review-mailbox", {QStringLiteral("--apply")});
        EXPECT_EXIT(result, 0);
        QVERIFY2(result.out.contains("redirect :copy \"collect@dropbox.test\""), result.out.constData());
    }

    void shutsTheMailbox()
    {
        const Result password = act("change-password", {QStringLiteral("--apply"), QStringLiteral("--json")});
        EXPECT_EXIT(password, 0);
        const QByteArray secret = password.json()[u"newPassword"].toString().toUtf8();
        QCOMPARE(secret.size(), 20);
        EXPECT_EXIT(act("limit-mailbox", {QStringLiteral("--apply")}), 0);
        const Result again = act("limit-mailbox", {QStringLiteral("--apply")});
        EXPECT_EXIT(again, 0);
        QVERIFY(again.out.contains("already so"));
        // The secret is nowhere in the case.
        QFile journal(theCase() + QStringLiteral("/journal.ndjson"));
        QVERIFY(journal.open(QIODevice::ReadOnly));
        QVERIFY(!journal.readAll().contains(secret));
    }

    // After clearing and shutting: what is still open is named, and only that.
    void checksWhatIsStillOpen()
    {
        const auto check = [this](QStringList more) {
            return run(QStringList {QStringLiteral("check"), theCase(), QStringLiteral("--json")} + more,
                "opensesame\n");
        };
        EXPECT_EXIT(check({}), 1); // the evidence is from before
        const Result fresh
            = check(m_served.to + QStringList {QStringLiteral("--watch"), QStringLiteral("0")});
        EXPECT_EXIT(fresh, 1);
        QMap<QString, QString> states;
        for (const QJsonValue& each : fresh.json()[u"conditions"].toArray())
            states[each[u"name"].toString()] = each[u"state"].toString();
        QCOMPARE(states[QStringLiteral("source-shut")], QStringLiteral("met"));
        QCOMPARE(states[QStringLiteral("queue-clean")], QStringLiteral("met"));
        QCOMPARE(states[QStringLiteral("sessions-ended")], QStringLiteral("not-met"));
        EXPECT_EXIT(check({QStringLiteral("--waive"), QStringLiteral("sessions-ended")}), 2); // no reason
        QStringList waived = m_served.to
            + QStringList {QStringLiteral("--watch"), QStringLiteral("0"), QStringLiteral("--unblocked")};
        for (auto at = states.cbegin(); at != states.cend(); ++at)
            if (at.value() != u"met")
                waived << QStringLiteral("--waive") << at.key() + QStringLiteral("=the customer wants it");
        const Result ready = check(waived);
        EXPECT_EXIT(ready, 0);
        QVERIFY(ready.json()[u"ready"].toBool());
        EXPECT_TALK(ready, "Recorded that you unblock now.");
    }

    // What was deleted comes back from the case, whole, and is sent only once.
    void bringsTheQueueBack()
    {
        const Result result = act("restore-queue", {QStringLiteral("--apply"), QStringLiteral("--json")});
        EXPECT_EXIT(result, 0);
        QCOMPARE(result.json()[u"totals"][u"done"].toInt(), 210);
        QCOMPARE(std::ranges::count(queue(), '\n'), 298);
        EXPECT_EXIT(act("restore-queue", {QStringLiteral("--apply")}), 3); // nothing is left to bring back
        QCOMPARE(std::ranges::count(queue(), '\n'), 298);
    }

    void refusesWhatMakesNoSense()
    {
        EXPECT_EXIT(run({QStringLiteral("contain")}), 2);
        EXPECT_EXIT(run({QStringLiteral("contain"), theCase(), QStringLiteral("--apply")}), 2);
        EXPECT_EXIT(run({QStringLiteral("contain"), QStringLiteral("--demo"), QStringLiteral("--action"),
                        QStringLiteral("clear-queue"), QStringLiteral("--apply")}),
            2);
        EXPECT_EXIT(act("clean-everything"), 2);
        EXPECT_EXIT(act("quarantine-script"), 3);
        EXPECT_EXIT(act("limit-mailbox", {QStringLiteral("--target"), QStringLiteral("x;reboot@y")}), 3);
        EXPECT_EXIT(run({QStringLiteral("contain"), m_folder.filePath(QStringLiteral("nothing"))}), 3);
        EXPECT_EXIT(run({QStringLiteral("contain"), m_folder.path()}), 3);
    }

    // Every action that is offered on the invented servers can be run there, and its undo as well.
    void offersNothingThatFails_data()
    {
        QTest::addColumn<QByteArray>("incident");
        QTest::addColumn<QList<QByteArray>>("actions");
        QTest::newRow("a hacked site")
            << QByteArray("orchard")
            << QList<QByteArray> {"check-files", "quarantine-script", "stop-user-mail", "allow-user-mail",
                   "restore-script", "clear-queue", "restore-queue"};
        QTest::newRow("a form") << QByteArray("meadow")
                                << QList<QByteArray> {"close-form", "open-form", "close-registration",
                                       "open-registration", "check-files", "stop-user-mail",
                                       "allow-user-mail"};
    }

    void offersNothingThatFails()
    {
        QFETCH(QByteArray, incident);
        QFETCH(QList<QByteArray>, actions);
        QTemporaryDir folder;
        serve(incident.constData());
        m_case = folder.filePath(QStringLiteral("b.sluice"));
        QFile notice(folder.filePath(QStringLiteral("notice.eml")));
        QVERIFY(notice.open(QIODevice::WriteOnly));
        notice.write(QByteArray::fromStdString(m_served.incident->notice()));
        notice.close();
        EXPECT_EXIT(contain({QStringLiteral("--notice"), notice.fileName()}), 0);
        for (const QByteArray& action : actions) {
            EXPECT_EXIT(act(action.constData()), 0);
            const Result result = act(action.constData(), {QStringLiteral("--apply")});
            EXPECT_EXIT(result, 0);
        }
        m_case.clear();
    }

    // The evidence of one server never leads to deeds on another.
    void actsOnNoOtherServer()
    {
        serve("harbor");
        const std::string before = queue();
        const Result result = act("limit-mailbox", {QStringLiteral("--apply")});
        EXPECT_EXIT(result, 1);
        EXPECT_TALK(result, "the evidence came from a server with");
        QCOMPARE(queue(), before);
    }
};

QTEST_GUILESS_MAIN(TestCliContain)
#include "tst_clicontain.moc"
