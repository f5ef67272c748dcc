// SPDX-License-Identifier: GPL-3.0-or-later
// The actions on mailboxes, scripts and users: what they run, how they judge the answers, and what they must
// never do.
#include "tests/containment/fakequeue.h"
#include "tests/support/fakeserver.h"

#include "models/containment/deed.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace sluicegate;
using namespace sluicegate::containment;
using base::FailureKind;
using support::FakeServer;
using support::MemoryLedger;

namespace {

const Target anna {.mailbox = "anna@shop.example", .clients = {"203.0.113.7", "2001:db8::7"}};
constexpr const char* help = "Usage: mail\n   -outgoing-messages-mbox-limit <default|unlimited|number>\n";
constexpr const char* info = R"(plesk bin mail --info "$1")";
constexpr const char* setLimit = R"(plesk bin mail --update "$1" -outgoing-messages-mbox-limit "$2")";
constexpr const char* who = R"(doveadm who -1 "$1")";
constexpr const char* smtp
    = R"sh(ss -Htn state established "( sport = :25 or sport = :465 or sport = :587 )")sh";

std::string passwordScript()
{
    return action(ActionId::ChangePassword).plan(anna).commands.at(1).script;
}

Acted act(ActionId id, FakeServer& server, MemoryLedger& ledger, const Target& target = anna)
{
    Hand hand(server, ledger, {});
    return action(id).run(hand, target);
}

std::string shown(const Acted& acted)
{
    std::string text;
    for (const Deed& deed : acted.deeds)
        text.append(text.empty() ? "" : " ").append(name(deed.stage)).append(":").append(name(deed.outcome));
    return text;
}

Target formTarget()
{
    return {.script = "/var/www/vhosts/shop.example/httpdocs/x.php",
        .domain = "shop.example",
        .endpoint = "/x.php?action=send"};
}

attribution::Suspect suspect(attribution::SourceKind kind, std::string account)
{
    attribution::Suspect made;
    made.cause = attribution::Cause::MailboxPassword;
    made.source.kind = kind;
    made.source.account = std::move(account);
    return made;
}

} // namespace

class ActsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyActionHasAPlanThatRunsAsShown()
    {
        std::set<std::string_view> names;
        for (const Action& each : actions()) {
            QVERIFY(names.insert(each.name).second);
            QCOMPARE(findAction(each.name)->id, each.id);
            if (each.object == Object::Queue)
                continue;
            const Target target {.mailbox = "anna@shop.example",
                .script = "/var/www/vhosts/shop.example/httpdocs/x.php",
                .user = "shopuser",
                .domain = "shop.example",
                .endpoint = "/x.php?action=send",
                .talks = true,
                .clients = {"203.0.113.7"}};
            const Plan plan = each.plan(target);
            QCOMPARE(plan.action, each.id);
            QVERIFY(!plan.commands.empty());
            // What is run is among what was shown.
            FakeServer server;
            MemoryLedger ledger;
            (void)act(each.id, server, ledger, target);
            for (const ssh::Command& command : server.ran)
                QVERIFY(std::ranges::any_of(plan.commands,
                    [&](const PlannedCommand& planned) { return planned.script == command.script; }));
        }
        QVERIFY(!findAction("delete-everything"));
    }

    void newPasswordGoesByStandardInputAndNowhereElse()
    {
        FakeServer server;
        server.says(info, "Mailbox: true\n");
        server.says(passwordScript(), "SUCCESS\n");
        MemoryLedger ledger;
        const Acted acted = act(ActionId::ChangePassword, server, ledger);
        QVERIFY(acted.whole());
        QCOMPARE(acted.secret.size(), 20u);
        QCOMPARE(server.ran[1].input, acted.secret + '\n');
        for (const ssh::Command& command : server.ran)
            for (const std::string& argument : command.arguments)
                QVERIFY(!argument.contains(acted.secret));
        for (const Note& note : ledger.all) {
            QVERIFY(!note.text.contains(acted.secret));
            for (const auto& [name, value] : note.facts)
                QVERIFY(!value.contains(acted.secret));
        }
        MemoryLedger other;
        QVERIFY(act(ActionId::ChangePassword, server, other).secret != acted.secret);
    }

    void passwordPolicyIsToldAndNoPasswordShown()
    {
        FakeServer server;
        server.says(info, "Mailbox: true\n");
        server.says(passwordScript(), {}, 1, "Your password is not complex enough.\n");
        MemoryLedger ledger;
        const Acted acted = act(ActionId::ChangePassword, server, ledger);
        QCOMPARE(shown(acted), std::string("probe:done set-password:failed"));
        QCOMPARE(acted.deeds.back().said, std::string("Your password is not complex enough."));
        QVERIFY(acted.secret.empty());
    }

    // The new one may be in force: whoever goes on must have it.
    void passwordIsShownWhenTheAnswerWasLost()
    {
        FakeServer server;
        server.says(info, "Mailbox: true\n");
        server.fails(passwordScript(), {FailureKind::ConnectionLost, "mail.example.test", "reset"});
        MemoryLedger ledger;
        const Acted acted = act(ActionId::ChangePassword, server, ledger);
        QCOMPARE(shown(acted), std::string("probe:done set-password:must-be-checked"));
        QVERIFY(acted.interrupted && !acted.secret.empty());
    }

    void unknownMailboxIsLeftAlone()
    {
        FakeServer server;
        server.says(info, {}, 1, "Mailname 'anna@shop.example' doesn't exist\n");
        MemoryLedger ledger;
        QCOMPARE(shown(act(ActionId::ChangePassword, server, ledger)), std::string("probe:failed"));
        QCOMPARE(server.ran.size(), 1u);
    }

    void limitIsSetSeenAndPutBack()
    {
        FakeServer server;
        std::string limit = "200";
        server.says("plesk bin mail --help", help, 1); // whatever its status
        server.answers[info] = [&](const ssh::Command&) {
            return ssh::Output {"Outgoing messages:  " + limit + " messages per hour\n", {}, 0, {}};
        };
        server.answers[setLimit] = [&](const ssh::Command& command) {
            limit = command.arguments[1];
            return ssh::Output {};
        };
        MemoryLedger ledger;
        QCOMPARE(shown(act(ActionId::LimitMailbox, server, ledger)),
            std::string("probe:done remember:done set-limit:done verify:done"));
        QCOMPARE(limit, std::string("0"));
        QCOMPARE(shown(act(ActionId::LimitMailbox, server, ledger)),
            std::string("probe:done remember:done set-limit:already-so"));
        QVERIFY(act(ActionId::UnlimitMailbox, server, ledger).whole());
        QCOMPARE(limit, std::string("200"));
        MemoryLedger empty;
        limit = "0";
        QVERIFY(act(ActionId::UnlimitMailbox, server, empty).whole());
        QCOMPARE(limit, std::string("default"));
        server.says(setLimit, "SUCCESS\n");
        limit = "0";
        QVERIFY(!act(ActionId::UnlimitMailbox, server, empty).whole());
    }

    void limitIsNotTriedOnAPleskWithoutIt()
    {
        FakeServer server;
        server.says("plesk bin mail --help", "Usage: mail\n");
        MemoryLedger ledger;
        QCOMPARE(shown(act(ActionId::LimitMailbox, server, ledger)), std::string("probe:failed"));
        QCOMPARE(server.ran.size(), 1u);
    }

    void limitThatDoesNotTakeIsNotCalledDone()
    {
        FakeServer server;
        server.says("plesk bin mail --help", help);
        server.says(info, "Outgoing messages:  Unlimited\n");
        server.says(setLimit, "SUCCESS\n");
        MemoryLedger ledger;
        QCOMPARE(shown(act(ActionId::LimitMailbox, server, ledger)),
            std::string("probe:done remember:done set-limit:done verify:failed"));
        server.says(info, "Something else\n");
        QCOMPARE(shown(act(ActionId::LimitMailbox, server, ledger)),
            std::string("probe:done remember:done set-limit:done verify:must-be-checked"));
    }

    void missingPleskIsSaid()
    {
        FakeServer server; // everything is "not found"
        MemoryLedger ledger;
        for (const ActionId id : {ActionId::ChangePassword, ActionId::LimitMailbox, ActionId::EndSessions,
                 ActionId::StopUserMail}) {
            const Acted acted = act(id, server, ledger, {.mailbox = "anna@shop.example", .user = "shopuser"});
            QVERIFY(!acted.whole());
            QCOMPARE(acted.deeds.front().said, std::string("sh: not found"));
        }
    }

    void endsSessionsOfTheMailboxAndTheThief()
    {
        FakeServer server;
        bool kicked = false, killed = false;
        server.answers[who] = [&](const ssh::Command&) {
            return ssh::Output {
                kicked ? "username proto\n" : "username proto\nanna@shop.example imap\n", {}, 0, {}};
        };
        server.answers[R"(doveadm kick "$1")"] = [&](const ssh::Command&) {
            kicked = true;
            return ssh::Output {};
        };
        server.says(R"(doveadm auth cache flush "$1")", "0 cache entries flushed\n");
        server.answers[smtp] = [&](const ssh::Command&) {
            const std::string honest = "0 0 192.0.2.10:587 198.51.100.9:4000\n";
            return ssh::Output {killed ? honest
                                       : honest
                        + "0 0 [::ffff:192.0.2.10]:587 [::ffff:203.0.113.7]:5000\n"
                          "0 0 [2001:db8::10]:587 [2001:db8::7]:5001\n",
                {}, 0, {}};
        };
        std::vector<std::string> ended;
        const auto kill = action(ActionId::EndSessions).plan(anna).commands.at(5).script;
        server.answers[kill] = [&](const ssh::Command& command) {
            ended = command.arguments;
            killed = true;
            return ssh::Output {};
        };
        MemoryLedger ledger;
        const Acted acted = act(ActionId::EndSessions, server, ledger);
        QVERIFY2(acted.whole(), shown(acted).c_str());
        QCOMPARE(ended, (std::vector<std::string> {"2001:db8::7", "203.0.113.7"}));
        QVERIFY(kicked);
        // A kernel that cannot end connections: ss succeeds and they stay.
        killed = kicked = false;
        server.says(kill, {}, 0, "RTNETLINK answers: Operation not supported\n");
        const Acted stuck = act(ActionId::EndSessions, server, ledger);
        QVERIFY(!stuck.whole());
        QVERIFY(stuck.deeds.back().said.contains("still connected"));
    }

    void userListIsChangedByOneEntryOnly()
    {
        FakeServer server;
        std::string value = "!nobody, static:anyone";
        server.answers["postconf -h authorized_submit_users"]
            = [&](const ssh::Command&) { return ssh::Output {value + '\n', {}, 0, {}}; };
        server.answers[R"(postconf -e "authorized_submit_users=$1")"] = [&](const ssh::Command& command) {
            value = command.arguments[0];
            return ssh::Output {};
        };
        MemoryLedger ledger;
        const Target user {.user = "shopuser"};
        QVERIFY(act(ActionId::StopUserMail, server, ledger, user).whole());
        QCOMPARE(value, std::string("!shopuser, !nobody, static:anyone"));
        QCOMPARE(shown(act(ActionId::StopUserMail, server, ledger, user)),
            std::string("remember:done forbid-user:already-so"));
        QVERIFY(act(ActionId::AllowUserMail, server, ledger, user).whole());
        QCOMPARE(value, std::string("!nobody, static:anyone"));
        value = ""; // nobody may submit: it must not end like that by our hand
        QVERIFY(act(ActionId::StopUserMail, server, ledger, user).whole());
        QCOMPARE(value, std::string("!shopuser, static:anyone"));
    }

    // By what the web server answers afterwards: closed, still open, not to be asked, or the whole site
    // broken.
    void formIsClosedOnlyWhenItIsRefused_data()
    {
        QTest::addColumn<QByteArray>("front");
        QTest::addColumn<QByteArray>("post");
        QTest::addColumn<QByteArray>("ends");
        const QByteArray begun = "remember:done save-file:done close-form:done ";
        QTest::newRow("refused") << QByteArray("https 200\nhttp 301\n") << QByteArray("https 403\nhttp 301\n")
                                 << begun + "verify:done verify:done";
        QTest::newRow("still open") << QByteArray("https 200\n") << QByteArray("https 302\n")
                                    << begun + "verify:done verify:failed";
        QTest::newRow("moved only") << QByteArray("http 301\n") << QByteArray("http 301\n")
                                    << begun + "verify:done verify:failed";
        QTest::newRow("no answer") << QByteArray("https \nhttp 000\n") << QByteArray("https \nhttp 000\n")
                                   << begun + "verify:done verify:must-be-checked";
        QTest::newRow("site broken") << QByteArray("https 500\n") << QByteArray("https 403\n")
                                     << begun + "verify:failed open-form:done";
    }

    void formIsClosedOnlyWhenItIsRefused()
    {
        QFETCH(QByteArray, front);
        QFETCH(QByteArray, post);
        QFETCH(QByteArray, ends);
        const Plan plan = action(ActionId::CloseForm).plan(formTarget());
        FakeServer server;
        int asked = 0;
        server.answers[plan.commands.at(0).script] = [&](const ssh::Command&) {
            return ssh::Output {asked++ == 0 ? "https 200\n" : front.toStdString(), {}, 0, {}};
        };
        server.says(plan.commands.at(4).script, post.toStdString());
        server.says(plan.commands.at(1).script, "# the owner's\n");
        MemoryLedger ledger;
        const Acted acted = act(ActionId::CloseForm, server, ledger, formTarget());
        QCOMPARE(QByteArray::fromStdString(shown(acted)), ends);
        QCOMPARE(ledger.files.size(), 1u);
    }

    void formOfNoFileIsLeftAlone()
    {
        const Ground ground;
        const Action& close = action(ActionId::CloseForm);
        QVERIFY(!obstacle(close, formTarget(), ground));
        Target target = formTarget();
        target.endpoint.clear();
        QCOMPARE(*obstacle(close, target, ground), Obstacle::NoForm);
        target.endpoint = "/contact/";
        QCOMPARE(*obstacle(close, target, ground), Obstacle::OddForm);
        for (const char* bad :
            {"/a b.php", "/x.php?a='", "/x.php?a=\"b", "/../x.php", "x.php", "/x.php?a=b>c", "/x.php\n"}) {
            target = formTarget();
            target.endpoint = bad;
            QVERIFY2(obstacle(close, target, ground), bad);
        }
        target = formTarget();
        target.domain = "shop.example/..";
        QVERIFY(obstacle(close, target, ground));
        target = formTarget();
        target.script = "/etc/x.php";
        target.endpoint = "/x.php";
        QCOMPARE(*obstacle(close, target, ground), Obstacle::OutsideSites);
    }

    void siteIsSwitchedOffAndSeen()
    {
        FakeServer server;
        std::string status = "OK";
        server.says("plesk bin site --help", "--on --off --info", 1); // whatever its status
        server.says("plesk bin subscription --help", "Usage: subscription\n");
        server.answers[R"(plesk bin site --info "$1")"] = [&](const ssh::Command&) {
            return ssh::Output {"Domain status:   " + status + "\n", {}, 0, {}};
        };
        server.answers[R"(plesk bin site --off "$1")"] = [&](const ssh::Command&) {
            status = "Disabled";
            return ssh::Output {};
        };
        server.says(R"(plesk bin site --on "$1")", "SUCCESS\n"); // says so, and does nothing
        MemoryLedger ledger;
        QVERIFY(act(ActionId::SuspendSite, server, ledger, formTarget()).whole());
        QCOMPARE(shown(act(ActionId::SuspendSite, server, ledger, formTarget())),
            std::string("probe:done remember:done switch-off:already-so"));
        QCOMPARE(shown(act(ActionId::ResumeSite, server, ledger, formTarget())),
            std::string("probe:done remember:done switch-on:done verify:failed"));
        QCOMPARE(shown(act(ActionId::SuspendSubscription, server, ledger, formTarget())),
            std::string("probe:failed"));
    }

    void registrationGoesBackToWhatItWas()
    {
        FakeServer server;
        std::map<std::string, std::string> options {
            {"users_can_register", "1"}, {"comment_registration", "1"}};
        server.answers[action(ActionId::CloseRegistration).plan(formTarget()).commands.at(0).script]
            = [&](const ssh::Command& command) {
                  std::string& value = options[command.arguments.at(3)];
                  if (command.arguments.at(2) == "update")
                      value = command.arguments.at(4);
                  return ssh::Output {value + '\n', {}, 0, {}};
              };
        MemoryLedger ledger;
        QVERIFY(act(ActionId::CloseRegistration, server, ledger, formTarget()).whole());
        QCOMPARE(options["users_can_register"], std::string("0"));
        QVERIFY(act(ActionId::OpenRegistration, server, ledger, formTarget()).whole());
        QCOMPARE(options["users_can_register"], std::string("1"));
        QCOMPARE(options["comment_registration"], std::string("1")); // never ours to change
        options["users_can_register"] = "a:1:{s:1:\"x\"}";
        QVERIFY(!act(ActionId::CloseRegistration, server, ledger, formTarget()).whole());
        QCOMPARE(options["users_can_register"], std::string("a:1:{s:1:\"x\"}"));
    }

    void panelKeepsItsMailboxes()
    {
        const Ground plesk {.postfix = true, .plesk = true, .dovecot = true};
        const Ground plain {.postfix = true, .dovecot = true};
        QCOMPARE(*obstacle(action(ActionId::ChangeFilePassword), anna, plesk), Obstacle::HasPanel);
        QCOMPARE(*obstacle(action(ActionId::StopLogin), anna, plesk), Obstacle::HasPanel);
        QVERIFY(!obstacle(action(ActionId::ChangeFilePassword), anna, plain));
        QVERIFY(!obstacle(action(ActionId::StopLogin), anna, plain));
        const Action& stop = action(ActionId::StopProcess);
        QCOMPARE(*obstacle(stop, {.user = "shopuser"}, plain), Obstacle::NoProcess);
        QCOMPARE(*obstacle(stop, {.user = "postfix", .talks = true}, plain), Obstacle::SystemUser);
        QVERIFY(!obstacle(stop, {.user = "shopuser", .talks = true}, plain));
    }

    void hostileNamesReachNoServer_data()
    {
        QTest::addColumn<QByteArray>("name");
        for (const char* each : {"", "-x@shop.example", "a b@shop.example", "a@b@c'$(reboot)",
                 "*@shop.example", "anna", "anna@", "@shop.example", "a\n@shop.example", "a;b@shop.example"})
            QTest::addRow("%s", each) << QByteArray(each);
    }

    void hostileNamesReachNoServer()
    {
        QFETCH(QByteArray, name);
        QVERIFY(!isMailbox(name.toStdString()));
        const Ground ground {.postfix = true, .plesk = true, .dovecot = true};
        QVERIFY(obstacle(action(ActionId::ChangePassword), {.mailbox = name.toStdString()}, ground));
    }

    void onlyFilesOfWebsitesAreMoved_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<bool>("good");
        QTest::newRow("a site's") << QByteArray("/var/www/vhosts/shop.example/httpdocs/a b'$(x).php") << true;
        QTest::newRow("a home's") << QByteArray("/home/u1/public_html/x.php") << true;
        for (const char* bad : {"/etc/passwd", "/var/www/../../etc/passwd", "/var/www/a/..", "relative.php",
                 "/var/www/", "/usr/sbin/sendmail", "/var/www//x", "/var/www/a\nb.php", "/var/wwwx/a.php"})
            QTest::addRow("%s", bad) << QByteArray(bad) << false;
    }

    void onlyFilesOfWebsitesAreMoved()
    {
        QFETCH(QByteArray, path);
        QFETCH(bool, good);
        QCOMPARE(isSiteFile(path.toStdString()), good);
        FakeServer server;
        MemoryLedger ledger;
        (void)act(ActionId::QuarantineScript, server, ledger, {.script = path.toStdString()});
        QCOMPARE(!server.ran.empty(), good);
    }

    void saysWhyNot()
    {
        const Ground plesk {.postfix = true, .plesk = true};
        const Ground exim {.exim = true};
        const Target target = targetOf(suspect(attribution::SourceKind::Mailbox, "anna@shop.example"));
        QVERIFY(!obstacle(action(ActionId::ChangePassword), target, plesk));
        QCOMPARE(*obstacle(action(ActionId::ChangePassword), target, exim), Obstacle::NoPlesk);
        QCOMPARE(*obstacle(action(ActionId::EndSessions), target, plesk), Obstacle::NoDovecot);
        QCOMPARE(*obstacle(action(ActionId::ClearQueue), target, exim), Obstacle::NothingQueued);
        QCOMPARE(*obstacle(action(ActionId::ClearQueue), target, {}), Obstacle::NoQueue);
        QCOMPARE(*obstacle(action(ActionId::ClearQueue), target, {.qmail = true}), Obstacle::QmailQueue);
        QCOMPARE(*obstacle(action(ActionId::StopUserMail), target, exim), Obstacle::OtherMailServer);
        QCOMPARE(*obstacle(action(ActionId::ClearQueue), target, plesk), Obstacle::NothingQueued);
        QCOMPARE(*obstacle(action(ActionId::RestoreQueue), target, plesk), Obstacle::NothingSaved);
        QCOMPARE(*obstacle(action(ActionId::StopUserMail), target, plesk), Obstacle::NoUser);
        QCOMPARE(*obstacle(action(ActionId::QuarantineScript), {.script = "/etc/x"}, plesk),
            Obstacle::OutsideSites);
        QVERIFY(helpsAgainst(action(ActionId::ChangePassword), suspect({}, {})));
        QVERIFY(!helpsAgainst(action(ActionId::QuarantineScript), suspect({}, {})));
    }

    // Before, while and after each command of every action: it ends, says where it stands, and can go on.
    void everyActionEndsKnownWhenItIsCut()
    {
        for (const Action& each : actions()) {
            if (each.object == Object::Queue)
                continue;
            const Target target {.mailbox = "anna@shop.example",
                .script = "/var/www/vhosts/shop.example/httpdocs/x.php",
                .user = "shopuser",
                .domain = "shop.example",
                .endpoint = "/x.php?action=send",
                .talks = true,
                .clients = {"203.0.113.7"}};
            for (const PlannedCommand& planned : each.plan(target).commands) {
                FakeServer server;
                for (const PlannedCommand& other : each.plan(target).commands)
                    server.says(other.script, std::string(help) + "10003:2000 644\n");
                server.fails(planned.script, {FailureKind::ConnectionLost, "mail.example.test", "reset"});
                MemoryLedger ledger;
                const Acted acted = act(each.id, server, ledger, target);
                const bool ran = std::ranges::any_of(server.ran,
                    [&](const ssh::Command& command) { return command.script == planned.script; });
                QCOMPARE(acted.interrupted.has_value(), ran);
                if (ran)
                    QCOMPARE(acted.deeds.back().outcome, Outcome::MustBeChecked);
            }
        }
    }
};

QTEST_GUILESS_MAIN(ActsTest)
#include "tst_acts.moc"
