// SPDX-License-Identifier: GPL-3.0-or-later
// Actions on a real file system and a real Postfix: a script out of its site and back, whatever its owner
// puts in the way, and a user who may not submit mail.
#include "tests/containment/fakequeue.h"
#include "tests/containment/localserver.h"

#include "models/containment/deed.h"

#include <QProcess>
#include <QTest>

#include <filesystem>
#include <fstream>

#include <sys/stat.h>
#include <unistd.h>

using namespace sluicegate;
using namespace sluicegate::containment;
using support::LocalServer;
using support::MemoryLedger;

namespace {

namespace fs = std::filesystem;
const fs::path site = "/var/www/vhosts/shop.example/httpdocs";
const fs::path script = site / "uploads" / "it's a $(touch pwned) shell.php";
const fs::path store = "/var/lib/sluicegate-quarantine";

void put(const fs::path& path, const std::string& text)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

std::string read(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator(file), {}};
}

std::string kept()
{
    std::string all;
    if (fs::exists(store))
        for (const auto& entry : fs::recursive_directory_iterator(store))
            if (fs::is_regular_file(entry.symlink_status()))
                all += read(entry.path());
    return all;
}

int submit(const char* uid)
{
    QProcess shell;
    shell.start(QStringLiteral("setpriv"),
        {QStringLiteral("--reuid"), QLatin1String(uid), QStringLiteral("--regid"), QStringLiteral("2000"),
            QStringLiteral("--clear-groups"), QStringLiteral("sendmail"), QStringLiteral("-i"),
            QStringLiteral("a@b.test")});
    shell.write("Subject: x\n\nx\n");
    shell.closeWriteChannel();
    shell.waitForFinished(-1);
    return shell.exitCode();
}

std::string shell(const char* command)
{
    QProcess process;
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QLatin1String(command)});
    process.waitForFinished(-1);
    return process.readAllStandardOutput().toStdString();
}

QByteArray said(const Acted& acted)
{
    QByteArray all;
    for (const Deed& deed : acted.deeds)
        all += QByteArray::fromStdString(
            std::string(name(deed.stage)) + ": " + std::string(name(deed.outcome)) + " " + deed.said + "\n");
    return all;
}

void own(const fs::path& path)
{
    if (::chown(path.c_str(), 10003, 2000) != 0)
        qWarning("%s keeps its owner", path.c_str());
}

bool isOwn(const fs::path& path, unsigned mode)
{
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 && about.st_uid == 10003 && (about.st_mode & 07777) == mode;
}

Target form()
{
    return {.script = (site / "wp-login.php").string(),
        .domain = "shop.example",
        .endpoint = "/wp-login.php?action=register"};
}

} // namespace

class RealActsTest : public QObject {
    Q_OBJECT

    LocalServer m_server;
    MemoryLedger m_ledger;

    Acted act(ActionId id, const Target& target)
    {
        Hand hand(m_server, m_ledger, {});
        return action(id).run(hand, target);
    }
    Acted quarantine(const fs::path& path)
    {
        return act(ActionId::QuarantineScript, {.script = path.string()});
    }

private Q_SLOTS:
    // It empties queues and moves files: never outside the world that world.sh makes.
    void initTestCase()
    {
        QVERIFY2(qEnvironmentVariableIsSet("SLUICEGATE_WORLD"), "to be run by tests/containment/world.sh");
    }
    void init()
    {
        fs::remove_all(site);
        fs::remove_all(store);
        m_ledger = {};
        m_server.cut = {};
        put(script, "<?php eval($_POST[0]); \xff");
        QCOMPARE(::chown(script.c_str(), 10003, 2000), 0);
        QCOMPARE(::chmod(script.c_str(), 0644), 0);
    }

