// SPDX-License-Identifier: GPL-3.0-or-later
// The loop server as OpenSSH's own client sees it.
#include "models/ssh/loopserver.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace sluicegate;
using namespace sluicegate::ssh;

namespace {

ExecHost host()
{
    ExecHost host;
    host.user = "demo";
    host.password = "right";
    host.wantsInput = [](std::string_view command) { return command.starts_with("cat"); };
    host.answer = [](std::string_view command, std::string_view input) -> ExecReply {
        if (command == "cat")
            return {.out = std::string(input), .err = {}};
        if (command == "flood")
            return {.out = "end", .err = std::string(8u << 20, 'e'), .exitStatus = 3};
        if (command == "large")
            return {.out = std::string(20u << 20, 'o'), .err = {}};
        if (command == "killed")
            return {.out = "partly", .err = {}, .exitStatus = 0, .ending = Ending::Signal};
        if (command == "drop")
            return {.out = "partly", .err = {}, .exitStatus = 0, .ending = Ending::Drop};
        return {.out = "ran " + std::string(command), .err = "words", .exitStatus = 7};
    };
    return host;
}

struct Ran {
    int status = -1;
    QByteArray out;
    QByteArray err;
};

} // namespace

class LoopServerTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<LoopServer> m_server;
    std::uint16_t m_port = 0;

    QString knownHosts() const { return m_folder.filePath(QStringLiteral("known_hosts")); }

    Ran ssh(const QString& command, const QByteArray& input = {},
        const QString& password = QStringLiteral("right"))
    {
        QProcess process;
        process.start(QStringLiteral("sshpass"),
            {QStringLiteral("-p"), password, QStringLiteral("ssh"), QStringLiteral("-F"),
                QStringLiteral("none"), QStringLiteral("-o"),
                QStringLiteral("UserKnownHostsFile=") + knownHosts(), QStringLiteral("-o"),
                QStringLiteral("StrictHostKeyChecking=yes"), QStringLiteral("-o"),
                QStringLiteral("NumberOfPasswordPrompts=1"), QStringLiteral("-p"), QString::number(m_port),
                QStringLiteral("demo@127.0.0.1"), command});
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(30'000))
            return {};
        return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("sshpass")).isEmpty()
            || QStandardPaths::findExecutable(QStringLiteral("ssh")).isEmpty())
            QSKIP("ssh or sshpass is not installed");
        m_server = LoopServer::start(host()).value();
        m_port = m_server->listen(0).value();
        QFile file(knownHosts());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray::fromStdString(
            m_server->knownHostsLine("[127.0.0.1]:" + std::to_string(m_port)) + "\n"));
    }

    void answersCommands()
    {
        const auto ran = ssh(QStringLiteral("some 'thing' \\ else"));
        QCOMPARE(ran.out, QByteArray("ran some 'thing' \\ else"));
        QVERIFY(ran.err.contains("words"));
        QCOMPARE(ran.status, 7);
    }

    void readsInputToItsEnd()
    {
        QByteArray input(1 << 20, '\0');
        for (qsizetype at = 0; at < input.size(); ++at)
            input[at] = static_cast<char>(at * 7 % 251);
        const auto ran = ssh(QStringLiteral("cat"), input);
        QVERIFY(ran.out == input);
        QCOMPARE(ran.status, 0);
    }

    void sendsMoreThanAWindow()
    {
        QCOMPARE(ssh(QStringLiteral("large")).out.size(), 20 << 20);
        const auto flood = ssh(QStringLiteral("flood"));
        QCOMPARE(flood.out, QByteArray("end"));
        QVERIFY(flood.err.count('e') >= 8 << 20);
        QCOMPARE(flood.status, 3);
    }

    void endsAsItIsTold()
    {
        const auto killed = ssh(QStringLiteral("killed"));
        QCOMPARE(killed.out, QByteArray("partly"));
        QCOMPARE(killed.status, 255);
        const auto dropped = ssh(QStringLiteral("drop"));
        QCOMPARE(dropped.out, QByteArray("partly"));
        QCOMPARE(dropped.status, 255);
    }

    void refusesAWrongPassword()
    {
        const auto refused = ssh(QStringLiteral("x"), {}, QStringLiteral("wrong"));
        QVERIFY2(refused.err.contains("Permission denied"), refused.err);
        QCOMPARE(refused.out, QByteArray());
        QCOMPARE(ssh(QStringLiteral("x")).status, 7);
    }

    void refusesAShell()
    {
        const auto ran = ssh(QString());
        QVERIFY(ran.status != 0);
        QVERIFY(!ran.err.contains("password"));
    }

    void keepsItsKeyInAPrivateFile()
    {
        const auto path = m_folder.filePath(QStringLiteral("host_key"));
        const auto first = LoopServer::start(host(), path.toStdString()).value()->fingerprint();
        QCOMPARE(QFileInfo(path).permissions() & QFileDevice::Permission(0x0077), QFileDevice::Permissions());
        QCOMPARE(LoopServer::start(host(), path.toStdString()).value()->fingerprint(), first);
        QVERIFY(LoopServer::start(host()).value()->fingerprint() != first);
        const auto bad
            = LoopServer::start(host(), m_folder.filePath(QStringLiteral("known_hosts")).toStdString());
        QCOMPARE(bad.error().kind, base::FailureKind::NotUnderstood);
    }

    void listensOnlyWithAPassword()
    {
        auto open = host();
        open.password.clear();
        QCOMPARE(LoopServer::start(open).value()->listen(0).error().kind, base::FailureKind::Usage);
        QCOMPARE(m_server->listen(0).error().kind, base::FailureKind::Usage);
    }

    void endsAtOnceWithOpenConnections()
    {
        auto server = LoopServer::start(host()).value();
        const int idle = server->connectedPair().value();
        QElapsedTimer timer;
        timer.start();
        server.reset();
        QVERIFY(timer.elapsed() < 500);
        ::close(idle);
    }
};

QTEST_GUILESS_MAIN(LoopServerTest)
#include "tst_loopserver.moc"
