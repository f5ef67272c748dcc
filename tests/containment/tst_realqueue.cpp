// SPDX-License-Identifier: GPL-3.0-or-later
// Clearing the queue of a real Postfix: mixed mail, re-used ids, a connection cut again and again, and a
// restore that delivers.
#include "tests/containment/localserver.h"

#include "models/casefile/casefolder.h"
#include "models/containment/clearqueue.h"
#include "models/containment/queuelisting.h"
#include "models/containment/restorequeue.h"

#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <format>
#include <map>
#include <set>

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

std::vector<queue::Entry> listed()
{
    return queue::readJson(run(QStringLiteral("postqueue -j")).toStdString()).entries;
}

std::size_t waitFor(std::size_t count)
{
    std::size_t there = 0;
    for (int i = 0; i < 1800; ++i) {
        there = std::size_t(run(QStringLiteral("find /var/spool/postfix/deferred -type f | wc -l")).toInt());
        if (there >= count)
            break;
        QTest::qWait(100);
    }
    return there;
}

/// The bytes of every queue file but the selected ones, by name: what must not change.
std::map<QString, QByteArray> spoolWithout(const std::set<std::string>& ids)
{
    std::map<QString, QByteArray> files;
    QDirIterator all(QStringLiteral("/var/spool/postfix"), QDir::Files, QDirIterator::Subdirectories);
    while (all.hasNext()) {
        QFile file(all.next());
        const QString path = file.fileName();
        const bool mail = path.contains(u"/deferred/") || path.contains(u"/hold/");
        if (mail && !ids.contains(all.fileName().toStdString()) && file.open(QIODevice::ReadOnly))
            files[path] = file.readAll();
    }
    return files;
}

std::vector<base::QueueId> suspectsAmong(const std::vector<queue::Entry>& entries)
{
    std::vector<base::QueueId> ids;
    for (const queue::Entry& entry : entries)
        if (entry.sender.ends_with("@bank.test") || entry.sender.empty())
            ids.push_back(entry.id);
    return ids;
}

std::set<std::string> idsOf(const Selection& selection)
{
    std::set<std::string> ids;
    for (const Item& item : selection.items)
        ids.insert(item.id.value);
    return ids;
}

QByteArray shown(const Ending& ending)
{
    const Totals all = ending.totals();
    return QByteArray::fromStdString(std::format("done {} already {} failed {} check {} open {} held {}",
        all.done, all.alreadySo, all.failed, all.mustBeChecked, all.notReached, all.held));
}

} // namespace

class RealQueueTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<casefile::CaseFolder> m_case;
    LocalServer m_server;

    Ending clear(const Selection& selection)
    {
        const auto ledger = m_case->ledger();
        Hand hand(m_server, *ledger, {});
        return clearQueue(hand, selection);
    }

    // A case is opened anew for each step: nothing is remembered but what is on the disk.
    void reopen(const char* name)
    {
        m_case.reset();
        auto opened = casefile::CaseFolder::open(m_folder.filePath(QString::fromLatin1(name)).toStdString());
        QVERIFY(opened.has_value());
        m_case = std::move(*opened);
    }