    void movesTheScriptAsideAndBack()
    {
        const std::string bytes = read(script);
        const Acted acted = quarantine(script);
        QVERIFY2(acted.whole(), acted.deeds.back().said.c_str());
        QVERIFY(!fs::exists(script));
        QCOMPARE(m_ledger.files.size(), 1u);
        QCOMPARE(m_ledger.files.begin()->second, bytes);
        QCOMPARE(kept(), bytes);
        struct stat about {};
        for (const auto& entry : fs::recursive_directory_iterator(store)) {
            QCOMPARE(::stat(entry.path().c_str(), &about), 0);
            QCOMPARE(about.st_mode & 0077, 0u); // nobody but root gets near it
        }
        QCOMPARE(about.st_mode & 07777, 0u);
        QVERIFY(act(ActionId::RestoreScript, {.script = script.string()}).whole());
        QCOMPARE(read(script), bytes);
        QCOMPARE(::stat(script.c_str(), &about), 0);
        QCOMPARE(about.st_uid, 10003u);
        QCOMPARE(about.st_mode & 07777, 0644u);
        QVERIFY(!fs::exists(site / "uploads" / "pwned") && !fs::exists("pwned"));
    }

    // The site's owner, that is the attacker, may put links anywhere in the path.
    void followsNoLinks()
    {
        put("/var/www/vhosts/other.example/httpdocs/index.php", "honest");
        fs::remove(script);
        fs::create_symlink("/etc/passwd", script);
        QVERIFY(!quarantine(script).whole());
        QVERIFY(fs::is_symlink(script) && fs::exists("/etc/passwd"));
        fs::remove_all(script.parent_path());
        fs::create_directory_symlink("/var/www/vhosts/other.example/httpdocs", script.parent_path());
        QVERIFY(!quarantine(script.parent_path() / "index.php").whole());
        QCOMPARE(read("/var/www/vhosts/other.example/httpdocs/index.php"), std::string("honest"));
        QVERIFY(m_ledger.files.empty());
        QCOMPARE(kept(), std::string());
    }

    void movesNoFolderAndNothingThatIsNotThere()
    {
        QVERIFY(!quarantine(script.parent_path()).whole());
        QVERIFY(fs::exists(script));
        fs::remove(script);
        QVERIFY(!quarantine(script).whole());
        QVERIFY(!quarantine("/var/www/vhosts/nosuch/x.php").whole());
    }

    void givesASecondFileAPlaceOfItsOwn()
    {
        QVERIFY(quarantine(script).whole());
        put(script, "again");
        QVERIFY(quarantine(script).whole());
        QCOMPARE(m_ledger.files.size(), 2u);
        QCOMPARE(std::distance(fs::directory_iterator(store), {}), 2);
    }

    void putsNothingOverAnotherFile()
    {
        QVERIFY(quarantine(script).whole());
        put(script, "the owner's new one");
        QVERIFY(!act(ActionId::RestoreScript, {.script = script.string()}).whole());
        QCOMPARE(read(script), std::string("the owner's new one"));
        fs::remove(script);
        fs::create_symlink("/etc/passwd", script);
        QVERIFY(!act(ActionId::RestoreScript, {.script = script.string()}).whole());
        QVERIFY(read("/etc/passwd").contains("root:"));
        fs::remove(script);
        QVERIFY(act(ActionId::RestoreScript, {.script = script.string()}).whole());
    }

    void resumesWhereverItIsCut()
    {
        const std::string bytes = read(script);
        for (const auto how : {LocalServer::Cut::Before, LocalServer::Cut::After}) {
            for (int at = 0; at < 4; ++at) {
                init();
                int seen = 0;
                m_server.cut = [&](const ssh::Command&) { return seen++ == at ? how : LocalServer::Cut::No; };
                QVERIFY(quarantine(script).interrupted);
                m_server.cut = {};
                const Acted second = quarantine(script);
                QVERIFY2(second.whole(), qPrintable(QString::number(at)));
                QVERIFY(!fs::exists(script));
                QCOMPARE(kept(), bytes);
                QCOMPARE(m_ledger.files.size(), 1u);
                QVERIFY(act(ActionId::RestoreScript, {.script = script.string()}).whole());
                QCOMPARE(read(script), bytes);
            }
        }
    }

