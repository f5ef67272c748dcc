// SPDX-License-Identifier: GPL-3.0-or-later
// The gate: each condition alone, and a Permit only when all of them stand.
#include "models/casefile/casefolder.h"
#include "tests/readiness/scene.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <fstream>
#include <functional>

using namespace sluicegate;
using namespace sluicegate::readiness;
using namespace std::chrono_literals;
using attribution::Cause;
using namespace sluicegate::tests;

namespace {

// Nobody else can make one.
static_assert(!std::is_default_constructible_v<Permit>);
static_assert(!std::is_constructible_v<Permit, std::vector<Condition>>);
static_assert(!std::is_aggregate_v<Permit>);

} // namespace

class ReadinessTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensWhenEverythingStands()
    {
        const Gate gate = Scene().gate();
        for (const Condition& condition : gate.conditions)
            QVERIFY2(condition.stands(), name(condition.id).data());
        QVERIFY(gate.permit.has_value());
        QCOMPARE(*gate.shutAt, shut);
        QCOMPARE(gate.conditions.size(), conditions().size());
    }

    void eachConditionAloneKeepsItShut_data()
    {
        using Change = std::function<void(Scene&)>;
        QTest::addColumn<Change>("change");
        QTest::addColumn<int>("id");
        QTest::addColumn<std::string>("said");
        const auto row = [](const char* title, ConditionId id, const char* said, Change change) {
            QTest::newRow(title) << change << int(id) << std::string(said);
        };
        using enum ConditionId;
        row("nothing was done", SourceShut, "not-met not-done", [](Scene& s) { s.acts.clear(); });
        row("the password did not change", SourceShut, "not-met not-done",
            [](Scene& s) { s.acts[0].whole = false; });
        row("another mailbox's password changed", SourceShut, "not-met not-done",
            [](Scene& s) { s.acts[0].target = "ben@shop.example"; });
        row("the limit was lifted again", SourceShut, "not-met undone", [](Scene& s) {
            s.acts[0].action = "limit-mailbox";
            s.acts.push_back({"unlimit-mailbox", mailbox, shut + 5min, true});
        });
        row("no source is known", SourceShut, "unknown no-source",
            [](Scene& s) { s.verdict.suspects.clear(); });
        row("a form needs the person's word", SourceShut, "unknown only-the-person",
            [](Scene& s) { s.verdict.suspects[0].cause = Cause::WebsiteForm; });
        row("sessions were never ended", SessionsEnded, "not-met not-done",
            [](Scene& s) { s.acts.erase(s.acts.begin() + 1); });
        row("sessions were ended before the password changed", SessionsEnded, "not-met not-done",
            [](Scene& s) { s.acts[1].at = shut - 1min; });
        row("nobody looked for forwards", MailboxReviewed, "not-met not-done",
            [](Scene& s) { s.acts.pop_back(); });
        row("spam from a known address since", SourceSilent, "not-met spam-since",
            [](Scene& s) { s.log += mail("10:20:00", "4A1B2C4D5E", "203.0.113.7"); });
        row("spam from a new address since", SourceSilent, "not-met spam-since", [](Scene& s) {
            s.log += mail("10:20:00", "4A1B2C4D5E", "198.51.100.99");
            s.verdict.suspects[0].journeys.push_back(1);
        });
        row("the watch is not over", SourceSilent, "unknown watch-not-over",
            [](Scene& s) { s.pulled = shut + 20min; });
        row("evidence from before", SourceSilent, "unknown old-evidence",
            [](Scene& s) { s.pulled = shut - 1min; });
        row("evidence from before, queue", QueueClean, "unknown old-evidence",
            [](Scene& s) { s.pulled = shut - 1min; });
        row("the queue was cleared after it was listed", QueueClean, "unknown old-evidence", [](Scene& s) {
            s.verdict.suspectQueue = {{"3A1B2C4D5E"}};
            s.acts.push_back({"clear-queue", {}, s.pulled + 1min, true});
        });
        row("spam was restored after the queue was listed", QueueClean, "unknown old-evidence",
            [](Scene& s) { s.acts.push_back({"restore-queue", {}, s.pulled + 1min, true}); });
        row("spam in the queue after it was cleared", QueueClean, "not-met still-queued", [](Scene& s) {
            s.verdict.suspectQueue = {{"3A1B2C4D5E"}};
            s.acts.push_back({"clear-queue", {}, s.pulled - 1min, true});
        });
        row("spam in the queue", QueueClean, "not-met still-queued",
            [](Scene& s) { s.verdict.suspectQueue = {{"3A1B2C4D5E"}}; });
        row("no queue listing", QueueClean, "unknown not-pulled", [](Scene& s) { s.queueKnown = false; });
        row("a second source", NothingElse, "not-met other-source", [](Scene& s) {
            s.verdict.suspects.push_back(s.verdict.suspects[0]);
            s.verdict.suspects[1].source.account = "ben@shop.example";
        });
        row("a noticed message unexplained", NothingElse, "not-met unexplained",
            [](Scene& s) { s.verdict.unexplained = {{"x@y.test"}}; });
        row("a foreign process", NothingPastTheMailServer, "not-met foreign-process", [](Scene& s) {
            s.foreign = {{.process = "sleep", .remote = "203.0.113.1", .port = 25, .text = {}}};
        });
        row("a foreign process, and something was done since", NothingPastTheMailServer,
            "unknown old-evidence", [](Scene& s) {
                s.foreign = {{.process = "sleep", .remote = "203.0.113.1", .port = 25, .text = {}}};
                s.acts.push_back({"review-mailbox", mailbox, s.pulled + 1min, true});
            });
        row("connections were not listed", NothingPastTheMailServer, "unknown not-pulled",
            [](Scene& s) { s.sockets = false; });
    }

    void eachConditionAloneKeepsItShut()
    {
        QFETCH(std::function<void(Scene&)>, change);
        QFETCH(int, id);
        QFETCH(std::string, said);
        Scene scene;
        change(scene);
        const Gate gate = scene.gate();
        QCOMPARE(shown(gate, ConditionId(id)), said);
        QVERIFY(!gate.permit);
        // The operator may go on for a reason, which stays.
        for (int round = 0; round < 2; ++round) // that the source is shut, once said, asks for silence since
            for (const Condition& condition : scene.gate().conditions)
                if (!condition.stands())
                    scene.waived[condition.id] = wordFor(condition);
        const Gate waived = scene.gate();
        QVERIFY(waived.permit.has_value());
        QCOMPARE(
            find(waived, ConditionId(id)).waived->reason, std::string("customer's risk, told by telephone"));
        QCOMPARE(find(waived, ConditionId(id)).state, find(gate, ConditionId(id)).state);
    }

    // The owner writes on with the new password.
    void honestMailOfTheOwnerDoesNotCount()
    {
        Scene scene;
        scene.log += mail("10:20:00", "4A1B2C4D5E", "198.51.100.9");
        QVERIFY(scene.gate().permit.has_value());
    }

    void refusedAttemptsAreTheProofThatTheLockWorks()
    {
        Scene scene;
        for (int i = 0; i < 3; ++i)
            scene.log += line("10:15:00", "submission/smtpd",
                std::string("warning: h[203.0.113.7]: SASL PLAIN authentication failed: (reason "
                            "unavailable), sasl_username=")
                    + mailbox);
        const Gate gate = scene.gate();
        QCOMPARE(find(gate, ConditionId::SourceSilent).refused, 3u);
        QVERIFY(gate.permit.has_value());
    }

    // The server's clock is an hour ahead: its 10:40 is our 9:40, before the source was shut.
    void minutesAreTheServersOwn()
    {
        Scene scene;
        scene.ahead = 1h;
        scene.log += mail("10:40:00", "4A1B2C4D5E", "203.0.113.7");
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("met fine"));
        scene.log += mail("11:10:00", "5A1B2C4D5E", "203.0.113.7");
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("not-met spam-since"));
        QVERIFY(!find(scene.gate(), ConditionId::SourceSilent).evidence.empty());
    }

    void aHackedSiteIsShutByItsScriptOrItsUser()
    {
        Scene scene;
        auto& suspect = scene.verdict.suspects[0];
        suspect.cause = Cause::WebsiteHacked;
        suspect.source = {.kind = attribution::SourceKind::Script,
            .account = "shopuser",
            .domain = "shop.example",
            .uid = 10003,
            .script = "/var/www/x.php",
            .client = {}};
        scene.acts = {{"quarantine-script", "/var/www/x.php", shut, true}};
        QVERIFY(scene.gate().permit.has_value());
        scene.acts.push_back({"restore-script", "/var/www/x.php", shut + 1min, true});
        QCOMPARE(shown(scene.gate(), ConditionId::SourceShut), std::string("not-met undone"));
        scene.acts.push_back({"stop-user-mail", "shopuser", shut + 2min, true});
        QCOMPARE(shown(scene.gate(), ConditionId::SourceShut), std::string("met fine"));
    }

    void aFormIsShutByItsSite()
    {
        Scene scene;
        auto& suspect = scene.verdict.suspects[0];
        suspect.cause = Cause::WebsiteForm;
        suspect.source = {.kind = attribution::SourceKind::Site,
            .account = {},
            .domain = "shop.example",
            .uid = 10003,
            .script = {},
            .client = {}};
        scene.acts = {{"suspend-site", "shop.example.test", shut, true}}; // another site's
        QCOMPARE(shown(scene.gate(), ConditionId::SourceShut), std::string("not-met not-done"));
        scene.acts = {{"suspend-subscription", "shop.example", shut, true}};
        QVERIFY(scene.gate().permit.has_value());
        scene.acts.push_back({"resume-subscription", "shop.example", shut + 1min, true});
        QCOMPARE(shown(scene.gate(), ConditionId::SourceShut), std::string("not-met undone"));
        scene.acts.push_back({"suspend-site", "shop.example", shut + 2min, true});
        QCOMPARE(shown(scene.gate(), ConditionId::SourceShut), std::string("met fine"));
    }

    // Programs that go past the mail server are not stopped by refusing the user its sendmail command.
    void refusingTheSendmailCommandShutsNoDirectSender()
    {
        Scene scene;
        auto& suspect = scene.verdict.suspects[0];
        suspect.cause = Cause::DirectToMx;
        suspect.source = {.kind = attribution::SourceKind::User,
            .account = "dev7",
            .domain = {},
            .uid = 1007,
            .script = {},
            .client = {}};
        scene.acts = {{"stop-user-mail", "dev7", shut, true}};
        QCOMPARE(shown(scene.gate(), ConditionId::SourceShut), std::string("unknown only-the-person"));
        suspect.cause = Cause::Unknown;
        QCOMPARE(shown(scene.gate(), ConditionId::SourceShut), std::string("met fine"));
        scene.acts.clear();
        QCOMPARE(find(scene.gate(), ConditionId::SourceShut).values,
            (std::vector<std::string> {"stop-user-mail"}));
    }

    // A second source that was shut as well is no obstacle; a lawful newsletter never is.
    void otherSourcesMayBeShutOrLawful()
    {
        Scene scene;
        scene.verdict.suspects.push_back(scene.verdict.suspects[0]);
        scene.verdict.suspects[1].source.account = "ben@shop.example";
        scene.acts.push_back({"change-password", "ben@shop.example", shut, true});
        QVERIFY(scene.gate().permit.has_value());
        scene.acts.pop_back();
        scene.verdict.suspects[1].cause = Cause::LegitimateBulk;
        QVERIFY(scene.gate().permit.has_value());
    }

    void readsActsFromTheJournalAndRecordsTheUnblock()
    {
        QTemporaryDir folder;
        const auto opened
            = casefile::CaseFolder::open(folder.filePath(QStringLiteral("a.sluice")).toStdString());
        const auto ledger = (*opened)->ledger();
        const auto note = [&](const char* action, const char* ended) {
            (void)ledger->note(
                {"action-ended", "text", {}, {{"action", action}, {"target", mailbox}, {"ended", ended}}});
        };
        note("change-password", "not whole");
        note("change-password", "whole");
        (void)ledger->note({"command-ended", "exit status 0"});
        const auto acts = actsIn(ledger->notes());
        QCOMPARE(acts.size(), 2u);
        QVERIFY(!acts[0].whole && acts[1].whole && acts[1].target == mailbox);
        const Gate gate = Scene().gate();
        QVERIFY(recordUnblock(*gate.permit, *ledger).has_value());
        QCOMPARE((*opened)->journal().back().kind, std::string("unblocked"));
    }

    // A word for ten messages is none for eleven, nor for another trouble of the same condition.
    void aWordCoversNothingWorse()
    {
        Scene scene;
        scene.verdict.suspectQueue = {{"3A1B2C4D5E"}};
        scene.waived[ConditionId::QueueClean] = wordFor(find(scene.gate(), ConditionId::QueueClean));
        QVERIFY(scene.gate().permit.has_value());
        scene.verdict.suspectQueue.push_back({"4A1B2C4D5E"});
        QVERIFY(!scene.gate().permit);
        scene.verdict.suspectQueue.clear();
        scene.queueKnown = false;
        QVERIFY(!scene.gate().permit);
    }

    // For a cause that no action closes, the operator's word is the moment from which it must be silent.
    void whatWasShutByHandMustBeSilentSince()
    {
        Scene scene;
        scene.verdict.suspects[0].cause = Cause::Forwarding;
        scene.acts.clear();
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("not-met not-done"));
        scene.waived[ConditionId::SourceShut] = wordFor(find(scene.gate(), ConditionId::SourceShut));
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("met fine"));
        QCOMPARE(scene.gate().shutAt, std::optional(shut));
        scene.log += mail("10:20:00", "4A1B2C4D5E", "203.0.113.7");
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("not-met spam-since"));
    }

    // The thief's open session sends on until it is ended; what comes after that counts.
    void sessionsThatOutliveThePasswordAreCountedOut()
    {
        Scene scene;
        scene.acts[1].at = shut + 10min;
        scene.log += mail("10:05:00", "4A1B2C4D5E", "203.0.113.7");
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("met fine"));
        scene.log += mail("10:11:00", "5A1B2C4D5E", "203.0.113.7");
        QCOMPARE(shown(scene.gate(), ConditionId::SourceSilent), std::string("not-met spam-since"));
    }

    void thePortsTellOfTheBlock()
    {
        Scene scene;
        QCOMPARE(shown(scene.gate(), ConditionId::PortsTested), std::string("unknown not-tested"));
        scene.probes = {.ports = {{"mx.one.test", "192.0.2.1", 25, 4, PortAnswer::Dropped, {}},
                            {"mx.one.test", "2001:db8::1", 25, 6, PortAnswer::Banner, "220 hello"}},
            .lists = {},
            .portsAt = shut + 40min,
            .listsAt = {}};
        QCOMPARE(shown(scene.gate(), ConditionId::PortsTested), std::string("met blocked"));
        QCOMPARE(find(scene.gate(), ConditionId::PortsTested).values,
            (std::vector<std::string> {"192.0.2.1:25 dropped"}));
        scene.unblocked = shut + 30min;
        QCOMPARE(shown(scene.gate(), ConditionId::PortsTested), std::string("not-met still-blocked"));
        QVERIFY(scene.gate().permit.has_value()); // it tells, and decides nothing
        scene.probes.ports[0].answer = PortAnswer::Banner;
        QCOMPARE(shown(scene.gate(), ConditionId::PortsTested), std::string("met fine"));
        for (PortTest& test : scene.probes.ports)
            test.answer = PortAnswer::NoTool;
        QCOMPARE(shown(scene.gate(), ConditionId::PortsTested), std::string("unknown not-told"));
    }

    void listsAreInformation()
    {
        Scene scene;
        scene.probes = {.ports = {},
            .lists = {{"zen.lists.test", "192.0.2.20", ListAnswer::Listed, {"127.0.0.2"}},
                {"bl.lists.test", "192.0.2.20", ListAnswer::NotTold, {}}},
            .portsAt = {},
            .listsAt = shut};
        QCOMPARE(shown(scene.gate(), ConditionId::NotListed), std::string("not-met listed"));
        QVERIFY(scene.gate().permit.has_value());
        scene.probes.lists[0].answer = ListAnswer::NotListed;
        QCOMPARE(shown(scene.gate(), ConditionId::NotListed), std::string("met fine"));
        scene.probes.lists[0].answer = ListAnswer::NotTold;
        QCOMPARE(shown(scene.gate(), ConditionId::NotListed), std::string("unknown not-told"));
    }

    // What the journal keeps of watches, tests and the operator's words comes back as it was.
    void theJournalRemembers()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("a.sluice")).toStdString();
        Scene scene;
        scene.queueKnown = false;
        const Condition open = find(scene.gate(), ConditionId::QueueClean);
        const Watched watched {shut, shut + 1min, shut + 9min, shut + 3min, 1, 2, 3, 4};
        const std::vector<PortTest> ports {
            {"mx.one.test", "2001:db8::1", 465, 6, PortAnswer::Banner, "220 \xff"},
            {"mx.one.test", "192.0.2.1", 25, 4, PortAnswer::Dropped, {}}};
        const std::vector<ListTest> lists {
            {"zen.lists.test", "192.0.2.20", ListAnswer::Listed, {"127.0.0.2", "127.0.0.11"}}};
        {
            const auto opened = *casefile::CaseFolder::open(path);
            const auto ledger = opened->ledger();
            QVERIFY(!recordWaiver(open, " \n", "ben", *ledger));
            QVERIFY(!recordWaiver(find(Scene().gate(), ConditionId::QueueClean), "why not", "ben", *ledger));
            QVERIFY(recordWaiver(open, "no shell there", "ben", *ledger).has_value());
            QVERIFY(recordWatched({shut, shut, shut, {}, 7, 7, 7, 7}, *ledger).has_value());
            QVERIFY(recordWatched(watched, *ledger).has_value());
            QVERIFY(recordPorts(std::vector {ports[1], ports[1], ports[1]}, *ledger).has_value());
            QVERIFY(recordPorts(ports, *ledger).has_value());
            QVERIFY(recordLists(lists, *ledger).has_value());
            (void)ledger->note({"queue-deleted", "1",
                {{{.id = {"3A1B2C4D5E"}, .arrival = shut, .size = 1, .sender = "x"}, {}}}, {}});
        }
        const auto opened = *casefile::CaseFolder::open(path);
        const auto ledger = opened->ledger();
        const auto notes = ledger->notes();
        const Facts facts = factsOf(triage::Analysis {}, notes, shut);
        const Waiver word = facts.waived.at(ConditionId::QueueClean);
        QCOMPARE(word.reason + '|' + word.by, std::string("no shell there|ben"));
        QVERIFY(word.why == Why::NotPulled);
        QVERIFY(facts.watched == watched);
        QVERIFY(facts.probes.ports == ports && facts.probes.lists == lists);
        QCOMPARE(facts.acts.size(), 1u);
        QCOMPARE(facts.acts[0].action, std::string("clear-queue"));
        QVERIFY(!facts.unblocked);
        QVERIFY(withdrawWaiver(ConditionId::QueueClean, "ben", *ledger).has_value());
        QVERIFY(waiversIn(ledger->notes()).empty());
    }

    void everyNameIsFoundAgain()
    {
        for (const ConditionId id : conditions())
            QVERIFY(findCondition(name(id)) == id);
        QVERIFY(!findCondition("everything"));
    }
};

QTEST_GUILESS_MAIN(ReadinessTest)
#include "tst_readiness.moc"