private Q_SLOTS:
    // It empties queues and moves files: never outside the world that world.sh makes.
    void initTestCase()
    {
        QVERIFY2(qEnvironmentVariableIsSet("SLUICEGATE_WORLD"), "to be run by tests/containment/world.sh");
    }
    void init()
    {
        run(QStringLiteral("postsuper -d ALL")); // the test's own Postfix
        m_server.cut = {};
    }

    void clearsSpamLeavesGoodMailAndRestores()
    {
        reopen("mixed.sluice");
        // To a domain that waits for ever, and to one that is delivered here as soon as it is let.
        run(QStringLiteral(
            "postconf -e 'defer_transports=smtp virtual'; postfix reload; "
            "for i in $(seq 200); do printf 'Subject: prize %s\\nTo: a@b.test\\n\\nline\\n.\\n*** HEADER "
            "EXTRACTED x ***\\nlast' $i | sendmail -i -f s$i@bank.test me$i@box.example you@box.example; "
            "done; "
            "for i in $(seq 20); do printf 'Subject: returned %s\\n\\n\\377\\n' $i | sendmail -i -f '' "
            "gone$i@x.test; done; "
            "for i in $(seq 80); do printf 'Subject: order %s\\n\\nhello\\n' $i | sendmail -i -f "
            "anna@shop.example c$i@x.test; done"));
        QCOMPARE(waitFor(300), 300u);
        run(QStringLiteral("postqueue -j | grep anna@shop | head -5 | sed 's/.*queue_id\": "
                           "\"\\([^\"]*\\)\".*/\\1/' | postsuper -h -"));
        const auto entries = listed();
        QCOMPARE(entries.size(), 300u);
        const Selection selection = select(entries, suspectsAmong(entries), {});
        QCOMPARE(selection.items.size(), 220u);
        QCOMPARE(selection.kept, 80u);
        const auto good = spoolWithout(idsOf(selection));
        QCOMPARE(good.size(), 80u);

        const Ending ending = clear(selection);
        QCOMPARE(shown(ending), "done 220 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(listed().size(), 80u);
        QVERIFY(spoolWithout({}) == good);
        QCOMPARE(ending.keptAfter, 80u);
        reopen("mixed.sluice");
        const auto verified = m_case->verify();
        QVERIFY(verified && verified->whole());
        QCOMPARE(verified->itemsChecked, 220u);

        restoresIntoMailboxes();
        QCOMPARE(listed().size(), 80u + 20u); // bounces to nowhere wait again
    }

    void resumesTwentyThousandAfterEveryCut()
    {
        reopen("many.sluice");
        fillSpool(20000, 50);
        const auto entries = listed();
        QCOMPARE(entries.size(), 20050u);
        const Selection selection = select(entries, suspectsAmong(entries), {});
        QCOMPARE(selection.items.size(), 20000u);
        const auto good = spoolWithout(idsOf(selection));
        QElapsedTimer clock;
        clock.start();
        int cuts = 0;
        Ending ending = cutRun(selection, LocalServer::Cut::During, scripts::hold, 2, cuts);
        QVERIFY(ending.totals().mustBeChecked > 0);
        ending = cutRun(selection, LocalServer::Cut::Before, scripts::show, 40, cuts);
        QCOMPARE(ending.totals().notReached, 20000u);
        QCOMPARE(ending.totals().held, 20000u);
        ending = cutRun(selection, LocalServer::Cut::During, scripts::erase, 2, cuts);
        QCOMPARE(ending.totals().done, 5000u);
        QCOMPARE(ending.totals().mustBeChecked, 5000u);
        ending = cutRun(selection, LocalServer::Cut::After, scripts::erase, 2, cuts);
        QCOMPARE(cuts, 4);
        m_server.cut = {};
        reopen("many.sluice");
        ending = clear(selection);
        qInfo("20000 messages in %lld ms, cut %d times", clock.elapsed(), cuts);
        QCOMPARE(shown(ending), "done 20000 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(listed().size(), 50u);
        QVERIFY(spoolWithout({}) == good);
        reopen("many.sluice");
        const auto verified = m_case->verify();
        QVERIFY(verified && verified->whole());
        QCOMPARE(verified->itemsChecked, 20000u);
    }

private:
    void restoresIntoMailboxes()
    {
        run(QStringLiteral("postconf -e defer_transports=smtp; postfix reload"));
        const auto ledger = m_case->ledger();
        Hand hand(m_server, *ledger, {});
        QCOMPARE(shown(restoreQueue(hand, {})), "done 220 already 0 failed 0 check 0 open 0 held 0");
        int delivered = 0;
        for (int i = 0; i < 300 && delivered < 400; ++i) {
            QTest::qWait(100);
            delivered = run(QStringLiteral("find /var/mail/vhosts -path '*/new/*' -type f | wc -l")).toInt();
        }
        QCOMPARE(delivered, 400); // two recipients each
        const QByteArray whole = run(QStringLiteral("cat /var/mail/vhosts/all/new/*"));
        QCOMPARE(whole.count("\nline\n.\n*** HEADER EXTRACTED x ***\nlast\n"), 400);
        for (int i = 1; i <= 200; ++i) {
            QCOMPARE(whole.count(QByteArray("\nSubject: prize " + QByteArray::number(i) + "\n")), 2);
            QCOMPARE(whole.count(QByteArray("Return-Path: <s" + QByteArray::number(i) + "@bank.test>")), 2);
        }
    }

    /// Until the `nth` command of that kind is cut.
    Ending cutRun(
        const Selection& selection, LocalServer::Cut how, std::string_view script, int nth, int& cuts)
    {
        reopen("many.sluice");
        int seen = 0;
        m_server.cut = [&, how](const ssh::Command& command) {
            if (command.script != script || ++seen != nth)
                return LocalServer::Cut::No;
            ++cuts;
            return how;
        };
        QElapsedTimer clock;
        clock.start();
        Ending ending = clear(selection);
        qInfo("cut at %s: %lld ms", std::string(script).c_str(), clock.elapsed());
        if (!ending.interrupted)
            qWarning("it was not cut");
        return ending;
    }

    // Queue files are copied from one of each kind; postsuper names them by their inodes. Their time lies
    // ahead, so that the queue manager leaves them where they are.
    static void fillSpool(int spam, int good)
    {
        run(QStringLiteral(
            "printf 'Subject: prize\\n\\nspam\\n' | sendmail -i -f s@bank.test a@b.test; "
            "printf 'Subject: order\\n\\nhello\\n' | sendmail -i -f anna@shop.example c@x.test"));
        QCOMPARE(waitFor(2), 2u);
        run(QStringLiteral("postfix stop"));
        auto copy = [number = 0](const char* what, int count) mutable {
            const QString one = QString::fromUtf8(
                run(QStringLiteral("grep -lr %1 /var/spool/postfix/deferred").arg(QLatin1String(what)))
                    .trimmed());
            for (int i = 1; i < count; ++i)
                QFile::copy(one,
                    QStringLiteral("/var/spool/postfix/incoming/%1ABCDE")
                        .arg(QStringLiteral("%1").arg(++number, 5, 16, QLatin1Char('0')).toUpper()));
        };
        copy("s@bank.test", spam);
        copy("anna@shop", good);
        run(QStringLiteral(
            "cd /var/spool/postfix/ && chown -R postfix incoming && find incoming deferred -type f "
            "-exec chmod 700 {} + -exec touch -d '+2 hours' {} +; postsuper -s; "
            "find incoming -type f -exec mv -t deferred {} +; postsuper -s; postfix start"));
        QCOMPARE(waitFor(std::size_t(spam + good)), std::size_t(spam + good));
    }
};

QTEST_GUILESS_MAIN(RealQueueTest)
#include "tst_realqueue.moc"
