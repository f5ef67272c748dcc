// SPDX-License-Identifier: GPL-3.0-or-later
// The client against a real OpenSSH server: keys, agent, PAM, second factors, sudo, pulls, lost connections.
#include "models/ssh/connection.h"
#include "models/ssh/scripts.h"
#include "tests/ssh/sshd.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace sluicegate;
using namespace sluicegate::ssh;
using base::FailureKind;
using namespace std::chrono_literals;
using tests::Sshd;

namespace {

const std::string rightPassword = "Right-Word-7";

Command script(std::string text, Privilege privilege = Privilege::Plain)
{
    return {.script = std::move(text), .arguments = {}, .input = {}, .privilege = privilege, .timeout = 20s};
}

std::string told(const base::Failure& failure)
{
    return std::string(base::name(failure.kind)) + " | " + failure.subject + " | " + failure.detail;
}

} // namespace

class SshdTest : public QObject {
    Q_OBJECT

    std::unique_ptr<Sshd> m_sshd;
    QString m_user; // sudo with a password
    QString m_free; // sudo without one; its shell is tcsh
    QString m_none; // not in sudoers; its shell is fish
    QString m_twoSteps; // key, then password
    QString m_threeSteps; // key, then keyboard-interactive
    QString m_nologin;
    QString m_key;
    QString m_locked; // encrypted
    QString m_stranger; // encrypted, and the server does not want it
    int m_asked = 0;
    std::string m_banner;

    Target target(const QString& user, const QString& identity = {})
    {
        Target target;
        target.host = "127.0.0.1";
        target.port = m_sshd->port();
        target.user = user.toStdString();
        target.identities = {(identity.isEmpty() ? QStringLiteral("/nowhere/key") : identity).toStdString()};
        target.knownHosts = {m_sshd->path(QStringLiteral("known_hosts")).toStdString()};
        target.acceptNew = AcceptNew::Yes;
        target.timeout = 15s;
        return target;
    }

    Asker asker(std::string password = {}, std::string passphrase = {}, std::string sudo = {})
    {
        m_asked = 0;
        const auto giving = [this](const std::string& text) {
            return [this, text](const std::string&) -> std::optional<std::string> {
                ++m_asked;
                return text;
            };
        };
        Asker asker;
        if (!password.empty())
            asker.password = giving(password);
        if (!passphrase.empty())
            asker.passphrase = giving(passphrase);
        if (!sudo.empty())
            asker.sudoPassword = giving(sudo);
        asker.banner = [this](const std::string& text) { m_banner = text; };
        return asker;
    }

    std::unique_ptr<Server> keyed(const QString& user, const Asker& asking)
    {
        auto server = ssh::connect(target(user, m_key), asking);
        if (!server)
            qWarning("%s", told(server.error()).c_str());
        return server ? std::move(*server) : nullptr;
    }

    std::string whoAmI(const base::Result<std::unique_ptr<Server>>& server)
    {
        if (!server)
            return told(server.error());
        const auto output = (*server)->run(script("id -un"));
        return output ? output->out : told(output.error());
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (const auto obstacle = Sshd::obstacle(); !obstacle.isEmpty())
            QSKIP(qPrintable(obstacle));
        m_sshd = std::make_unique<Sshd>();
        m_user = m_sshd->addUser(QStringLiteral("a"));
        m_free = m_sshd->addUser(QStringLiteral("b"), QStringLiteral("/bin/tcsh"));
        m_none = m_sshd->addUser(QStringLiteral("c"), QStringLiteral("/usr/bin/fish"));
        m_twoSteps = m_sshd->addUser(QStringLiteral("d"));
        m_threeSteps = m_sshd->addUser(QStringLiteral("e"));
        m_nologin = m_sshd->addUser(QStringLiteral("f"), QStringLiteral("/usr/sbin/nologin"));
        m_key = m_sshd->makeKey(QStringLiteral("key"), QStringLiteral("ed25519"));
        m_locked = m_sshd->makeKey(
            QStringLiteral("locked"), QStringLiteral("ed25519"), QStringLiteral("open-sesame"));
        m_stranger = m_sshd->makeKey(
            QStringLiteral("stranger"), QStringLiteral("rsa"), QStringLiteral("open-sesame"));
        for (const auto& user : {m_user, m_free, m_none, m_twoSteps, m_threeSteps, m_nologin})
            m_sshd->allowKey(user, m_key + QStringLiteral(".pub"));
        m_sshd->allowKey(m_user, m_locked + QStringLiteral(".pub"));
        // Wrong passwords would be mailed, and this machine may have a mail system.
        m_sshd->addSudoRule(QStringLiteral("Defaults !mail_badpass, !mail_no_user, !mail_no_perms"));
        m_sshd->addSudoRule(m_user + QStringLiteral(" ALL=(ALL:ALL) ALL"));
        m_sshd->addSudoRule(m_free + QStringLiteral(" ALL=(ALL:ALL) NOPASSWD: ALL"));
        QFile banner(m_sshd->path(QStringLiteral("banner")));
        QVERIFY(banner.open(QIODevice::WriteOnly));
        banner.write("Only for the \x1b[31mdesk\n");
        banner.close();
        QVERIFY(m_sshd->start(
            QStringLiteral("Banner %1\nMatch User %2\n AuthenticationMethods publickey,password\n"
                           "Match User %3\n AuthenticationMethods publickey,keyboard-interactive\n")
                .arg(banner.fileName(), m_twoSteps, m_threeSteps)));
    }

