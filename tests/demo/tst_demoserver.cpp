// SPDX-License-Identifier: GPL-3.0-or-later
// The demo's server as OpenSSH's client meets it.
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

class DemoServerTest : public QObject {
    Q_OBJECT

    struct Ended {
        QByteArray out;
        QByteArray err;
        int status = -1;
    };

    QProcess m_server;
    QMap<QByteArray, QByteArray> m_said;
    QTemporaryDir m_folder;

    static QString program() { return qEnvironmentVariable("SLUICEGATE"); }

    Ended ssh(const QString& command, const QByteArray& input = {}, const QString& password = {})
    {
        QProcess client;
        client.start(u"sshpass"_s,
            {u"-p"_s, password.isEmpty() ? QString::fromLatin1(m_said["Password"]) : password, u"ssh"_s,
                u"-F"_s, u"none"_s, u"-o"_s, u"StrictHostKeyChecking=accept-new"_s, u"-o"_s,
                u"UserKnownHostsFile="_s + m_folder.filePath(u"known_hosts"_s), u"-o"_s, u"LogLevel=ERROR"_s,
                u"-o"_s, u"NumberOfPasswordPrompts=1"_s, u"-p"_s, QString::fromLatin1(m_said["Port"]),
                QString::fromLatin1(m_said["User"] + "@127.0.0.1"), command});
        client.write(input);
        client.closeWriteChannel();
        if (!client.waitForFinished(20000))
            return {};
        return {client.readAllStandardOutput(), client.readAllStandardError(), client.exitCode()};
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server.start(program(), {u"demo-server"_s});
        QVERIFY(m_server.waitForStarted());
        QByteArray said;
        for (int i = 0; i < 50 && !said.contains("Triage"); ++i) {
            m_server.waitForReadyRead(200);
            said += m_server.readAllStandardOutput();
        }
        for (const QByteArray& line : said.split('\n'))
            m_said[line.left(12).trimmed()] = line.mid(12);
        QVERIFY2(m_said["Host key"].startsWith("SHA256:"), said);
        QVERIFY(m_said["Password"].size() >= 12);
    }

    void answersTheClient()
    {
        const Ended date = ssh(u"date '+%s %z'"_s);
        QVERIFY2(date.status == 0 && date.out.endsWith(" +0100\n"), date.err);
        QCOMPARE(ssh(u"hostname -f"_s).out, m_said["Server"] + '\n');
        const Ended missing = ssh(u"nosuch"_s);
        QCOMPARE(missing.status, 127);
        QCOMPARE(missing.err, QByteArray("sh: 1: nosuch: not found\n"));
    }

    void showsTheHostKeyItPrinted()
    {
        QVERIFY(ssh(u"true"_s).status == 0);
        QProcess keygen;
        keygen.start(u"ssh-keygen"_s, {u"-lf"_s, m_folder.filePath(u"known_hosts"_s)});
        QVERIFY(keygen.waitForFinished());
        QVERIFY(keygen.readAllStandardOutput().contains(m_said["Host key"].trimmed()));
    }

    void keepsStateBetweenConnections()
    {
        const QByteArray ids = ssh(u"postqueue -j | cut -d'\"' -f8 | head -5"_s).out;
        QCOMPARE(ids.count('\n'), 5);
        const Ended held = ssh(u"postsuper -h -"_s, ids);
        QVERIFY2(held.err.endsWith("postsuper: Placed on hold: 5 messages\n"), held.err);
        QCOMPARE(ssh(u"postqueue -p | grep -c '^[0-9A-F]*!'"_s).out, QByteArray("5\n"));
        QVERIFY(ssh(u"tail -1 /var/log/maillog"_s).out.endsWith("Placed on hold: 5 messages\n"));
    }

    void sendsManyBytes()
    {
        const QByteArray log = ssh(u"cat /var/log/maillog"_s).out;
        QVERIFY(log.size() > 1000000);
        QCOMPARE(
            ssh(u"wc -c /var/log/maillog"_s).out, QByteArray::number(log.size()) + " /var/log/maillog\n");
    }

    void refusesAWrongPassword() { QVERIFY(ssh(u"true"_s, {}, u"wrong"_s).status != 0); }

    void saysWhatItCannotDo()
    {
        QCOMPARE(QProcess::execute(program(), {u"demo-server"_s, u"--incident"_s, u"no-such"_s}), 3);
        QCOMPARE(QProcess::execute(program(), {u"demo-server"_s, u"--port"_s, u"many"_s}), 2);
        QCOMPARE(QProcess::execute(program(), {u"demo-server"_s, u"extra"_s}), 2);
    }

    void endsOnASignal()
    {
        ::kill(pid_t(m_server.processId()), SIGINT);
        QVERIFY(m_server.waitForFinished(3000));
        QCOMPARE(m_server.exitStatus(), QProcess::NormalExit);
        QCOMPARE(m_server.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(DemoServerTest)
#include "tst_demoserver.moc"
