// SPDX-License-Identifier: GPL-3.0-or-later
// The built program against servers that are absent, wrong, suspicious or slow.
#include "models/ssh/loopserver.h"

#include "tests/cli/fixture.h"
#include "tests/cli/program.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <csignal>

using namespace sluicegate;
using support::prepare;
using support::Result;
using support::run;
using support::whole;

namespace {

// An SSH server on which every command is missing.
std::unique_ptr<ssh::LoopServer> bareServer()
{
    ssh::ExecHost host;
    host.wantsInput = [](std::string_view) { return false; };
    host.answer = [](std::string_view, std::string_view) {
        return ssh::ExecReply {.out = {}, .err = "command not found\n", .exitStatus = 127};
    };
    host.user = "root";
    host.password = "opensesame";
    auto server = ssh::LoopServer::start(host);
    return server ? std::move(*server) : nullptr;
}

} // namespace

class TestCliServers : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    QString file(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }

    QStringList toServer(ssh::LoopServer& server, const char* known)
    {
        const auto port = server.listen(0);
        return {QStringLiteral("triage"), QStringLiteral("--host"),
            QStringLiteral("root@127.0.0.1:%1").arg(port.value_or(0)), QStringLiteral("--known-hosts"),
            file(known), QStringLiteral("--password-stdin")};
    }

    bool putKnown(ssh::LoopServer& server, const char* known, const QString& host)
    {
        return support::put(m_folder.path(), QString::fromLatin1(known),
            QByteArray::fromStdString(server.knownHostsLine(host.toStdString())) + '\n');
    }

private Q_SLOTS:
    void nobodyListens()
    {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        const quint16 port = taken.serverPort();
        taken.close();
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--host"),
            QStringLiteral("root@127.0.0.1:%1").arg(port)});
        EXPECT_EXIT(result, 4);
        EXPECT_TALK(result, "cannot be reached");
    }

    void notAnSshServer()
    {
        QTcpServer web;
        QVERIFY(web.listen(QHostAddress::LocalHost));
        QProcess process;
        prepare(process);
        process.setArguments({QStringLiteral("triage"), QStringLiteral("--host"),
            QStringLiteral("root@127.0.0.1:%1").arg(web.serverPort())});
        process.start();
        QVERIFY(web.waitForNewConnection(20000));
        QTcpSocket* socket = web.nextPendingConnection();
        socket->write("HTTP/1.1 400 Bad Request\r\nServer: invented\r\n\r\n");
        socket->flush();
        QVERIFY(process.waitForFinished(30000));
        const QByteArray talk = process.readAllStandardError();
        QVERIFY2(talk.contains("not as an SSH server"), talk.constData());
        QCOMPARE(process.exitCode(), 4);
    }

    void noSuchHost()
    {
        const Result result = run({QStringLiteral("triage"), QStringLiteral("--host"),
            QStringLiteral("root@no-such-host.invalid")});
        EXPECT_EXIT(result, 4);
        EXPECT_TALK(result, "No address is known for the host no-such-host.invalid");
    }

    void unknownHostKey()
    {
        const auto server = bareServer();
        QVERIFY(server);
        const Result result = run(toServer(*server, "empty_known_hosts"), "opensesame\n");
        EXPECT_EXIT(result, 4);
        EXPECT_TALK(result, "is not known yet");
        QVERIFY2(
            result.talk.contains(QString::fromStdString(server->fingerprint())), qPrintable(whole(result)));
    }

    void changedHostKey()
    {
        const auto server = bareServer();
        const auto other = bareServer();
        QVERIFY(server && other);
        QStringList arguments = toServer(*server, "changed_known_hosts");
        const QString port = arguments.at(2).section(u':', -1);
        QVERIFY(putKnown(*other, "changed_known_hosts", QStringLiteral("[127.0.0.1]:") + port));
        arguments << QStringLiteral("--accept-new");
        const Result result = run(arguments, "opensesame\n");
        EXPECT_EXIT(result, 4);
        EXPECT_TALK(result, "has changed");
        QVERIFY2(result.talk.contains(QString::fromStdString(server->fingerprint()))
                && result.talk.contains(QString::fromStdString(other->fingerprint()))
                && result.talk.contains(QStringLiteral("changed_known_hosts:1")),
            qPrintable(whole(result)));
    }

    void refusedPassword()
    {
        const auto server = bareServer();
        QVERIFY(server);
        const Result result
            = run(toServer(*server, "refused_known_hosts") + QStringList {QStringLiteral("--accept-new")},
                "wrong\n");
        EXPECT_EXIT(result, 4);
        EXPECT_TALK(result, "refused the login");
        QVERIFY(!result.talk.contains(QStringLiteral("wrong"))); // a password is never repeated
    }

    void noTerminalAndNoPassword()
    {
        const auto server = bareServer();
        QVERIFY(server);
        QStringList arguments
            = toServer(*server, "asked_known_hosts") + QStringList {QStringLiteral("--accept-new")};
        arguments.removeAll(QStringLiteral("--password-stdin"));
        const Result result = run(arguments);
        EXPECT_EXIT(result, 4);
        EXPECT_TALK(result, "--password-stdin");
    }

    void serverWithoutTheMailLog()
    {
        const auto server = bareServer();
        QVERIFY(server);
        const Result result
            = run(toServer(*server, "bare_known_hosts") + QStringList {QStringLiteral("--accept-new")},
                "opensesame\n");
        EXPECT_EXIT(result, 3);
        EXPECT_TALK(result, "no mail log");
        EXPECT_TALK(result, "mail server in question");
    }

    void interruptEndsInOrder()
    {
        std::atomic<bool> asked = false;
        std::atomic<bool> over = false;
        ssh::ExecHost host;
        host.wantsInput = [](std::string_view) { return false; };
        host.answer = [&](std::string_view, std::string_view) {
            asked = true;
            while (!over)
                QTest::qSleep(20);
            return ssh::ExecReply {};
        };
        host.user = "root";
        host.password = "opensesame";
        auto server = ssh::LoopServer::start(host);
        QVERIFY(server.has_value());
        QProcess process;
        prepare(process);
        process.setArguments(toServer(**server, "interrupt_known_hosts")
            + QStringList {
                QStringLiteral("--accept-new"), QStringLiteral("--case"), file("interrupted.sluice")});
        process.start();
        process.write("opensesame\n");
        process.closeWriteChannel();
        QTRY_VERIFY_WITH_TIMEOUT(asked, 30000);
        QElapsedTimer timer;
        timer.start();
        ::kill(pid_t(process.processId()), SIGINT);
        const bool ended = process.waitForFinished(10000);
        const auto took = timer.elapsed();
        over = true;
        QVERIFY(ended);
        const QByteArray talk = process.readAllStandardError();
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 5, talk.constData());
        QVERIFY2(took < 1500, qPrintable(QString::number(took)));
        QVERIFY2(talk.contains("Cancelled."), talk.constData());
        QVERIFY(QFileInfo::exists(file("interrupted.sluice")));
    }
};

QTEST_GUILESS_MAIN(TestCliServers)
#include "tst_cliservers.moc"