    void cleanupTestCase() { m_sshd.reset(); }

    void logsInWithAKey()
    {
        QCOMPARE(whoAmI(ssh::connect(target(m_user, m_key), asker())), m_user.toStdString() + '\n');
        QVERIFY(m_banner.starts_with("Only for the"));
        QCOMPARE(m_asked, 0);
    }

    void logsInWithAnEncryptedKey()
    {
        QCOMPARE(whoAmI(ssh::connect(target(m_user, m_locked), asker({}, "open-sesame"))),
            m_user.toStdString() + '\n');
        QCOMPARE(m_asked, 1);
        const auto wrong = ssh::connect(target(m_user, m_locked), asker({}, "wrong")).error();
        QCOMPARE(wrong.kind, FailureKind::AuthenticationRefused);
        QCOMPARE(m_asked, 3);
        QVERIFY2(wrong.detail.contains("passphrase"), wrong.detail.c_str());
    }

    void asksNoPassphraseForAnUnwantedKey()
    {
        const auto refused = ssh::connect(target(m_user, m_stranger), asker({}, "open-sesame")).error();
        QCOMPARE(refused.kind, FailureKind::AuthenticationRefused);
        QCOMPARE(m_asked, 0);
    }

    void logsInWithAnAgent()
    {
        QProcess agent;
        auto there = target(m_user);
        there.agentSocket = m_sshd->path(QStringLiteral("agent")).toStdString();
        agent.start(QStringLiteral("ssh-agent"),
            {QStringLiteral("-D"), QStringLiteral("-a"), QString::fromStdString(there.agentSocket)});
        QTRY_VERIFY(QFile::exists(QString::fromStdString(there.agentSocket)));
        Sshd::run(QStringLiteral("env"),
            {QStringLiteral("SSH_AUTH_SOCK=") + QString::fromStdString(there.agentSocket),
                QStringLiteral("ssh-add"), QStringLiteral("-q"), m_key});
        there.identities = {m_key.toStdString()};
        QVERIFY(QFile::rename(m_key, m_key + QStringLiteral(".away")));
        const auto name = whoAmI(ssh::connect(there, asker()));
        QVERIFY(QFile::rename(m_key + QStringLiteral(".away"), m_key));
        QCOMPARE(name, m_user.toStdString() + '\n');
        agent.terminate();
        agent.waitForFinished();
        const auto gone = ssh::connect(there, asker());
        QVERIFY(gone.has_value()); // the key file still works without the agent
    }

