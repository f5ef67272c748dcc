// SPDX-License-Identifier: GPL-3.0-or-later
// Clearing the queue on a server that breaks at every single step: a known state, and a second run to the
// end.
#include "tests/containment/somequeue.h"

#include "models/containment/queuelisting.h"

#include <QTest>

using namespace sluicegate;
using namespace sluicegate::support;
using base::FailureKind;

class CutQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A message on its way from one queue to another stands in neither while they are listed.
    void findsWhatAListingMissed()
    {
        for (int missing = 0; missing < 6; ++missing) {
            FakeQueue server;
            fill(server, 12, 3);
            const Selection selection = selectionOf(server);
            const auto seen = server.mails;
            int listings = 0;
            std::optional<QueuedMail> away;
            server.before = [&](FakeQueue& at, const ssh::Command& command) {
                if (away)
                    at.mails.push_back(*std::exchange(away, {}));
                QueuedMail* mail = at.find(idOf('A', 5));
                if (command.script != scripts::list || listings++ != missing || !mail
                    || mail->place == "hold")
                    return;
                away = *mail;
                std::erase_if(at.mails, [&](const QueuedMail& each) { return each.id == away->id; });
            };
            MemoryLedger ledger;
            QCOMPARE(
                shown(clear(server, ledger, selection)), "done 12 already 0 failed 0 check 0 open 0 held 0");
            QCOMPARE(server.mails.size(), 3u);
        }
    }

    void saysThatNothingIsKnownWhenACutRunCannotLook()
    {
        FakeQueue server;
        fill(server, 5, 1);
        const Selection selection = selectionOf(server);
        MemoryLedger ledger;
        server.how = Break::After;
        server.breakAt = 5; // the deletion
        QCOMPARE(clear(server, ledger, selection).totals(), (Totals {.mustBeChecked = 5, .held = 5}));
        server.breakAt = int(server.ran.size());
        QCOMPARE(clear(server, ledger, selection).totals(), (Totals {.mustBeChecked = 5}));
        QCOMPARE(clear(server, ledger, selection).totals(), (Totals {.done = 5}));
    }

    void saysWhyItCannot_data()
    {
        QTest::addColumn<QByteArray>("err");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("result");
        QTest::newRow("postsuper is missing")
            << QByteArray("sh: 1: postsuper: not found") << 127
            << QByteArray("done 0 already 0 failed 0 check 0 open 8 held 0 interrupted: command-missing");
        QTest::newRow("not allowed") << QByteArray(
            "postsuper: fatal: use of this command is reserved for the superuser")
                                     << 1 << QByteArray("done 0 already 0 failed 8 check 0 open 0 held 0");
    }

    void saysWhyItCannot()
    {
        QFETCH(QByteArray, err);
        QFETCH(int, status);
        FakeQueue server;
        fill(server, 8, 3);
        const auto before = server.mails;
        server.answers[std::string(scripts::hold)] = {{}, err.toStdString(), status, {}};
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selectionOf(server));
        QTEST(shown(ending), "result");
        QVERIFY(server.mails == before);
        if (!ending.interrupted)
            QCOMPARE(reasonOf(ending, idOf('A', 0)), err.toStdString());
    }

    void survivesAReadOnlySpool()
    {
        FakeQueue server;
        fill(server, 8, 3);
        const auto before = server.mails;
        server.readOnly = true;
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selectionOf(server));
        QCOMPARE(shown(ending), "done 0 already 0 failed 8 check 0 open 0 held 0");
        QVERIFY(reasonOf(ending, idOf('A', 0)).contains("Read-only file system"));
        QVERIFY(server.mails == before);
    }

    void stopsWhenSudoIsRefused()
    {
        FakeQueue server;
        fill(server, 3, 1);
        const auto before = server.mails;
        struct Refusing : FakeQueue {
            base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token) override
            {
                ran.push_back(command);
                return base::fail(FailureKind::SudoRefused, "anna", "is not in the sudoers file");
            }
        } refusing;
        MemoryLedger ledger;
        const Ending ending = clear(refusing, ledger, selectionOf(server));
        QCOMPARE(shown(ending), "done 0 already 0 failed 0 check 0 open 3 held 0 interrupted: sudo-refused");
        QCOMPARE(refusing.ran.size(), 1u); // asked once
    }

    // Cut before, after and in the middle of every command there is; then run again to the end.
    void endsKnownWhereverItIsCutAndResumes_data()
    {
        QTest::addColumn<int>("how");
        QTest::addColumn<int>("half");
        QTest::newRow("before the command ran") << int(Break::Before) << 0;
        QTest::newRow("before its answer came") << int(Break::After) << 0;
        QTest::newRow("in its middle") << int(Break::After) << 3;
    }

    void endsKnownWhereverItIsCutAndResumes()
    {
        QFETCH(int, how);
        QFETCH(int, half);
        int cuts = 0;
        for (int at = 0;; ++at, ++cuts) {
            FakeQueue server;
            fill(server, 230, 20);
            const auto good = goodOf(server);
            const auto before = server.mails;
            const Selection selection = selectionOf(server);
            MemoryLedger ledger;
            server.breakAt = at;
            server.how = Break(how);
            server.halfOf = std::size_t(half);
            const Ending cut = clear(server, ledger, selection);
            if (!cut.interrupted)
                break;
            const Totals known = cut.totals();
            QCOMPARE(known.failed, 0u);
            QCOMPARE(known.done + known.alreadySo + known.mustBeChecked + known.notReached, 230u);
            QVERIFY(goodOf(server) == good);
            checkWhatIsSaid(server, cut);
            for (const std::string& id : server.everErased)
                QVERIFY(hasSaved(ledger, *std::ranges::find(before, id, &QueuedMail::id)));
            server.breakAt = -1;
            const Ending ending = clear(server, ledger, selection);
            QCOMPARE(shown(ending), "done 230 already 0 failed 0 check 0 open 0 held 0");
            QVERIFY(server.mails == good);
            QCOMPARE(server.everErased.size(), 230u);
            QCOMPARE(ledger.files.size(), 230u);
        }
        QCOMPARE(cuts, 8); // list, hold, list, postcat twice, list, delete, list
    }

    void cutRestoreNeverSendsTwiceUnasked()
    {
        for (int at = 0; at < 4; ++at) {
            for (const Break how : {Break::Before, Break::After}) {
                FakeQueue server;
                fill(server, 45, 3);
                MemoryLedger ledger;
                QVERIFY(clear(server, ledger, selectionOf(server)).whole());
                server.ran.clear();
                server.breakAt = at;
                server.how = how;
                const Ending cut = restore(server, ledger);
                QVERIFY(cut.interrupted);
                server.breakAt = -1;
                const Ending second = restore(server, ledger);
                QVERIFY(!second.interrupted);
                const std::uint64_t doubt = at == 0 ? 0 : at == 3 ? 5 : 20;
                QCOMPARE(second.totals().mustBeChecked, doubt);
                QCOMPARE(server.injected.size(), 45u - (how == Break::Before ? doubt : 0u));
                Wanted again;
                for (const ItemOutcome& each : second.items)
                    if (each.outcome == Outcome::MustBeChecked)
                        again.again.insert(each.item.id.value);
                if (again.again.empty())
                    continue;
                QCOMPARE(restore(server, ledger, again).totals().done, doubt);
            }
        }
    }

    // A full disk on this side: nothing is deleted that was not acknowledged.
    void stopsWhenTheCaseCannotBeWritten()
    {
        for (int at = 0;; ++at) {
            FakeQueue server;
            fill(server, 30, 5);
            const auto before = server.mails;
            const Selection selection = selectionOf(server);
            MemoryLedger ledger;
            ledger.failAt = at;
            const Ending cut = clear(server, ledger, selection);
            for (const std::string& id : server.everErased)
                QVERIFY(hasSaved(ledger, *std::ranges::find(before, id, &QueuedMail::id)));
            if (!cut.interrupted)
                break;
            QCOMPARE(cut.interrupted->kind, FailureKind::WriteFailed);
            const Ending ending = clear(server, ledger, selection);
            QCOMPARE(shown(ending), "done 30 already 0 failed 0 check 0 open 0 held 0");
            QCOMPARE(server.mails.size(), 5u);
        }
    }

    void endsWhenItIsCancelled()
    {
        for (int at = 0; at < 8; ++at) {
            FakeQueue server;
            fill(server, 230, 5);
            const Selection selection = selectionOf(server);
            std::stop_source stop;
            server.before = [&](FakeQueue& on, const ssh::Command&) {
                if (int(on.ran.size()) == at)
                    stop.request_stop();
            };
            MemoryLedger ledger;
            const Ending cut = clear(server, ledger, selection, stop.get_token());
            QVERIFY(cut.interrupted && cut.interrupted->kind == FailureKind::Cancelled);
            server.before = {};
            QCOMPARE(
                shown(clear(server, ledger, selection)), "done 230 already 0 failed 0 check 0 open 0 held 0");
        }
    }

    void aSecondRunFindsNothingToDo()
    {
        FakeQueue server;
        fill(server, 8, 3);
        const Selection selection = selectionOf(server);
        MemoryLedger ledger;
        QVERIFY(clear(server, ledger, selection).whole());
        const auto changed = [&] {
            return std::ranges::count_if(server.ran, [](const ssh::Command& command) {
                return command.script != scripts::list && command.script != scripts::show;
            });
        };
        const auto acts = changed();
        QCOMPARE(shown(clear(server, ledger, selection)), "done 8 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(changed(), acts);
    }

    void leavesOutWhatIsExcludedOnASecondThought()
    {
        FakeQueue server;
        fill(server, 8, 3);
        const Selection all = selectionOf(server);
        MemoryLedger ledger;
        server.breakAt = 4; // everything is held and saved
        server.how = Break::Before;
        QVERIFY(clear(server, ledger, all).interrupted);
        server.breakAt = -1;
        const Selection fewer = selectionOf(server, {.ids = {idOf('A', 1)}, .senders = {}, .recipients = {}});
        QCOMPARE(shown(clear(server, ledger, fewer)), "done 7 already 0 failed 0 check 0 open 0 held 0");
        QVERIFY(server.find(idOf('A', 1)));
        QCOMPARE(restore(server, ledger, {.ids = {idOf('A', 1)}}).totals(), (Totals {.done = 1}));
        QCOMPARE(server.find(idOf('A', 1))->place, std::string("deferred"));
    }

private:
    // Nothing is called done that is still there, nothing untouched that is gone.
    static void checkWhatIsSaid(FakeQueue& server, const Ending& ending)
    {
        for (const ItemOutcome& each : ending.items) {
            const QueuedMail* there = server.find(each.item.id.value);
            if (each.outcome == Outcome::Done || each.outcome == Outcome::AlreadySo)
                QVERIFY(!there);
            if (each.outcome == Outcome::NotReached)
                QVERIFY(there && (there->place == "hold") == each.held);
        }
    }
};

QTEST_GUILESS_MAIN(CutQueueTest)
#include "tst_cutqueue.moc"