    // .htaccess belongs to the site's owner: only a block of our own comes and goes.
    void closesTheFormAndOpensItAgain()
    {
        const fs::path file = site / ".htaccess";
        const std::string rules = "# BEGIN WordPress\nRewriteEngine On\n# END WordPress\n";
        own(site);
        put(file, rules);
        own(file);
        QCOMPARE(::chmod(file.c_str(), 0640), 0);
        const Acted acted = act(ActionId::CloseForm, form());
        QVERIFY2(!acted.deeds.empty() && acted.deeds.back().outcome == Outcome::MustBeChecked,
            said(acted)); // no web server here
        const std::string closed = read(file);
        QVERIFY(closed.ends_with(rules));
        QVERIFY(closed.contains(
            R"(<If "%{REQUEST_METHOD} == 'POST' && %{REQUEST_URI} == '/wp-login.php' && %{QUERY_STRING} =~ /(^|&)action=register(&|$)/">)"));
        QVERIFY(isOwn(file, 0640));
        QCOMPARE(m_ledger.files.size(), 1u);
        QCOMPARE(m_ledger.files.begin()->second, rules);
        (void)act(ActionId::CloseForm, form());
        QCOMPARE(read(file), closed); // once is enough
        QVERIFY(act(ActionId::OpenForm, form()).whole());
        QCOMPARE(read(file), rules);
        QVERIFY(isOwn(file, 0640));
        QVERIFY(act(ActionId::OpenForm, form()).whole());
        fs::remove(file);
        (void)act(ActionId::CloseForm, form());
        QVERIFY(isOwn(file, 0644));
        QVERIFY(act(ActionId::OpenForm, form()).whole());
        QVERIFY(!fs::exists(file)); // as there was none before
        QCOMPARE(std::distance(fs::directory_iterator(site), {}), 1); // nothing half-made is left
    }

    // What the site's owner points at must be neither read nor written with root's rights.
    void followsNoLinkToClose()
    {
        own(site);
        fs::create_symlink("/etc/shadow", site / ".htaccess");
        const std::string shadow = read("/etc/shadow");
        QVERIFY(!act(ActionId::CloseForm, form()).whole());
        QVERIFY(m_ledger.files.empty());
        fs::remove_all(site);
        fs::create_directories("/var/www/vhosts/other.example/httpdocs");
        fs::create_directory_symlink("/var/www/vhosts/other.example/httpdocs", site);
        QVERIFY(!act(ActionId::CloseForm, form()).whole());
        QVERIFY(!fs::exists("/var/www/vhosts/other.example/httpdocs/.htaccess"));
        fs::remove(site);
        QCOMPARE(read("/etc/shadow"), shadow);
    }

    // A folder that cannot be written: told, and everything is as it was.
    void failsCleanlyWhereNothingCanBeWritten()
    {
        own(site);
        QCOMPARE(
            ::system(
                "mount --bind /var/www/vhosts/shop.example/httpdocs /var/www/vhosts/shop.example/httpdocs && "
                "mount -o remount,ro,bind /var/www/vhosts/shop.example/httpdocs"),
            0);
        const Acted closed = act(ActionId::CloseForm, form());
        const Acted moved = quarantine(script);
        QCOMPARE(::system("umount /var/www/vhosts/shop.example/httpdocs"), 0);
        QVERIFY(!closed.whole() && !moved.whole());
        QVERIFY2(said(closed).contains("Read-only file system"), said(closed));
        QVERIFY2(said(moved).contains("Read-only file system"), said(moved));
        QVERIFY(fs::exists(script) && !fs::exists(site / ".htaccess"));
        QVERIFY(quarantine(script).whole());
    }

