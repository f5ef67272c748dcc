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
