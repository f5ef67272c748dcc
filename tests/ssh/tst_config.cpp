// SPDX-License-Identifier: GPL-3.0-or-later
// What is taken from OpenSSH's client configuration: the host names, and one host's settings.
#include "models/ssh/connection.h"

#include <QDir>
#include <QFile>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using namespace sluicegate::ssh;
using base::FailureKind;

class ConfigTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

    std::filesystem::path write(const QString& name, const QByteArray& text)
    {
        const auto path = m_home.filePath(name);
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return path.toStdString();
    }

private Q_SLOTS:
    void initTestCase() { qputenv("HOME", m_home.path().toLocal8Bit()); }

    void listsHosts()
    {
        write(QStringLiteral(".ssh/config.d/10-more"), "Host included.example\n");
        write(QStringLiteral(".ssh/config.d/20-more"), "Host \"quoted.example\" web*.example\n");
        write(QStringLiteral("outside"), "Host outside.example\nInclude config.d/10-more\n");
        const auto config = write(QStringLiteral(".ssh/config"),
            "# Host commented.example\n"
            "Host mail.example  mx1 !negated.example *.wild.example ?ne # rest\n"
            "  HostName 192.0.2.4\n"
            "host=equals.example\n"
            "\tHOST\ttabbed.example\r\n"
            "Match host matched.example\n"
            "  Include config.d/* ~/outside\n"
            "Host mail.example\n"
            "Host\n"
            "Hostname no.example\n"
            "Include /nowhere/*\n");
        QCOMPARE(configHosts(config),
            (std::vector<std::string> {"mail.example", "mx1", "equals.example", "tabbed.example",
                "included.example", "quoted.example", "outside.example"}));
        QVERIFY(configHosts("/nowhere/config").empty());
    }

    void endsOnFilesThatIncludeThemselves()
    {
        const auto config = write(
            QStringLiteral(".ssh/loop"), "Host a.example\nInclude loop\nInclude loop\nHost b.example\n");
        QCOMPARE(configHosts(config), (std::vector<std::string> {"a.example", "b.example"}));
    }

    void importsWhatOpenSshWouldUse()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("ssh")).isEmpty())
            QSKIP("ssh is not installed");
        // ssh reads the account's home, not $HOME: only what its defaults give can be seen here.
        const auto target = importConfig("mail.example");
        QVERIFY2(target.has_value(), target ? "" : target.error().detail.c_str());
        QCOMPARE(target->host, std::string("mail.example"));
        QCOMPARE(target->port, std::uint16_t(22));
        QVERIFY(!target->user.empty());
        QVERIFY(!target->knownHosts.empty());
        QCOMPARE(target->knownHosts.front().filename().string(), std::string("known_hosts"));
    }

    void takesNoNameForAnOption()
    {
        for (const char* name : {"", "-oProxyCommand=touch x", "--"})
            QCOMPARE(importConfig(name).error().kind, FailureKind::Usage);
    }

    void saysWhenThereIsNoSsh()
    {
        const auto before = qgetenv("PATH");
        qputenv("PATH", m_home.path().toLocal8Bit());
        const auto failure = importConfig("mail.example").error();
        qputenv("PATH", before);
        QCOMPARE(failure.kind, FailureKind::CommandMissing);
    }

    void refusesWhatNeedsAnotherHostInBetween()
    {
        const auto folder = m_home.filePath(QStringLiteral("bin"));
        write(QStringLiteral("bin/ssh"),
            "#!/bin/sh\ncase $3 in\n"
            "jump) echo 'hostname mail.example'; echo 'proxyjump bastion.example';;\n"
            "slow) exec sleep 30;;\n"
            "bad) echo 'Bad configuration option: x' >&2; exit 255;;\n"
            "*) printf 'hostname 192.0.2.9\\nuser root\\nport 2222\\nidentityfile ~/.ssh/work\\n'\n"
            "printf 'identityfile ~/.ssh/absent\\nidentityagent none\\nproxycommand none\\n'\n"
            "echo 'globalknownhostsfile /etc/ssh/ssh_known_hosts'\n"
            "printf 'userknownhostsfile ~/.ssh/known_hosts ~/.ssh/known_hosts2\\n';;\nesac\n");
        QFile::setPermissions(folder + QStringLiteral("/ssh"), QFile::ReadOwner | QFile::ExeOwner);
        write(QStringLiteral(".ssh/work"), "key");
        const auto before = qgetenv("PATH");
        qputenv("PATH", QByteArray(folder.toLocal8Bit() + ':' + before));
        const auto jump = importConfig("jump");
        const auto bad = importConfig("bad");
        const auto slow = importConfig("slow");
        const auto plain = importConfig("plain");
        qputenv("PATH", before);
        QCOMPARE(jump.error().kind, FailureKind::Unsupported);
        QVERIFY(jump.error().detail.contains("bastion.example"));
        QCOMPARE(bad.error().kind, FailureKind::CommandFailed);
        QVERIFY(bad.error().detail.contains("Bad configuration"));
        QCOMPARE(slow.error().kind, FailureKind::Timeout);
        const auto home = std::filesystem::path(m_home.path().toStdString());
        QCOMPARE(plain->host, std::string("192.0.2.9"));
        QCOMPARE(plain->user, std::string("root"));
        QCOMPARE(plain->port, std::uint16_t(2222));
        QVERIFY(plain->agentSocket.empty());
        QVERIFY(plain->identities == std::vector {home / ".ssh/work"});
        QVERIFY((plain->knownHosts
            == std::vector {home / ".ssh/known_hosts", home / ".ssh/known_hosts2",
                std::filesystem::path("/etc/ssh/ssh_known_hosts")}));
    }
};

QTEST_GUILESS_MAIN(ConfigTest)
#include "tst_config.moc"