    // A server ends the log-in after six keys; the named key's half keeps the others of the agent back.
    void offersOnlyTheNamedKeysOfAFullAgent()
    {
        QProcess agent;
        auto there = target(m_user);
        there.agentSocket = m_sshd->path(QStringLiteral("full-agent")).toStdString();
        const auto socket = QString::fromStdString(there.agentSocket);
        agent.start(QStringLiteral("ssh-agent"), {QStringLiteral("-D"), QStringLiteral("-a"), socket});
        QTRY_VERIFY(QFile::exists(socket));
        const auto add = [&](const QString& key) {
            Sshd::run(QStringLiteral("env"),
                {QStringLiteral("SSH_AUTH_SOCK=") + socket, QStringLiteral("ssh-add"), QStringLiteral("-q"),
                    key});
        };
        for (int at = 0; at < 8; ++at)
            add(m_sshd->makeKey(QStringLiteral("other%1").arg(at), QStringLiteral("ed25519")));
        add(m_key);
        QVERIFY(QFile::rename(m_key, m_key + QStringLiteral(".away")));
        there.identities = {m_key.toStdString()};
        const auto name = whoAmI(ssh::connect(there, asker()));
        there.identities.clear();
        const auto tooMany = ssh::connect(there, asker());
        QVERIFY(QFile::rename(m_key + QStringLiteral(".away"), m_key));
        agent.terminate();
        agent.waitForFinished();
        QCOMPARE(name, m_user.toStdString() + '\n');
        QVERIFY2(tooMany.error().kind == FailureKind::AuthenticationRefused, told(tooMany.error()).c_str());
    }

    void saysWhenNoKeyExchangeIsShared()
    {
        Sshd modern;
        QVERIFY(modern.start(QStringLiteral("KexAlgorithms mlkem768x25519-sha256\n")));
        auto there = target(m_user, m_key);
        there.port = modern.port();
        const auto failure = ssh::connect(there, asker()).error();
        QVERIFY2(failure.kind == FailureKind::Unsupported, told(failure).c_str());
    }

    void logsInWithAPassword()
    {
        QCOMPARE(whoAmI(ssh::connect(target(m_user), asker(rightPassword))), m_user.toStdString() + '\n');
        QCOMPARE(m_asked, 1);
        QCOMPARE(
            ssh::connect(target(m_user), asker("wrong")).error().kind, FailureKind::AuthenticationRefused);
        QVERIFY(m_asked <= 3);
    }

    void answersKeyboardInteractive()
    {
        auto asking = asker();
        std::vector<Prompt> seen;
        asking.interactive = [&](const std::string&, const std::vector<Prompt>& prompts) {
            seen = prompts;
            return std::optional(std::vector<std::string>(prompts.size(), rightPassword));
        };
        QCOMPARE(whoAmI(ssh::connect(target(m_user), asking)), m_user.toStdString() + '\n');
        QCOMPARE(seen.size(), std::size_t(1));
        QVERIFY(!seen.front().echo && seen.front().text.contains("assword"));
    }

    void passesSecondFactors()
    {
        for (const auto& user : {m_twoSteps, m_threeSteps}) {
            QCOMPARE(
                whoAmI(ssh::connect(target(user, m_key), asker(rightPassword))), user.toStdString() + '\n');
            QCOMPARE(m_asked, 1);
            QCOMPARE(ssh::connect(target(user), asker(rightPassword)).error().kind,
                FailureKind::AuthenticationRefused);
        }
    }

