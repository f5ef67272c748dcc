// SPDX-License-Identifier: GPL-3.0-or-later
// Clearing the queue of a real Exim: served and waiting recipients, messages frozen by somebody else or being
// delivered, a connection cut again and again, and a restore that brings back the very same messages.
#include "tests/containment/localserver.h"

#include "models/casefile/casefolder.h"
#include "models/containment/clearqueue.h"
#include "models/containment/mailserver.h"
#include "models/containment/restorequeue.h"

#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <format>
#include <map>

using namespace sluicegate;
using namespace sluicegate::containment;
using support::LocalServer;

namespace {

QByteArray run(const QString& script, const QByteArray& input = {})
{
    QProcess shell;
    shell.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script});
    shell.write(input);
    shell.closeWriteChannel();
    shell.waitForFinished(-1);
    return shell.readAllStandardOutput();
}

queue::Listing listed()
{
    return queue::readExim(run(QStringLiteral("exim -bp")).toStdString());
}

/// What must not change: who, to whom, how large, frozen or not; by id.
std::map<std::string, queue::Entry> byId(const std::vector<queue::Entry>& entries)
{
    std::map<std::string, queue::Entry> all;
    for (queue::Entry entry : entries) {
        entry.line = 0;
        std::ranges::sort(entry.recipients, {}, &queue::Recipient::address);
        all.emplace(entry.id.value, entry);
    }
    return all;
}

std::vector<base::QueueId> spamAmong(const std::vector<queue::Entry>& entries)
{
    std::vector<base::QueueId> ids;
    for (const queue::Entry& entry : entries)
        if (entry.sender.ends_with("@bank.test") || entry.sender.empty())
            ids.push_back(entry.id);
    return ids;
}

QByteArray shown(const Ending& ending)
{
    const Totals all = ending.totals();
    return QByteArray::fromStdString(std::format("done {} already {} failed {} check {} open {} held {}",
        all.done, all.alreadySo, all.failed, all.mustBeChecked, all.notReached, all.held));
}

/// Over SMTP from here: each message waits in the queue, and nothing delivers it.
void enqueue(int count, const char* sender, const QByteArray& recipients)
{
    constexpr int most = 500; // messages in one session
    QByteArray session;
    for (int i = 0; i < count; ++i) {
        if (i % most == 0)
            session = "HELO here\r\n";
        const QByteArray number = QByteArray::number(i);
        session += "MAIL FROM:<" + QByteArray(sender).replace('#', number) + ">\r\n";
        for (const QByteArray& to : recipients.split(' '))
            session += "RCPT TO:<" + QByteArray(to).replace('#', number) + ">\r\n";
        session += "DATA\r\nSubject: letter " + number
            + "\r\n\r\nFrom here on\r\n\xff\xfe the same.\r\n..\r\n.\r\n";
        if (i + 1 == count || (i + 1) % most == 0)
            run(QStringLiteral("exim -odq -bs"), session + "QUIT\r\n");
    }
}

} // namespace

class RealEximTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<casefile::CaseFolder> m_case;
    LocalServer m_server;

    // A case is opened anew for each step: nothing is remembered but what is on the disk.
    void reopen(const char* name)
    {
        m_case.reset();
        auto opened = casefile::CaseFolder::open(m_folder.filePath(QString::fromLatin1(name)).toStdString());
        QVERIFY(opened.has_value());
        m_case = std::move(*opened);
    }
    Ending clear(const Selection& selection)
    {
        const auto ledger = m_case->ledger();
        Hand hand(m_server, *ledger, {});
        return clearQueue(hand, selection);
    }
    Ending restore(const Wanted& wanted = {})
    {
        const auto ledger = m_case->ledger();
        Hand hand(m_server, *ledger, {});
        return restoreQueue(hand, wanted);
    }

