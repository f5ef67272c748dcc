// SPDX-License-Identifier: GPL-3.0-or-later
// Pulling from a server: what is asked, what is kept, and what becomes of refusals and broken lines.
#include "models/evidence/pull.h"
#include "models/evidence/logname.h"
#include "models/evidence/queuesample.h"
#include "models/evidence/recipes.h"
#include "models/evidence/sha256.h"
#include "tests/support/fakeserver.h"
#include "tests/support/golden.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <format>

using namespace sluicegate;
using namespace sluicegate::evidence;
using base::FailureKind;
using support::FakeServer;

namespace {

// Keeps items as numbered files; can be full after a number of bytes.
class FolderStore : public Store {
public:
    explicit FolderStore(std::size_t room = std::size_t(-1)) : m_room(room) { }

    base::Result<std::unique_ptr<Writer>> begin() override
    {
        const auto path = m_folder.filePath(QString::number(++m_count)).toStdString();
        return std::make_unique<FolderWriter>(path, m_room);
    }

private:
    class FolderWriter : public Writer {
    public:
        FolderWriter(std::string path, std::size_t& room) : m_path(std::move(path)), m_room(room) { }
        bool write(std::string_view bytes) override
        {
            m_full = m_full || bytes.size() > m_room;
            if (!m_full) {
                m_room -= bytes.size();
                m_bytes += bytes;
            }
            return !m_full;
        }
        base::Result<Item> finish(Item about) override
        {
            if (m_full)
                return base::fail(FailureKind::WriteFailed, m_path, "No space left on device");
            QFile file(QString::fromStdString(m_path));
            if (!file.open(QIODevice::WriteOnly) || file.write(m_bytes.data(), qint64(m_bytes.size())) < 0)
                return base::fail(FailureKind::WriteFailed, m_path);
            about.local = m_path;
            about.bytes = m_bytes.size();
            about.sha256 = sha256(m_bytes);
            return about;
        }

    private:
        std::string m_path;
        std::size_t& m_room;
        std::string m_bytes;
        bool m_full = false;
    };

