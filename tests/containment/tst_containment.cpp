// SPDX-License-Identifier: GPL-3.0-or-later
// Clearing the queue and going back: only what was selected, and only what was saved.
#include "tests/containment/somequeue.h"

#include "models/containment/queuelisting.h"

#include <QTest>

using namespace sluicegate;
using namespace sluicegate::support;
using base::FailureKind;

class ContainmentTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void selectsByMessageAndLeavesTheRest()
    {
        FakeQueue server;
        fill(server, 10, 7);
        const Selection all = selectionOf(server);
        QCOMPARE(all.items.size(), 10u);
        QCOMPARE(all.kept, 7u);
        const Selection some = selectionOf(
            server, {.ids = {idOf('A', 0)}, .senders = {}, .recipients = {"to1@ACCEPTING.test"}});
        QCOMPARE(some.items.size(), 8u);
        QCOMPARE(some.excluded, 2u);
        QCOMPARE(
            selectionOf(server, {.ids = {}, .senders = {"@Bank.test"}, .recipients = {}}).items.size(), 2u);
    }

    // ALL means the whole queue to postsuper; other words could be options or paths.
    void takesOnlyQueueIds()
    {
        FakeQueue server;
        fill(server, 1, 3);
        std::vector<base::QueueId> ids;
        for (const char* bad :
            {"ALL", "all", "", "-d", "../../x", "A0000000 B0000000", "A0000000\nALL", "ABC"})
            ids.push_back({bad});
        const Selection selection = select(queue::readJson(server.listing()).entries, ids, {});
        QCOMPARE(selection.items.size(), 0u);
        QCOMPARE(selection.refused, 8u);
    }

    void clearsSpamAndItsBouncesAndNothingElse()
    {
        FakeQueue server;
        fill(server, 450, 60);
        const auto before = server.mails;
        const auto good = goodOf(server);
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selectionOf(server));
        QCOMPARE(shown(ending), "done 450 already 0 failed 0 check 0 open 0 held 0");
        QVERIFY(ending.whole());
        QVERIFY(server.mails == good);
        QCOMPARE(ending.keptBefore, 60u);
        QCOMPARE(ending.keptAfter, 60u);
        for (const QueuedMail& each : before)
            QCOMPARE(hasSaved(ledger, each), isSpam(each));
        // Held before it is saved, saved before it is deleted; ids on standard input only.
        for (const ssh::Command& command : server.ran) {
            QVERIFY(command.script == scripts::show || command.arguments.empty());
            QVERIFY(command.arguments.size() <= 200);
            QVERIFY(command.privilege == ssh::Privilege::Root);
        }
    }

    void asksAnOldPostfixForItsPlainListing()
    {
        FakeQueue server;
        fill(server, 12, 5);
        server.tooOld = true;
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selectionOf(server));
        QCOMPARE(shown(ending), "done 12 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(server.mails.size(), 5u);
    }

    void neverTouchesAMessageThatGotTheIdLater()
    {
        FakeQueue server;
        fill(server, 6, 2);
        const Selection selection = selectionOf(server);
        *server.find(idOf('A', 2)) = mail(idOf('A', 2), "anna@shop.example", 77);
        const QueuedMail other = *server.find(idOf('A', 2));
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selection);
        QCOMPARE(shown(ending), "done 5 already 1 failed 0 check 0 open 0 held 0");
        QVERIFY(server.find(other.id) && *server.find(other.id) == other);
        QVERIFY(reasonOf(ending, other.id).contains("another message"));
    }

    // The one moment nobody can exclude: the id comes again between the listing and the hold.
    void letsGoWhatWasHeldUnderAReusedId()
    {
        FakeQueue server;
        fill(server, 6, 2);
        const Selection selection = selectionOf(server);
        const QueuedMail other = mail(idOf('A', 3), "anna@shop.example", 78);
        server.before = [&](FakeQueue& at, const ssh::Command& command) {
            if (command.script == scripts::hold)
                *at.find(other.id) = other;
        };
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selection);
        QCOMPARE(shown(ending), "done 5 already 1 failed 0 check 0 open 0 held 0");
        QCOMPARE(ending.released, 1u);
        QVERIFY(server.find(other.id) && *server.find(other.id) == other);
    }

    // Released by somebody, delivered, and its id taken by good mail while we save and delete.
    void deletesFromTheHoldQueueOnly()
    {
        FakeQueue server;
        fill(server, 6, 2);
        const Selection selection = selectionOf(server);
        const QueuedMail other = mail(idOf('A', 3), "anna@shop.example", 79);
        server.before = [&](FakeQueue& at, const ssh::Command& command) {
            if (command.script == scripts::erase)
                *at.find(other.id) = other;
        };
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selection);
        QVERIFY(server.find(other.id) && *server.find(other.id) == other);
        QCOMPARE(shown(ending), "done 5 already 1 failed 0 check 0 open 0 held 0"); // not by us
        QCOMPARE(restore(server, ledger).totals().done, 5u);
    }

    void savesWhatIsThereWhenSomethingVanishes()
    {
        FakeQueue server;
        fill(server, 30, 4);
        const auto good = goodOf(server);
        const Selection selection = selectionOf(server);
        server.before = [&](FakeQueue& at, const ssh::Command& command) {
            if (command.script == scripts::show && command.arguments.size() > 1)
                std::erase_if(at.mails, [](const QueuedMail& each) { return each.id == idOf('A', 7); });
        };
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selection);
        QCOMPARE(shown(ending), "done 29 already 1 failed 0 check 0 open 0 held 0");
        QVERIFY(server.mails == good);
    }

    // A body can hold anything, the lines of postcat included.
    void savesMessagesThatLookLikePostcat()
    {
        FakeQueue server;
        fill(server, 5, 1);
        for (const QueuedMail& each : std::vector(server.mails)) {
            QueuedMail held = each;
            held.place = "hold";
            server.find(idOf('A', 1))->content += FakeQueue::postcat(held);
        }
        server.find(idOf('A', 2))->content = "Subject: no end of line";
        server.find(idOf('A', 3))->content = std::string("Subject: \0\r\n\xff\n\n", 14);
        const auto before = server.mails;
        const Selection selection = selectionOf(server);
        MemoryLedger ledger;
        QCOMPARE(shown(clear(server, ledger, selection)), "done 5 already 0 failed 0 check 0 open 0 held 0");
        for (const QueuedMail& each : before)
            QCOMPARE(hasSaved(ledger, each), isSpam(each));
        QCOMPARE(shown(restore(server, ledger)), "done 5 already 0 failed 0 check 0 open 0 held 0");
        for (const QueuedMail& each : before)
            if (isSpam(each))
                QVERIFY(std::ranges::any_of(server.injected, [&](const QueuedMail& back) {
                    return back.content == each.content && back.sender == each.sender
                        && back.recipients == each.recipients;
                }));
    }

    void deletesNothingThatCouldNotBeSavedWhole()
    {
        FakeQueue server;
        fill(server, 9, 2);
        const auto all = server.mails.size();
        const Selection selection = selectionOf(server);
        server.answers["postcat -q \"$@\""]
            = {FakeQueue::postcat(server.mails[0]).substr(0, 120), "postcat: fatal: read error\n", 1, {}};
        MemoryLedger ledger;
        const Ending ending = clear(server, ledger, selection);
        QCOMPARE(shown(ending), "done 0 already 0 failed 9 check 0 open 0 held 9");
        QCOMPARE(server.mails.size(), all);
        QVERIFY(ledger.files.empty());
        server.answers.clear();
        QCOMPARE(shown(restore(server, ledger)), "done 9 already 0 failed 0 check 0 open 0 held 0");
        QVERIFY(std::ranges::none_of(
            server.mails, [](const QueuedMail& each) { return isSpam(each) && each.place == "hold"; }));
    }

    void restoresOnlyWhatIsNamed()
    {
        FakeQueue server;
        fill(server, 9, 1);
        MemoryLedger ledger;
        QVERIFY(clear(server, ledger, selectionOf(server)).whole());
        QCOMPARE(shown(restore(server, ledger, {.ids = {idOf('A', 4)}})),
            "done 1 already 0 failed 0 check 0 open 0 held 0");
        QCOMPARE(server.injected.size(), 1u);
        QCOMPARE(server.injected[0].sender, std::string()); // a bounce
        QCOMPARE(restore(server, ledger).totals(), (Totals {.done = 8, .alreadySo = 1}));
        QCOMPARE(restore(server, ledger).totals(), (Totals {.alreadySo = 9}));
        QCOMPARE(server.injected.size(), 9u);
    }

    void refusesToRestoreAnAlteredCopy()
    {
        FakeQueue server;
        fill(server, 4, 1);
        MemoryLedger ledger;
        QVERIFY(clear(server, ledger, selectionOf(server)).whole());
        ledger.files.begin()->second += "\nadded later\n";
        QCOMPARE(restore(server, ledger).totals(), (Totals {.done = 3, .failed = 1}));
        QCOMPARE(server.injected.size(), 3u);
    }

    void doubtsAListingItDoesNotUnderstand()
    {
        FakeQueue server;
        fill(server, 3, 1);
        const Selection selection = selectionOf(server);
        server.answers[std::string(scripts::list)] = {"{\"queue_id\": \"A0000\n", {}, 0, {}};
        MemoryLedger ledger;
        QCOMPARE(shown(clear(server, ledger, selection)), "done 0 already 0 failed 0 check 3 open 0 held 0");
    }

    void theJournalNamesEveryCommand()
    {
        FakeQueue server;
        fill(server, 8, 3);
        MemoryLedger ledger;
        QVERIFY(clear(server, ledger, selectionOf(server)).whole());
        std::size_t begun = 0, ended = 0;
        for (const Note& note : ledger.all) {
            begun += note.kind == kinds::command;
            ended += note.kind == kinds::commandEnded;
        }
        QCOMPARE(begun, server.ran.size());
        QCOMPARE(ended, server.ran.size());
    }
};

QTEST_GUILESS_MAIN(ContainmentTest)
#include "tst_containment.moc"