private Q_SLOTS:
    // It empties queues: never outside the world that eximworld.sh makes.
    void initTestCase()
    {
        QVERIFY2(
            qEnvironmentVariableIsSet("SLUICEGATE_WORLD"), "to be run by tests/containment/eximworld.sh");
        // Without the daemon's queue runner nothing moves by itself; and who stands here may send.
        run(QStringLiteral("kill $(pidof exim4); sed -i 's/accept hosts = 127/accept hosts = : 127/' "
                           "/etc/exim4/exim4.conf"));
    }
    void init()
    {
        run(QStringLiteral("rm -f /var/spool/exim4/input/*-[HDJ] /var/spool/exim4/db/*"));
        QVERIFY(listed().entries.empty());
        m_server.cut = {};
    }

    void clearsSpamLeavesGoodMailAndRestoresTheSame()
    {
        reopen("mixed.sluice");
        enqueue(20, "s#@bank.test", "a#@silent.test b#@accepting.test");
        enqueue(4, "", "gone#@silent.test");
        enqueue(8, "shop@larch.test", "c#@silent.test");
        run(QStringLiteral("exim -qf")); // whom it can reach has it now
        run(QStringLiteral("for who in shop@larch s7@bank; do exim -bpr | grep $who | head -3 | awk '{print "
                           "$3}' | xargs exim -Mf; done"));
        const auto before = listed();
        QCOMPARE(before.entries.size(), 32u);
        QVERIFY(before.unparsedLines.empty());
        QCOMPARE(std::ranges::count(before.entries, queue::Place::Hold, &queue::Entry::place), 4);
        const Selection selection = select(before.entries, spamAmong(before.entries), {});
        QCOMPARE(selection.items.size(), 24u);
        const QString one = QStringLiteral("exim -Mvh %1; exim -Mvb %1")
                                .arg(QString::fromStdString(selection.items.front().id.value));
        const QByteArray letter = run(one);
        auto good = byId(before.entries);
        for (const Item& item : selection.items)
            good.erase(item.id.value);

        const Ending ending = clear(selection);
        QCOMPARE(shown(ending), "done 24 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(ending.keptAfter, 8u);
        QVERIFY(byId(listed().entries) == good);
        reopen("mixed.sluice");
        const auto verified = m_case->verify();
        QVERIFY(verified && verified->whole());
        QCOMPARE(verified->itemsChecked, 24u);

        QCOMPARE(shown(restore()), "done 24 already 0 failed 0 check 0 open 0 held 0");
        QVERIFY(byId(listed().entries) == byId(before.entries));
        QCOMPARE(run(one).replace("\n-manual_thaw", ""), letter);
        QCOMPARE(run(QStringLiteral("find /var/spool/exim4/input ! -user Debian-exim; "
                                    "ls /var/spool/exim4 | grep restore")),
            QByteArray());
        againAndNotTwice(before.entries, good);
    }

    void resumesAfterEveryCut()
    {
        reopen("many.sluice");
        enqueue(2000, "s#@bank.test", "a#@silent.test");
        enqueue(50, "shop@larch.test", "c#@silent.test");
        const auto before = listed();
        QCOMPARE(before.entries.size(), 2050u);
        const Selection selection = select(before.entries, spamAmong(before.entries), {});
        QCOMPARE(selection.items.size(), 2000u);
        QElapsedTimer clock;
        clock.start();
        Ending ending = cutRun(selection, LocalServer::Cut::During, scripts::eximHold, 1);
        QVERIFY(ending.totals().mustBeChecked > 0);
        ending = cutRun(selection, LocalServer::Cut::Before, scripts::eximShow, 5);
        QCOMPARE(ending.totals().held, 2000u);
        QCOMPARE(ending.totals().notReached, 2000u);
        ending = cutRun(selection, LocalServer::Cut::During, scripts::eximErase, 1);
        QCOMPARE(ending.totals().mustBeChecked, 2000u);
        ending = cutRun(selection, LocalServer::Cut::After, scripts::eximErase, 1);
        QCOMPARE(ending.totals().done, 1000u); // as many ids as had come through
        QCOMPARE(ending.totals().mustBeChecked, 1000u);
        m_server.cut = {};
        reopen("many.sluice");
        ending = clear(selection);
        qInfo("2000 messages in %lld ms, cut 4 times", clock.elapsed());
        QCOMPARE(shown(ending), "done 2000 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(listed().entries.size(), 50u);
        QCOMPARE(ending.keptAfter, 50u);

        clock.restart();
        int seen = 0;
        m_server.cut = [&seen](const ssh::Command& command) {
            return !command.script.contains("tar -x") || ++seen != 4 ? LocalServer::Cut::No
                                                                     : LocalServer::Cut::During;
        };
        QVERIFY(restore().interrupted);
        m_server.cut = {};
        const Totals all = restore().totals();
        QCOMPARE(all.done + all.alreadySo, 2000u - all.mustBeChecked);
        Wanted again;
        for (const Item& item : selection.items)
            again.again.insert(item.id.value);
        QCOMPARE(restore(again).totals().failed, 0u);
        qInfo("2000 messages brought back in %lld ms, cut once", clock.elapsed());
        QVERIFY(byId(listed().entries) == byId(before.entries));
    }

    // What Exim has in its hands at that moment stays, and is said to; so is what left meanwhile.
    void leavesWhatIsBeingDelivered()
    {
        reopen("busy.sluice");
        enqueue(4, "s#@bank.test", "a#@silent.test");
        const auto before = listed();
        QCOMPARE(before.entries.size(), 4u);
        const Selection selection = select(before.entries, spamAmong(before.entries), {});
        const std::string& busy = selection.items[1].id.value;
        const int file = ::open(("/var/spool/exim4/input/" + busy + "-D").c_str(), O_RDWR);
        struct flock lock {};
        lock.l_type = F_WRLCK;
        QCOMPARE(::fcntl(file, F_SETLK, &lock), 0);
        run(QStringLiteral("exim -Mrm ") + QString::fromStdString(selection.items[2].id.value));
        const Ending ending = clear(selection);
        QCOMPARE(shown(ending), "done 2 already 1 failed 1 check 0 open 0 held 0");
        const auto left = std::ranges::find(ending.items, Outcome::Failed, &ItemOutcome::outcome);
        QCOMPARE(left->reason, "Message " + busy + " is locked");
        QTRY_COMPARE_WITH_TIMEOUT(
            listed().entries.size(), 1u, 10000); // on a busy machine Exim lets go a little later
        ::close(file);
        QCOMPARE(shown(clear(selection)), "done 3 already 1 failed 0 check 0 open 0 held 0");
    }

    void asksForAllOfItInASplitSpool()
    {
        reopen("split.sluice");
        run(QStringLiteral("sed -i '1i split_spool_directory' /etc/exim4/exim4.conf"));
        enqueue(30, "s#@bank.test", "a#@silent.test");
        QVERIFY(run(QStringLiteral("ls /var/spool/exim4/input/?/*-H | wc -l")).toInt() == 30);
        const auto before = listed();
        const Selection selection = select(before.entries, spamAmong(before.entries), {});
        QCOMPARE(shown(clear(selection)), "done 30 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(shown(restore()), "done 30 already 0 failed 0 check 0 open 0 held 0");
        QVERIFY(byId(listed().entries) == byId(before.entries));
        QVERIFY(run(QStringLiteral("ls /var/spool/exim4/input/?/*-H | wc -l")).toInt() == 30);
        run(QStringLiteral("exim -bpr | awk '/@bank/ {print $3}' | xargs exim -Mrm; "
                           "sed -i 1d /etc/exim4/exim4.conf"));
    }

private:
    // Messages keep their ids: cleared once more, they are saved anew; and nobody gets a letter twice.
    void againAndNotTwice(
        const std::vector<queue::Entry>& before, const std::map<std::string, queue::Entry>& good)
    {
        const Selection selection = select(before, spamAmong(before), {});
        QCOMPARE(shown(clear(selection)), "done 24 already 0 failed 0 check 0 open 0 held 0");
        QVERIFY(byId(listed().entries) == good);
        QCOMPARE(shown(restore()), "done 24 already 0 failed 0 check 0 open 0 held 0");
        run(QStringLiteral(
            "sed -i s/192.0.2.99/192.0.2.10/ /etc/exim4/exim4.conf; rm -f /var/spool/exim4/db/*; "
            "exim -qf; sed -i 's/silent.test 192.0.2.10/silent.test 192.0.2.99/' "
            "/etc/exim4/exim4.conf"));
        QCOMPARE(listed().entries.size(), 4u); // frozen by somebody else
        const QByteArray log = run(QStringLiteral("cat /var/log/exim4/mainlog"));
        QCOMPARE(log.count("=> b"), 20);
        QCOMPARE(log.count("-> b") + log.count("-> a"), 0);
        QCOMPARE(log.count("=> a"), 19);
        QCOMPARE(log.count("=> gone"), 4);
        QCOMPARE(log.count("=> c"), 5);
    }

    /// Until the `nth` command of that kind is cut.
    Ending cutRun(const Selection& selection, LocalServer::Cut how, std::string_view script, int nth)
    {
        reopen("many.sluice");
        int seen = 0;
        m_server.cut = [&, how](const ssh::Command& command) {
            return command.script != script || ++seen != nth ? LocalServer::Cut::No : how;
        };
        QElapsedTimer clock;
        clock.start();
        Ending ending = clear(selection);
        qInfo("cut at %s: %lld ms", std::string(script.substr(0, 20)).c_str(), clock.elapsed());
        if (!ending.interrupted)
            qWarning("it was not cut");
        return ending;
    }
};

QTEST_GUILESS_MAIN(RealEximTest)
#include "tst_realexim.moc"