    QTemporaryDir m_folder;
    std::size_t m_room;
    int m_count = 0;
};

std::string listed(std::uint64_t inode, std::uint64_t size, std::string_view when, std::string_view path)
{
    const auto at = base::parseIso(std::string(when) + "T12:00:00Z").value_or(base::Instant {});
    return std::format("65024 {} {} {} regular file|{}\n", inode, size,
        std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count(), path);
}

void addFile(FakeServer& server, const std::string& path, std::string bytes)
{
    server.files[path].bytes = std::move(bytes);
}

// A Plesk server with a log, rotations, a queue and two sites.
void furnish(FakeServer& server)
{
    namespace r = recipes;
    server.says(r::date.script, "1795428000 +0100\n");
    server.says(r::hostname.script, "mail.example.test\n");
    server.says(r::programs.script,
        "/usr/sbin/postqueue\n/usr/sbin/postconf\n/usr/sbin/postcat\n/usr/bin/doveconf\n/usr/sbin/plesk\n"
        "/usr/bin/ss\n/usr/bin/getent\n");
    server.says(r::newPrograms.script, "");
    server.says(r::maillogFile.script, "\n");
    server.says(r::mailLogs.script,
        listed(1, 30, "2026-11-23", "/var/log/maillog")
            + listed(2, 40, "2026-11-22", "/var/log/maillog.processed")
            + listed(3, 50, "2026-11-16", "/var/log/maillog.processed.1.gz")
            + listed(4, 60, "2026-11-02", "/var/log/maillog.processed.2.gz")
            + listed(1, 30, "2026-11-23", "/usr/local/psa/var/log/maillog")
            + listed(5, 99, "2026-03-01", "/var/log/mail.log")
            + listed(6, 999, "2026-11-23", "/var/log/syslog"),
        1, "stat: cannot statx '/var/log/mail': No such file or directory\n");
    addFile(server, "/var/log/maillog",
        "Nov 23 09:44:08 mail postfix/cleanup[1]: 4F7K2p1XjRz9Q3: message-id=<noticed@shop.example>\n");
    addFile(server, "/var/log/maillog.processed", "older\n");
    addFile(server, "/var/log/maillog.processed.1.gz", "packed\n");
    addFile(server, "/var/log/maillog.processed.2.gz", "packed long ago\n");
    server.says(r::queueJson.script,
        R"({"queue_name": "deferred", "queue_id": "4F7K2p1XjRz9Q3", "arrival_time": 1795420000, "sender": "a@shop.example"})"
        "\n"
        R"({"queue_name": "deferred", "queue_id": "3A1B2C4D5E", "sender": "b@shop.example", "recipients": []})"
        "\n");
    server.answers[std::string(r::queuedMessages.script)] = [](const ssh::Command& command) {
        ssh::Output output;
        for (const auto& id : command.arguments)
            output.out += std::format("*** ENVELOPE RECORDS deferred/{0}/{1} ***\nnamed_attribute: "
                                      "sasl_username=x\n*** MESSAGE CONTENTS ***\nSubject: {1}\n*** MESSAGE "
                                      "FILE END deferred/{0}/{1} ***\n",
                id.front(), id);
        return output;
    };
    server.says(r::postfixSettings.script, "myhostname = mail.example.test\n");
    server.says(r::dovecotSettings.script, {}, 89, "doveconf: Fatal: Permission denied\n");
    server.says(r::accounts.script, "root:x:0:0:root:/root:/bin/bash\n");
    server.says(r::pleskVersion.script, "Product version: Plesk Obsidian 18.0.70\n");
    server.says(r::pleskSites.script, "shop.example\t/var/www/vhosts/shop.example/httpdocs\tshop\n");
    server.says(r::vhosts.script, "shop|/var/www/vhosts/shop.example\n");
    server.says(r::mailSockets.script, {});
    server.says(r::phpSettings.script,
        "/var/www/vhosts/system/shop.example/conf/php.ini:mail.log = "
        "/var/www/vhosts/shop.example/logs/php.log\n"
        "/etc/php/8.4/fpm/php.ini:mail.log = /etc/shadow\n");
    server.answers[std::string(r::phpMailLogs.script)] = [](const ssh::Command& command) {
        ssh::Output output;
        for (const auto& path : command.arguments)
            output.out += listed(20, 9, "2026-11-23", path);
        return output;
    };
    addFile(server, "/var/www/vhosts/shop.example/logs/php.log", "mail() on");
    server.says(r::webLogs.script,
        listed(30, 8, "2026-11-23", "/var/www/vhosts/system/shop.example/logs/access_ssl_log")
            + listed(
                31, 8, "2026-05-01", "/var/www/vhosts/system/shop.example/logs/access_log.processed.9.gz")
            + listed(32, 0, "2026-11-23", "/var/www/vhosts/system/shop.example/logs/access_log")
            + listed(33, 8, "2026-11-23", "/var/www/vhosts/system/shop.example/logs/error_log")
            + listed(34, 8, "2026-11-22", "/var/www/vhosts/system/shop.example/logs/webmail_access_log"));
    addFile(server, "/var/www/vhosts/system/shop.example/logs/webmail_access_log", "GET / 2\n");
    addFile(server, "/var/www/vhosts/system/shop.example/logs/access_ssl_log", "GET / 1\n");
}

QStringList pathsOf(const Bundle& bundle)
{
    QStringList result;
    for (const Item& item : bundle.items)
        result << QString::fromStdString(item.path);
    return result;
}

QJsonObject asJson(const Bundle& bundle)
{
    QJsonArray items, warnings;
    for (const Item& item : bundle.items) {
        QJsonObject object {{QStringLiteral("path"), QString::fromStdString(item.path)},
            {QStringLiteral("bytes"), qint64(item.bytes)},
            {QStringLiteral("sha256"), QString::fromStdString(item.sha256.substr(0, 8))},
            {QStringLiteral("complete"), item.complete},
            {QStringLiteral("provenance"), int(item.provenance)}};
        if (!item.command.empty())
            object[QLatin1String("command")] = QString::fromStdString(item.command);
        if (!item.note.empty())
            object[QLatin1String("note")] = QString::fromStdString(item.note);
        items << object;
    }
    for (const auto& warning : bundle.warnings)
        warnings << QString::fromStdString(warning);
    return {{QStringLiteral("host"), QString::fromStdString(bundle.host)}, {QStringLiteral("items"), items},
        {QStringLiteral("warnings"), warnings},
        {QStringLiteral("serverClock"), QString::fromStdString(base::iso(*bundle.clock.server))},
        {QStringLiteral("zone"), int(bundle.clock.zone->count())}};
}

} // namespace

class PullTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void pullsWhatAPleskServerHas()
    {
        FakeServer server;
        furnish(server);
        FolderStore store;
        Scope scope;
        scope.since = base::parseIso("2026-11-17T00:00:00Z");
        scope.messageIds = {"noticed@shop.example"};
        Step last;
        const auto bundle = pull(server, scope, store, [&last](const Step& step) { last = step; });
        QVERIFY(bundle.has_value());
        QCOMPARE(support::goldenDifference(
                     QStringLiteral(TEST_DATA), QStringLiteral("plesk"), QJsonDocument(asJson(*bundle))),
            QString());
        QVERIFY(last.done > 20 && last.done <= last.planned);
        QVERIFY(bundle->clock.here);
        // Root only where it is needed; nothing but reading.
        for (const auto& command : server.ran) {
            const auto known = std::ranges::find(recipes::all, command.script, &recipes::Recipe::script);
            QVERIFY2(known != recipes::all.end(), command.script.c_str());
            QCOMPARE(int((*known)->privilege), int(command.privilege));
        }
    }

    void asksForRootOnceOnly()
    {
        FakeServer server;
        furnish(server);
        int refusals = 0;
        for (auto& [script, answer] : server.answers)
            answer = [&refusals, answer](const ssh::Command& command) -> base::Result<ssh::Output> {
                if (command.privilege == ssh::Privilege::Plain)
                    return answer(command);
                ++refusals;
                return base::fail(FailureKind::SudoRefused, "root", "not in sudoers");
            };
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QVERIFY(bundle.has_value());
        QCOMPARE(refusals, 1);
        QVERIFY(bundle->warnings.front().contains("not in sudoers"));
        QVERIFY(bundle->command("postqueue-j"));
    }

    void oldPostfixListsItsQueuePlainly()
    {
        FakeServer server;
        furnish(server);
        server.says(recipes::queueJson.script, {}, 1, "postqueue: invalid option -- 'j'\n");
        server.says(recipes::queuePlain.script,
            "-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"
            "3A1B2C4D5E*    2043 Mon Nov 23 09:44:08  a@shop.example\n"
            "                                         b@strangers.example\n\n-- 2 Kbytes in 1 Request.\n");
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QVERIFY(bundle->command("postqueue-p") && !bundle->command("postqueue-j"));
        QVERIFY(bundle->find("commands/postcat-q/3A1B2C4D5E"));
    }

    void anEmptyQueueIsKnownToBeEmpty()
    {
        FakeServer server;
        furnish(server);
        server.says(recipes::queueJson.script, {});
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QVERIFY(bundle->command("postqueue-j"));
        QCOMPARE(bundle->command("postqueue-j")->bytes, 0u);
        QVERIFY(bundle->below("commands/postcat-q/").empty());
    }

    void theJournalWhereThereIsNoFile()
    {
        FakeServer server;
        furnish(server);
        server.says(recipes::mailLogs.script, listed(6, 999, "2026-11-23", "/var/log/syslog"));
        server.says(recipes::tail.script, "Nov 23 09:44:08 mail kernel: nothing of mail\n");
        server.says(recipes::programs.script, "/usr/sbin/postqueue\n/usr/bin/journalctl\n");
        server.says(
            recipes::journal.script, "2026-11-23T09:44:08+0100 mail postfix/qmgr[1]: 3A1B2C4D5E: removed\n");
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QVERIFY(bundle.has_value());
        QCOMPARE(bundle->mailLogs().size(), 1u);
        QCOMPARE(int(bundle->mailLogs()[0]->provenance), int(Provenance::Journal));
    }

    void theCommonLogWhenItSpeaksOfMail()
    {
        FakeServer server;
        furnish(server);
        server.says(recipes::mailLogs.script, listed(6, 999, "2026-11-23", "/var/log/messages"));
        server.says(recipes::tail.script, "Nov 23 09:44:08 mail postfix/qmgr[1]: 3A1B2C4D5E: removed\n");
        addFile(server, "/var/log/messages", "log\n");
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QCOMPARE(bundle->mailLogs().at(0)->path, std::string("/var/log/messages"));
    }

    void theFreshestLogIsTaken()
    {
        FakeServer server;
        furnish(server);
        server.says(recipes::mailLogs.script,
            listed(1, 5000, "2026-01-02", "/var/log/maillog")
                + listed(2, 10, "2026-11-23", "/var/log/mail.log"));
        addFile(server, "/var/log/mail.log", "fresh\n");
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QCOMPARE(bundle->mailLogs().size(), 1u);
        QCOMPARE(bundle->mailLogs()[0]->path, std::string("/var/log/mail.log"));
        QVERIFY(std::ranges::any_of(bundle->warnings, [](const std::string& text) {
            return text.contains("left on the server: /var/log/maillog, 5000");
        }));
    }

    void ownLogOfPostfixIsPulled()
    {
        FakeServer server;
        furnish(server);
        server.says(recipes::maillogFile.script, "/srv/mta.txt\n");
        server.says(recipes::mailLogs.script, {}, 1);
        server.says(recipes::statFiles.script, listed(9, 5, "2026-11-23", "/srv/mta.txt"));
        addFile(server, "/srv/mta.txt", "lines");
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QCOMPARE(bundle->mailLogs().size(), 1u);
        QCOMPARE(bundle->mailLogs()[0]->path, std::string("/srv/mta.txt"));
    }

    void moreSitesThanACommandLineHolds()
    {
        FakeServer server;
        furnish(server);
        const auto list = server.answers[std::string(recipes::webLogs.script)](ssh::Command {})->out;
        server.says(recipes::webLogs.script, {}, 126, "sh: 1: stat: Argument list too long\n");
        server.says(recipes::manyWebLogs.script, list);
        FolderStore store;
        QCOMPARE(pull(server, {}, store)->webLogs().size(), 1u);
    }

    void noMailServerAtAll()
    {
        FakeServer server;
        server.says(recipes::date.script, "1795428000 +0000\n");
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QCOMPARE(bundle.error().kind, FailureKind::NotFound);
        QCOMPARE(bundle.error().subject, std::string("mail log"));
    }

    void whatCameBeforeTheLineBrokeIsKept()
    {
        FakeServer server;
        furnish(server);
        server.files["/var/log/maillog"].failure
            = base::Failure {FailureKind::Truncated, "/var/log/maillog", "12 of 30 bytes"};
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QVERIFY(bundle.has_value());
        const auto* log = bundle->find("/var/log/maillog");
        QVERIFY(log && !log->complete && log->bytes > 0);
        QVERIFY(log->note.contains("12 of 30 bytes"));
        QVERIFY(bundle->find("/var/log/maillog.processed")->complete);
    }

    void aBrokenLineEndsThePullAtAnyPoint()
    {
        FakeServer whole;
        furnish(whole);
        FolderStore all;
        QVERIFY(pull(whole, {}, all).has_value());
        for (std::size_t at = 0; at < whole.ran.size(); ++at) {
            FakeServer server;
            furnish(server);
            for (auto& [script, answer] : server.answers)
                answer = [&server, at, answer](const ssh::Command& command) -> base::Result<ssh::Output> {
                    if (server.ran.size() > at)
                        return base::fail(FailureKind::ConnectionLost, "mail.example.test");
                    return answer(command);
                };
            FolderStore store;
            const auto bundle = pull(server, {}, store);
            QVERIFY(!bundle);
            QCOMPARE(bundle.error().kind, FailureKind::ConnectionLost);
            QCOMPARE(server.ran.size(), at + 1); // nothing is asked of a dead line
        }
    }

    void cancelledAtAnyPoint()
    {
        for (int at = 0; at < 30; ++at) {
            FakeServer server;
            furnish(server);
            std::stop_source stop;
            server.beforeEach = [&stop, at, count = 0]() mutable {
                if (count++ == at)
                    stop.request_stop();
            };
            FolderStore store;
            const auto bundle = pull(server, {}, store, {}, stop.get_token());
            if (!stop.stop_requested()) {
                QVERIFY(at > 20);
                break;
            }
            QCOMPARE(bundle.error().kind, FailureKind::Cancelled);
        }
    }

    void aFullDiskEndsThePull()
    {
        for (const std::size_t room : {std::size_t(0), std::size_t(100), std::size_t(400)}) {
            FakeServer server;
            furnish(server);
            FolderStore store(room);
            QCOMPARE(pull(server, {}, store).error().kind, FailureKind::WriteFailed);
        }
    }

    void aFileBeyondTheLimitIsCut()
    {
        FakeServer server;
        furnish(server);
        addFile(server, "/var/log/maillog", std::string(100'000, 'x'));
        FolderStore store;
        Scope scope;
        scope.fileLimit = 50'000;
        const auto bundle = pull(server, scope, store);
        QVERIFY(bundle.has_value());
        const auto* log = bundle->find("/var/log/maillog");
        QVERIFY(!log->complete && log->bytes <= 50'000 && log->bytes > 40'000);
    }

    void messagesThatLeftTheQueueAreSkipped()
    {
        FakeServer server;
        furnish(server);
        std::string listing;
        for (int i = 0; i < 5; ++i)
            listing += std::format("{{\"queue_id\": \"AAAA{}\", \"sender\": \"s{}@x.example\"}}\n", i, i);
        server.says(recipes::queueJson.script, listing);
        const auto all = server.answers[std::string(recipes::queuedMessages.script)];
        server.answers[std::string(recipes::queuedMessages.script)] = [all](ssh::Command command) {
            const auto gone = std::ranges::find_if(
                command.arguments, [](const std::string& id) { return id == "AAAA1" || id == "AAAA3"; });
            const bool stops = gone != command.arguments.end();
            command.arguments.erase(gone, command.arguments.end());
            auto output = all(command);
            output->exitStatus = stops ? 1 : 0;
            return output;
        };
        FolderStore store;
        const auto bundle = pull(server, {}, store);
        QCOMPARE(pathsOf(*bundle).filter(QStringLiteral("postcat")).join(u' '),
            QStringLiteral("commands/postcat-q/AAAA4 commands/postcat-q/AAAA2 commands/postcat-q/AAAA0"));
    }

    void theSampleShowsEverySendingDomain()
    {
        std::vector<Queued> queued;
        for (int i = 0; i < 1000; ++i)
            queued.push_back({std::format("FLOOD{}", i), "spam@x.example"});
        queued.insert(queued.begin(), {"RARE01", "good@shop.example"});
        const auto sample = pickSample(queued, {"FLOOD500"}, 10);
        QCOMPARE(sample.size(), 10u);
        QCOMPARE(sample[0], std::string("FLOOD500"));
        QVERIFY(std::ranges::contains(sample, "RARE01"));
        QVERIFY(std::ranges::contains(sample, "FLOOD999"));
    }

    void hostileListingsGiveNoIds()
    {
        const auto queued = readQueued("{\"queue_id\": \"../../etc\", \"sender\": \"x\"}\n{\"sender\": "
                                       "\"\\\"queue_id\\\": \\\"EVIL1\\\"\"}\n"
                                       "{\"queue_id\": \"GOOD1\", \"sender\": \"a\\\"b\"}\n{\"queue_id\": "
                                       "\"-qABCDE\"}\n{\"queue_id\": 7}\n{");
        QCOMPARE(queued.size(), 1u);
        QCOMPARE(queued[0].id, std::string("GOOD1"));
    }

    void messagesOfOthersAreNotTaken()
    {
        const std::string output = "*** ENVELOPE RECORDS deferred/A/AAAA1 ***\nsender: x\n"
                                   "*** ENVELOPE RECORDS deferred/B/BBBB2 ***\nsender: y\n"
                                   "*** ENVELOPE RECORDS ../../EVIL1 ***\n*** ENVELOPE RECORDS A/AAAA1 ***\n";
        const auto messages = splitMessages(output, {"AAAA1", "BBBB2"});
        QCOMPARE(messages.size(), 2u);
        QCOMPARE(messages[0].first, std::string("AAAA1"));
        QVERIFY(messages[1].second.starts_with("*** ENVELOPE RECORDS deferred/B/BBBB2"));
    }

    void noSecretIsTakenForAMailLog()
    {
        QVERIFY(mayBePhpMailLog("/var/log/php-mail.log"));
        QVERIFY(mayBePhpMailLog("/var/www/vhosts/shop.example/logs/php.log"));
        for (const char* path : {"/etc/shadow", "/root/mail.log", "/var/www/../../etc/mail.log",
                 "/home/x/.ssh/login", "/var/www/vhosts/x/wp-config.php", "/proc/kmsg.log", "mail.log"})
            QVERIFY2(!mayBePhpMailLog(path), path);
    }
};

QTEST_GUILESS_MAIN(PullTest)
#include "tst_pull.moc"