    void findsHashedAndOtherTypedKeys()
    {
        const auto known = m_sshd->path(QStringLiteral("known_hosts"));
        Sshd::run(QStringLiteral("ssh-keygen"), {QStringLiteral("-H"), QStringLiteral("-f"), known});
        QFile file(known);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().startsWith("|1|"));
        auto strict = target(m_user, m_key);
        strict.acceptNew = AcceptNew::No;
        QVERIFY(ssh::connect(strict, asker()).has_value());
        // Only the RSA key is on file, but the server would rather show its ed25519 key.
        QFile rsa(m_sshd->path(QStringLiteral("host_rsa.pub")));
        QFile onlyRsa(m_sshd->path(QStringLiteral("known_rsa")));
        QVERIFY(rsa.open(QIODevice::ReadOnly) && onlyRsa.open(QIODevice::WriteOnly));
        onlyRsa.write("[127.0.0.1]:" + QByteArray::number(m_sshd->port()) + ' ' + rsa.readAll());
        onlyRsa.close();
        strict.knownHosts = {onlyRsa.fileName().toStdString()};
        const auto server = ssh::connect(strict, asker());
        QVERIFY(server.has_value());
        QCOMPARE((*server)->identity().keyType, std::string("ssh-rsa"));
    }

    void quotesForEveryLoginShell()
    {
        const std::string hostile = "it's \\' $(id) `id` \"!!\"\n%s \xff\n\n";
        for (const auto& user : {m_user, m_free, m_none}) {
            const auto server = keyed(user, asker());
            QVERIFY(server);
            auto command = script("printf %s \"$1\"");
            command.arguments = {hostile};
            QCOMPARE(server->run(command)->out, hostile);
        }
    }

    void showsWhatANologinShellSays()
    {
        const auto server = keyed(m_nologin, asker());
        QVERIFY(server);
        const auto output = server->run(script("id"));
        QCOMPARE(output->exitStatus, 1);
        QVERIFY(output->out.contains("not available"));
    }

    void becomesRootWithAPassword()
    {
        const auto server = keyed(m_user, asker({}, {}, rightPassword));
        QVERIFY(server);
        auto command = script("id -u; cat; echo talk >&2; exit 5", Privilege::Root);
        command.input = "line one\nline two\n";
        for (int round = 0; round < 2; ++round) {
            const auto output = server->run(command);
            QVERIFY2(output.has_value(), output ? "" : told(output.error()).c_str());
            QCOMPARE(output->out, std::string("0\nline one\nline two\n"));
            QCOMPARE(output->err, std::string("talk\n"));
            QCOMPARE(output->exitStatus, 5);
        }
        QCOMPARE(m_asked, 1);
        const auto processes = server->run(
            script("ps -ef; cat /proc/*/environ 2>/dev/null | tr '\\0' '\\n'", Privilege::Root));
        QVERIFY(processes->out.contains("sudo"));
        QVERIFY(!processes->out.contains(rightPassword));
    }

    void triesAWrongSudoPasswordOnce()
    {
        const auto server = keyed(m_user, asker({}, {}, "wrong"));
        QVERIFY(server);
        auto command = script("cat", Privilege::Root);
        command.input = "never a password\n";
        const auto refused = server->run(command).error();
        QCOMPARE(refused.kind, FailureKind::SudoRefused);
        QVERIFY(!refused.detail.contains("wrong\n"));
        QCOMPARE(server->run(command).error().kind, FailureKind::SudoRefused);
        QCOMPARE(m_asked, 1);
        QCOMPARE(server->run(script("id -un"))->out, m_user.toStdString() + '\n');
        const auto nobody = keyed(m_user, asker());
        QCOMPARE(nobody->run(command).error().kind, FailureKind::SudoRefused);
    }

    void becomesRootWithoutAPassword()
    {
        const auto server = keyed(m_free, asker({}, {}, "must not be sent"));
        QVERIFY(server);
        auto command = script("id -u; cat", Privilege::Root);
        command.input = "input\n";
        QCOMPARE(server->run(command)->out, std::string("0\ninput\n"));
        QCOMPARE(m_asked, 0);
    }

    void saysWhenSudoIsNotAllowed()
    {
        const auto server = keyed(m_none, asker({}, {}, rightPassword));
        QVERIFY(server);
        const auto refused = server->run(script("id -u", Privilege::Root)).error();
        QCOMPARE(refused.kind, FailureKind::SudoRefused);
        QVERIFY2(refused.detail.contains("sudoers"), told(refused).c_str());
        QVERIFY(!refused.detail.contains(rightPassword));
    }

    void pullsWhatOnlyRootMayRead()
    {
        const auto secret = m_sshd->path(QStringLiteral("it's a maillog"));
        QByteArray bytes;
        for (int at = 0; at < 300'000; ++at)
            bytes += "Nov 23 09:44:08 mail postfix/smtp[" + QByteArray::number(at) + "]: sent\n";
        QFile file(secret);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        file.close();
        ::chmod(qPrintable(secret), 0600);
        const auto server = keyed(m_user, asker({}, {}, rightPassword));
        QVERIFY(server);
        QByteArray got;
        const Sink sink = [&](std::string_view part) {
            got.append(part.data(), qsizetype(part.size()));
            return true;
        };
        QCOMPARE(
            server->pull(secret.toStdString(), Privilege::Plain, sink).error().kind, FailureKind::Unreadable);
        const auto stat = server->pull(secret.toStdString(), Privilege::Root, sink);
        QVERIFY2(stat.has_value(), stat ? "" : told(stat.error()).c_str());
        QVERIFY(got == bytes);
        QCOMPARE(stat->size, std::uint64_t(bytes.size()));
        struct stat info {};
        QCOMPARE(::stat(qPrintable(secret), &info), 0);
        QCOMPARE(stat->inode, std::uint64_t(info.st_ino));
        QCOMPARE(server->pull("/dev/zero", Privilege::Root, sink).error().kind, FailureKind::Unreadable);
        QCOMPARE(server->pull("/nowhere/x", Privilege::Root, sink).error().kind, FailureKind::NotFound);
    }

    void cancelsAndLeavesNothingRunning()
    {
        const auto server = keyed(m_user, asker());
        QVERIFY(server);
        std::stop_source source;
        QElapsedTimer timer;
        std::jthread canceller([&] {
            std::this_thread::sleep_for(300ms);
            timer.start();
            source.request_stop();
        });
        QCOMPARE(
            server->run(script("exec sleep 7654"), source.get_token()).error().kind, FailureKind::Cancelled);
        const auto took = timer.nsecsElapsed() / 1'000'000.0;
        qInfo("cancelled after %.1f ms", took);
        QVERIFY(took < 100);
        QTRY_VERIFY(!server->run(script("ps -ef"))->out.contains("sleep 7654"));
    }

    void typesALostConnection()
    {
        const auto server = keyed(m_user, asker());
        QVERIFY(server);
        QCOMPARE(server->run(script("kill -9 $(ps -o ppid= -p $PPID); sleep 5")).error().kind,
            FailureKind::ConnectionLost);
        QCOMPARE(server->run(script("id")).error().kind, FailureKind::ConnectionLost);
    }

    void endsCommandsThatLeaveAChildBehind()
    {
        const auto server = keyed(m_user, asker());
        QVERIFY(server);
        QElapsedTimer timer;
        timer.start();
        const auto output = server->run(script("echo begun; sleep 15 & exit 4"));
        QVERIFY2(output.has_value(), output ? "" : told(output.error()).c_str());
        QCOMPARE(output->out, std::string("begun\n"));
        QCOMPARE(output->exitStatus, 4);
        QVERIFY(timer.elapsed() < 6000);
    }

    // A program that refuses at once leaves its input unread: what it said counts, not that nobody read on.
    void hearsACommandThatReadsNoInput()
    {
        const auto server = keyed(m_user, asker());
        QVERIFY(server);
        for (int i = 0; i < 20; ++i) {
            const auto output = server->run(
                {.script = "echo refused >&2; exit 3", .arguments = {}, .input = std::string(4 << 20, 'x')});
            QVERIFY2(output, output ? "" : told(output.error()).c_str());
            QCOMPARE(output->exitStatus, 3);
            QCOMPARE(output->err, std::string("refused\n"));
        }
    }

    void reportsSignals()
    {
        const auto server = keyed(m_user, asker());
        QVERIFY(server);
        QCOMPARE(server->run(script("kill -KILL $PPID"))->signal, std::string("KILL"));
        QCOMPARE(server->run(script("kill -KILL $$"))->exitStatus, 128 + 9); // the login shell's words for it
    }

    void pullsAsFastAsOpenSsh()
    {
        const auto large = m_sshd->path(QStringLiteral("large"));
        Sshd::run(QStringLiteral("dd"),
            {QStringLiteral("if=/dev/zero"), QStringLiteral("of=") + large, QStringLiteral("bs=1M"),
                QStringLiteral("count=200")});
        QElapsedTimer timer;
        timer.start();
        QProcess openssh;
        openssh.setStandardOutputFile(QStringLiteral("/dev/null"));
        openssh.start(QStringLiteral("ssh"),
            {QStringLiteral("-F"), QStringLiteral("none"), QStringLiteral("-i"), m_key, QStringLiteral("-o"),
                QStringLiteral("StrictHostKeyChecking=no"), QStringLiteral("-o"),
                QStringLiteral("UserKnownHostsFile=/dev/null"), QStringLiteral("-c"),
                QStringLiteral("aes128-gcm@openssh.com"), QStringLiteral("-p"),
                QString::number(m_sshd->port()), m_user + QStringLiteral("@127.0.0.1"),
                QStringLiteral("cat ") + large});
        QVERIFY(openssh.waitForFinished());
        const auto theirs = timer.nsecsElapsed() / 1e9;
        timer.start();
        const auto server = keyed(m_user, asker());
        QVERIFY(server);
        const auto stat = server->pull(large.toStdString(), Privilege::Plain, [](auto) { return true; });
        const auto ours = timer.nsecsElapsed() / 1e9;
        QVERIFY(stat.has_value());
        qInfo("200 MiB with log-in: ssh cat %.2f s, pull %.2f s", theirs, ours);
    }
};

QTEST_GUILESS_MAIN(SshdTest)
#include "tst_sshd.moc"