    void changesOnePasswordInTheFile()
    {
        const fs::path file = "/etc/dovecot/users";
        const std::string others
            = "ben@shop.example:{PLAIN}secret:2100:2000::/home:/bin/false:userdb_quota=1:a\\b\n";
        put("/etc/dovecot/dovecot.conf",
            "dovecot_config_version = 2.4.0\ndovecot_storage_version = 2.4.0\nssl = no\npassdb passwd-file "
            "{\n  passwd_file_path = "
            "/etc/dovecot/users\n}\nuserdb static {\n  fields {\n    uid = 2100\n    gid = 2000\n    home = "
            "/var/mail/vhosts\n  }\n}\n");
        put(file,
            others + "anna@shop.example:{SHA256-CRYPT}$5$x$y:2100:2000::/x::\n"
                + "annamaria@shop.example:{PLAIN}z\n");
        QCOMPARE(::chown(file.c_str(), 0, 2000), 0);
        QCOMPARE(::chmod(file.c_str(), 0640), 0);
        const Target anna {.mailbox = "anna@shop.example"};
        const Acted acted = act(ActionId::ChangeFilePassword, anna);
        QVERIFY2(acted.secret.size() == 20, said(acted));
        const std::string now = read(file);
        QVERIFY(now.starts_with(others + "anna@shop.example:{SHA256-CRYPT}$5$"));
        QVERIFY(now.ends_with(":2100:2000::/x::\nannamaria@shop.example:{PLAIN}z\n"));
        struct stat about {};
        QCOMPARE(::stat(file.c_str(), &about), 0);
        QCOMPARE(about.st_mode & 07777, 0640u);
        QCOMPARE(about.st_gid, 2000u);
        const auto from = now.find("anna@shop.example:") + 18;
        const std::string hash = now.substr(from, now.find(':', from) - from);
        QProcess pw;
        pw.start(QStringLiteral("doveadm"),
            {QStringLiteral("pw"), QStringLiteral("-t"), QString::fromStdString(hash), QStringLiteral("-p"),
                QString::fromStdString(acted.secret)});
        QVERIFY(pw.waitForFinished());
        QCOMPARE(pw.exitCode(), 0);
        for (const Note& note : m_ledger.all)
            QVERIFY(!note.text.contains(acted.secret));
        const Acted nobody = act(ActionId::ChangeFilePassword, {.mailbox = "nobody@shop.example"});
        QVERIFY(!nobody.whole() && nobody.secret.empty());
        QCOMPARE(read(file), now);
        // Whoever else may write there could put a link in the file's place meanwhile.
        QCOMPARE(::chmod("/etc/dovecot", 0777), 0);
        QVERIFY(act(ActionId::ChangeFilePassword, anna).secret.empty());
        QCOMPARE(::chmod("/etc/dovecot", 0755), 0);
        QCOMPARE(read(file), now);
    }

    void stopsOneLoginAndNobodyElses()
    {
        const auto conf = [] { return shell("postconf -h smtpd_sender_restrictions"); };
        const Target anna {.mailbox = "Anna@shop.example"};
        QCOMPARE(::system("postconf -e smtpd_sender_restrictions=reject_unknown_sender_domain"), 0);
        const Acted acted = act(ActionId::StopLogin, anna);
        QVERIFY2(acted.whole(), said(acted));
        const std::string value = conf();
        QCOMPARE(value,
            std::string("check_sasl_access texthash:/etc/postfix/sluicegate-stopped, "
                        "reject_unknown_sender_domain\n"));
        QVERIFY(act(ActionId::StopLogin, anna).whole());
        QVERIFY(act(ActionId::StopLogin, {.mailbox = "ben@shop.example"}).whole());
        QCOMPARE(conf(), value);
        QCOMPARE(read("/etc/postfix/sluicegate-stopped"),
            std::string("anna@shop.example REJECT this login is stopped\nben@shop.example REJECT this login "
                        "is stopped\n"));
        QVERIFY(act(ActionId::AllowLogin, anna).whole());
        QCOMPARE(read("/etc/postfix/sluicegate-stopped"),
            std::string("ben@shop.example REJECT this login is stopped\n"));
        // A service with restrictions of its own would let it through: then nothing is changed.
        QCOMPARE(::system("postconf -P smtp/inet/smtpd_sender_restrictions=reject_unlisted_sender"), 0);
        const Acted refused = act(ActionId::StopLogin, anna);
        QVERIFY(!refused.whole() && said(refused).contains("master.cf has sender restrictions of its own"));
        QVERIFY(!read("/etc/postfix/sluicegate-stopped").contains("anna"));
        QCOMPARE(::system("postconf -PX smtp/inet/smtpd_sender_restrictions"), 0);
    }

