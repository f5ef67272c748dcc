// SPDX-License-Identifier: GPL-3.0-or-later
// Asking other people's servers from the server: which commands run, how their answers become conditions, and
// what stands in the journal.
#include "models/casefile/casefolder.h"
#include "models/desk/probing.h"
#include "tests/support/fakeserver.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sluicegate;
using base::FailureKind;
using readiness::ListAnswer;
using readiness::PortAnswer;

namespace {

/// A server whose commands are answered by what they would do: names by a table, ports by their number.
class Outside : public ssh::Server {
public:
    std::map<std::string, std::string, std::less<>> names; // "4 mx.one.test" -> address
    std::vector<ssh::Command> ran;
    bool cut = false;

    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token) override
    {
        if (cut)
            return base::fail(FailureKind::ConnectionLost, "outside", "cut");
        ran.push_back(command);
        const std::string_view script = command.script;
        if (script.contains("ahostsv")) {
            const auto at = names.find((script.contains("v4") ? "4 " : "6 ") + command.arguments[0]);
            return at == names.end() ? ssh::Output {{}, {}, 2, {}}
                                     : ssh::Output {at->second + " STREAM x\n", {}, 0, {}};
        }
        if (script.contains("openssl"))
            return ssh::Output {"220 " + command.arguments[0] + " ESMTP\r\n", {}, 0, {}};
        return ssh::Output {{}, {}, 124, {}};
    }
    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege, const ssh::Sink&,
        const ssh::Progress&, std::stop_token) override
    {
        return base::fail(FailureKind::Unsupported, path);
    }
    const ssh::Identity& identity() const override { return m_identity; }

private:
    ssh::Identity m_identity;
};

} // namespace

class TestProbing : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<casefile::CaseFolder> m_case;
    std::unique_ptr<containment::Ledger> m_ledger;

private Q_SLOTS:
    void init()
    {
        static int number = 0;
        m_case = *casefile::CaseFolder::open(
            m_folder.filePath(QStringLiteral("%1.sluice").arg(++number)).toStdString());
        m_ledger = m_case->ledger();
    }

    void portsAreTestedApart()
    {
        Outside outside;
        outside.names = {
            {"4 mx.one.test", "192.0.2.1"}, {"6 mx.one.test", "2001:db8::1"}, {"4 mx.two.test", "192.0.2.2"}};
        containment::Hand hand(outside, *m_ledger, {});
        const std::vector<profile::PortTarget> targets {{"mx.one.test", {25, 465}}, {"mx.two.test", {25}}};
        QVERIFY(desk::testPorts(hand, targets).has_value());
        const auto notes = m_ledger->notes();
        const auto probes = readiness::probesIn(notes);
        QCOMPARE(probes.ports.size(), 6u);
        const auto answer = [&](const char* host, int port, int family) {
            const auto at = std::ranges::find_if(probes.ports, [&](const readiness::PortTest& test) {
                return test.host == host && test.port == port && test.family == family;
            });
            return std::string(name(at->answer)) + ' ' + at->address;
        };
        QCOMPARE(answer("mx.one.test", 25, 4), std::string("dropped 192.0.2.1"));
        QCOMPARE(answer("mx.one.test", 25, 6), std::string("dropped 2001:db8::1"));
        QCOMPARE(answer("mx.one.test", 465, 4), std::string("banner 192.0.2.1"));
        QCOMPARE(answer("mx.one.test", 465, 6), std::string("banner 2001:db8::1"));
        QCOMPARE(answer("mx.two.test", 25, 6), std::string("no-address "));
        // Places are arguments, never part of a script; an address of IPv6 has its brackets where it needs
        // them.
        for (const ssh::Command& command : outside.ran) {
            QVERIFY(!command.script.contains("test") && !command.script.contains("192.0.2"));
            QVERIFY(command.privilege == ssh::Privilege::Plain);
            QVERIFY(command.script.starts_with("timeout 8 "));
        }
        QVERIFY(std::ranges::any_of(outside.ran,
            [](const ssh::Command& command) { return command.arguments.front() == "[2001:db8::1]:465"; }));
        const auto journal = m_case->journal();
        QVERIFY(std::ranges::count(journal, std::string("command"), &casefile::JournalEntry::kind) >= 9);
    }

    void listsAreAskedWithAProof()
    {
        Outside outside;
        outside.names = {{"4 2.0.0.127.one.test", "127.0.0.2"}, {"4 20.2.0.192.one.test", "127.0.0.4"},
            {"4 2.0.0.127.two.test", "127.0.0.2"}, {"4 2.0.0.127.three.test", "127.255.255.254"}};
        containment::Hand hand(outside, *m_ledger, {});
        const std::vector<std::string> zones {"one.test", "two.test", "three.test", "silent.test"};
        const std::vector<std::string> own {"192.0.2.20", "not an address"};
        QVERIFY(desk::askLists(hand, own, zones).has_value());
        const auto notes = m_ledger->notes();
        const auto probes = readiness::probesIn(notes);
        QCOMPARE(probes.lists.size(), 4u);
        QVERIFY(probes.lists[0].answer == ListAnswer::Listed);
        QCOMPARE(probes.lists[0].codes, (std::vector<std::string> {"127.0.0.4"}));
        QVERIFY(probes.lists[1].answer == ListAnswer::NotListed);
        QVERIFY(probes.lists[2].answer == ListAnswer::NotTold);
        QVERIFY(probes.lists[3].answer == ListAnswer::NotTold);
        QCOMPARE(desk::askLists(hand, {}, zones).error().kind, FailureKind::NotFound);
    }

    void theServersAddressesComeFromTheNoticeOrItsName()
    {
        Outside outside;
        outside.names = {{"4 mail.test", "192.0.2.20"}, {"6 mail.test", "2001:db8::20"}};
        containment::Hand hand(outside, *m_ledger, {});
        triage::Analysis analysis;
        analysis.bundle.host = "mail.test";
        QCOMPARE(
            *desk::ownAddresses(hand, analysis), (std::vector<std::string> {"192.0.2.20", "2001:db8::20"}));
        analysis.notice.emplace().ips = {"198.51.100.7"};
        QCOMPARE(*desk::ownAddresses(hand, analysis), (std::vector<std::string> {"198.51.100.7"}));
    }

    // A line that breaks leaves nothing half-told: the tests before stand.
    void aCutLineRecordsNothing()
    {
        Outside outside;
        outside.cut = true;
        containment::Hand hand(outside, *m_ledger, {});
        const std::vector<profile::PortTarget> targets {{"mx.one.test", {25}}};
        QCOMPARE(desk::testPorts(hand, targets).error().kind, FailureKind::ConnectionLost);
        QVERIFY(readiness::probesIn(m_ledger->notes()).ports.empty());
    }
};

QTEST_GUILESS_MAIN(TestProbing)
#include "tst_probing.moc"