    void endsTheProcessThatSendsAndNoOther()
    {
        const auto talker = [](const char* uid) {
            auto process = std::make_unique<QProcess>();
            process->start(QStringLiteral("setpriv"),
                {QStringLiteral("--reuid"), QLatin1String(uid), QStringLiteral("--regid"),
                    QStringLiteral("2000"), QStringLiteral("--clear-groups"), QStringLiteral("bash"),
                    QStringLiteral("-c"),
                    QStringLiteral("exec 3<>/dev/tcp/127.0.0.1/25; trap '' TERM; echo here; sleep 60 & wait; "
                                   "sleep 60")});
            process->waitForReadyRead();
            return process;
        };
        const auto spammer = talker("10003");
        const auto honest = talker("10004");
        const Acted acted = act(ActionId::StopProcess, {.user = "shopuser", .talks = true});
        QVERIFY2(acted.whole(), said(acted));
        QVERIFY(spammer->waitForFinished(3000));
        QCOMPARE(honest->state(), QProcess::Running);
        QVERIFY2(said(acted).contains("bash | "), said(acted));
        QVERIFY(!m_ledger.files.empty());
        QVERIFY(act(ActionId::StopProcess, {.user = "shopuser", .talks = true}).whole()); // none is left
        // Its number under another start is somebody else's process.
        const auto pid = std::to_string(honest->processId());
        const auto stop = action(ActionId::StopProcess).plan({.user = "otheruser"}).commands.at(4).script;
        const auto told = m_server.run({.script = stop, .arguments = {pid, "10004", "1"}, .input = {}}, {});
        QCOMPARE(told->exitStatus, 66);
        QCOMPARE(honest->state(), QProcess::Running);
        honest->kill();
        honest->waitForFinished();
        QVERIFY(!act(ActionId::StopProcess, {.user = "root", .talks = true}).whole());
    }

    void listsWhatElseLiesThere()
    {
        own(site);
        put(site / "wp-load.php", "<?php\n");
        put(site / "uploads" / "empty.php", "");
        const Acted acted = act(ActionId::CheckFiles, {.script = script.string()});
        QVERIFY2(acted.whole(), said(acted));
        QCOMPARE(acted.deeds.size(), 3u);
        QVERIFY(acted.deeds[1].said.contains("shell.php") && acted.deeds[1].said.contains("wp-load.php"));
        QVERIFY(acted.deeds[2].said.contains("shell.php") && !acted.deeds[2].said.contains("wp-load.php"));
        QVERIFY(!acted.deeds[2].said.contains("empty.php"));
    }

    // No Dovecot runs here: that filters could not be seen must not pass for there being none.
    void doesNotCallFiltersSeenThatItCouldNotSee()
    {
        const Acted acted = act(ActionId::ReviewMailbox, {.mailbox = "anna@shop.example"});
        QCOMPARE(acted.deeds.size(), 2u);
        QCOMPARE(acted.deeds[1].outcome, Outcome::Failed);
        QVERIFY(!acted.whole());
    }

    void refusesTheUsersMailAndNobodyElses()
    {
        QCOMPARE(submit("10003"), 0);
        QVERIFY(act(ActionId::StopUserMail, {.user = "shopuser"}).whole());
        for (int i = 0; i < 5; ++i)
            QVERIFY(submit("10003") != 0);
        QCOMPARE(submit("10004"), 0);
        QCOMPARE(submit("0"), 0);
        QVERIFY(act(ActionId::StopUserMail, {.user = "shopuser"}).whole());
        QVERIFY(act(ActionId::AllowUserMail, {.user = "shopuser"}).whole());
        QCOMPARE(submit("10003"), 0);
    }
};

QTEST_GUILESS_MAIN(RealActsTest)
#include "tst_realacts.moc"
