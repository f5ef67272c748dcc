// SPDX-License-Identifier: GPL-3.0-or-later
// The invented server's commands: their format, and what they change.
#include "models/demo/incident.h"
#include "models/evidence/recipes.h"
#include "models/notice/notice.h"
#include "models/queue/entry.h"
#include "models/ssh/quote.h"
#include "models/ssh/scripts.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTest>

using namespace sluicegate;

namespace {

std::shared_ptr<demo::Incident> harbor()
{
    auto incident = demo::Incident::load("harbor");
    return incident ? *incident : nullptr;
}

QByteArray out(demo::Incident& server, const QByteArray& command, const QByteArray& input = {})
{
    return QByteArray::fromStdString(server.answer(command.toStdString(), input.toStdString()).out);
}

QList<QByteArray> lines(QByteArray text)
{
    QList<QByteArray> found = text.split('\n');
    found.removeAll(QByteArray());
    return found;
}

QByteArray firstId(demo::Incident& server)
{
    return QJsonDocument::fromJson(lines(out(server, "postqueue -j")).value(0))
        .object()[u"queue_id"]
        .toString()
        .toLatin1();
}

int queued(demo::Incident& server, const QByteArray& place = {})
{
    return int(lines(
        out(server, "postqueue -j" + (place.isEmpty() ? "" : " | grep '\"queue_name\": \"" + place + "\"'")))
            .size());
}

QJsonObject truth(const QString& name)
{
    QFile file(QStringLiteral(TEST_DATA "/%1.truth.json").arg(name));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

} // namespace

class DemoTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersPlainCommands_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArray>("pattern"); // of the whole output
        QTest::addColumn<int>("status");
        const auto row = [](const char* command, const char* pattern, int status = 0) {
            QTest::newRow(command) << QByteArray(command) << QByteArray(pattern) << status;
        };
        row("date '+%s %z'", "179536\\d{4} \\+0100\n");
        row("date", "Sun Nov 22 \\d\\d:\\d\\d:\\d\\d CET 2026\n");
        row("hostname", "vps4417\\.kaje-hosting\\.example\n");
        row("hostname -s", "vps4417\n");
        row("id", "uid=0\\(root\\) gid=0\\(root\\) groups=0\\(root\\)\n");
        row("id -u", "0\n");
        row("id nordkai", "uid=10001\\(nordkai\\) gid=1003\\(psacln\\) groups=1003\\(psacln\\)\n");
        row("whoami", "root\n");
        row("getent passwd 10003",
            "brinewerk:x:10003:1003::/var/www/vhosts/brinewerk\\.example:/bin/false\n");
        row("getent passwd nobody-here", "", 2);
        row("postconf -h myhostname", "vps4417\\.kaje-hosting\\.example\n");
        row("postconf myhostname", "myhostname = vps4417\\.kaje-hosting\\.example\n");
        row("postconf -h maillog_file", "\n");
        row("postconf -h mail_version", "3\\.5\\.25\n");
        row("uname -sr", "Linux 5\\.14\\.0-427\\.42\\.1\\.el9_4\\.x86_64\n");
        row("cat /etc/hostname", "vps4417\\.kaje-hosting\\.example\n");
        row("cat /etc/host*e /etc/nothing", "vps4417\\.kaje-hosting\\.example\n", 1);
        row("nosuch -x", "", 127);
        row("echo \"a  b\" 'c d' e\\ f", "a  b c d e f\n");
        row("printf '%s-%s\\n' a b c d", "a-b\nc-d\n");
        row("printf '3\\n1\\n2\\n1\\n' | sort -rn | uniq -c | head -1", "      1 3\n");
        row("printf 'a:b:c\\n' | cut -d: -f2-", "b:c\n");
        row("printf 'x\\ny\\n' | grep -n Y", "", 1);
        row("printf 'x\\ny\\n' | grep -in Y", "2:y\n");
        row("printf 'a.c\\nabc\\n' | grep -cF a.c", "1\n");
        row("printf 'a.c\\nabc\\n' | grep -c a.c", "2\n");
        row("printf '1\\n2\\n3\\n' | tail -n +2 | wc -l", "2\n");
        row("printf '1\\n2\\n3\\n' | tail -n 1", "3\n");
        row("printf '123456' | tail -c 2", "56");
        row("false || echo second && echo third", "second\nthird\n");
        row("true || echo never", "");
        row("if command -v exim >/dev/null; then echo exim; else echo postfix; fi", "postfix\n");
        row("for x in /etc/hostn* b; do echo $x; done", "/etc/hostname\nb\n");
        row("echo '*' \\* \"/etc/host*\"", "\\* \\* /etc/host\\*\n");
        row("x='a b'; echo $x \"$x\"", "a b a b\n");
        row("echo hidden >/dev/null; echo shown 2>&1", "shown\n");
        row("echo $(hostname)", "vps4417\\.kaje-hosting\\.example\n");
        row("echo 'open", "", 2);
        row("echo x > /no/such/folder/file", "", 2);
        row("ls -l /var/log/maillog", "-rw------- 1 root root \\d+ Nov 22 17:\\d\\d /var/log/maillog\n");
        row("ls /nowhere", "", 2);
        row("stat -c '%U %G %a %F' /etc/passwd", "root root 644 regular file\n");
        row("find /var/log -name 'maillog*' -type f | sort",
            "/var/log/maillog\n/var/log/maillog\\.processed\n/var/log/maillog\\.processed\\.1\\.gz\n");
        row("zcat /var/log/maillog.processed.1.gz | head -1", "Nov 19 .* vps4417 .*\n");
        row("zcat /etc/passwd", "", 1);
        row("plesk version",
            "Product version: Plesk Obsidian 18\\.0\\.66\\.2\n     OS version: AlmaLinux 9\\.4 "
            "x86_64\n(.*\n){2}");
        row("plesk db -Ne \"SELECT d.name, s.login, s.home FROM domains d JOIN hosting h ON d.id=h.dom_id\" "
            "| grep kajuete",
            "kajuete\\.example\tkajuete\t/var/www/vhosts/kajuete\\.example\n");
        row("plesk db -Ne 'DROP TABLE domains'", "", 1);
        row("plesk bin mail --info office@nordkai.example | grep Mailbox:", "Mailbox:            true\n");
        row("plesk bin mail --info nobody@nordkai.example", "", 1);
        row("postcat -q 0000000000", "", 1);
        row("postqueue -x", "", 69);
        row("doveadm who",
            "office@nordkai\\.example +2 imap \\(.*\nservice@brinewerk\\.example +1 imap .*\n");
        row("env LC_ALL=C nice -n 5 hostname -s", "vps4417\n");
        row("! true", "", 1);
    }

    void answersPlainCommands()
    {
        QFETCH(QByteArray, command);
        QFETCH(QByteArray, pattern);
        QFETCH(int, status);
        static const auto server = harbor(); // none of these commands changes it
        const auto reply = server->answer(command.toStdString(), {});
        const QRegularExpression whole(QStringLiteral("\\A(?:%1)\\z").arg(QString::fromLatin1(pattern)));
        QVERIFY(whole.isValid());
        QVERIFY2(whole.match(QString::fromStdString(reply.out)).hasMatch(), (reply.out + reply.err).c_str());
        QCOMPARE(reply.exitStatus, status);
    }

    void complainsAsTheRealProgramsDo()
    {
        const auto server = harbor();
        const auto err = [&](const char* command, std::string_view input = {}) {
            return server->answer(command, input).err;
        };
        QCOMPARE(err("nosuch"), "sh: 1: nosuch: not found\n");
        QCOMPARE(err("cat /x"), "cat: /x: No such file or directory\n");
        QCOMPARE(
            err("postcat -q AAAA12"), "postcat: fatal: open queue file AAAA12: No such file or directory\n");
        QCOMPARE(err("postsuper -h AAAA12 BBBB12"), "postsuper: fatal: invalid directory name: BBBB12\n");
        QCOMPARE(err("postsuper -d -", "a;b\n"),
            "postsuper: warning: invalid mail queue id: a;b\npostsuper: Deleted: 0 messages\n");
        QCOMPARE(err("echo `id`"), "sh: 1: Syntax error: \"`\" unexpected\n");
    }

    void knowsWhichCommandsReadInput_data()
    {
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<bool>("reads");
        QTest::newRow("ids on stdin") << QByteArray("postsuper -d -") << true;
        QTest::newRow("ids as arguments") << QByteArray("postsuper -d 0A0B0C0D0E") << false;
        QTest::newRow("file") << QByteArray("grep x /etc/passwd") << false;
        QTest::newRow("no file") << QByteArray("grep x") << true;
        QTest::newRow("behind a pipe") << QByteArray("postqueue -j | grep x") << false;
        QTest::newRow("input closed") << QByteArray("cat </dev/null") << false;
        QTest::newRow("read") << QByteArray("IFS= read -r P; echo ok") << true;
        QTest::newRow("nice") << QByteArray("nice postsuper -h -") << true;
    }

    void knowsWhichCommandsReadInput()
    {
        QFETCH(QByteArray, command);
        QFETCH(bool, reads);
        static const auto server = harbor();
        QCOMPARE(server->wantsInput(command.toStdString()), reads);
        QCOMPARE(server->wantsInput(ssh::wrap(command.toStdString(), {})), reads);
    }

    void listsTheQueueTheSameWayTwice()
    {
        const auto server = harbor();
        const QByteArray plain = out(*server, "postqueue -p");
        QVERIFY(plain.startsWith("-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n"));
        const auto json = lines(out(*server, "postqueue -j"));
        QVERIFY(json.size() >= 200 && json.size() <= 600);
        QVERIFY(plain.endsWith(" Kbytes in " + QByteArray::number(json.size()) + " Requests.\n"));
        for (const QByteArray& line : json) {
            const QJsonObject one = QJsonDocument::fromJson(line).object();
            const QByteArray id = one[u"queue_id"].toString().toLatin1();
            QVERIFY2(plain.contains('\n' + id), line);
            QVERIFY(!one[u"recipients"].toArray().isEmpty());
        }
        QCOMPARE(out(*server, "mailq"), plain);
    }

    void itsListingsReadAlike_data() { holdsTogether_data(); }

    void itsListingsReadAlike()
    {
        QFETCH(QString, name);
        const auto server = *demo::Incident::load(name.toStdString());
        const QList<QByteArray> clock = out(*server, "date '+%s %z'").trimmed().split(' ');
        const base::Instant now {std::chrono::seconds(clock.value(0).toLongLong())};
        const std::chrono::hours zone(clock.value(1).toInt() / 100);
        auto plain = queue::readPlain(out(*server, "postqueue -p").toStdString(), now, zone);
        auto json = queue::readJson(out(*server, "postqueue -j").toStdString());
        QVERIFY(plain.unparsedLines.empty() && json.unparsedLines.empty());
        QVERIFY(json.entries.size() >= 200);
        for (auto* listing : {&plain, &json}) {
            for (auto& entry : listing->entries)
                entry.line = 0;
        }
        QVERIFY(plain.entries == json.entries);
    }

    void showsEveryQueuedMessage()
    {
        const auto server = harbor();
        for (const QByteArray& line : lines(out(*server, "postqueue -j"))) {
            const QJsonObject one = QJsonDocument::fromJson(line).object();
            const QByteArray id = one[u"queue_id"].toString().toLatin1();
            const QByteArray whole = out(*server, "postcat -q " + id);
            QVERIFY(whole.startsWith("*** ENVELOPE RECORDS " + one[u"queue_name"].toString().toLatin1() + '/'
                + id[0] + '/' + id + " ***\n"));
            QVERIFY(whole.contains("\nReceived: "));
            QVERIFY(whole.contains("id " + id));
            const QByteArray content = out(*server, "postcat -qbh " + id);
            QCOMPARE(content.size(), one[u"message_size"].toInt());
            QCOMPARE(out(*server, "postcat -qh " + id) + out(*server, "postcat -qb " + id), content);
            const QByteArray sender = one[u"sender"].toString().toUtf8();
            QVERIFY(
                whole.contains("\nsender: " + (sender == "MAILER-DAEMON" ? QByteArray() : sender) + '\n'));
        }
    }

    void holdsReleasesDeletesAndRequeues()
    {
        const auto server = harbor();
        const QByteArray id = firstId(*server);
        const int all = queued(*server);
        QCOMPARE(server->answer("postsuper -h -", (id + '\n').toStdString()).err,
            ("postsuper: " + id + ": placed on hold\npostsuper: Placed on hold: 1 message\n").toStdString());
        QVERIFY(out(*server, "postqueue -p").contains('\n' + id + "! "));
        QCOMPARE(queued(*server, "hold"), 1);
        QVERIFY(
            server->answer("postsuper -h " + id.toStdString(), {}).err.ends_with("on hold: 0 messages\n"));
        QVERIFY(server->answer("postsuper -H " + id.toStdString(), {})
                .err.ends_with("Released from hold: 1 message\n"));
        QCOMPARE(queued(*server, "hold"), 0);
        QVERIFY(
            server->answer("postsuper -r " + id.toStdString(), {}).err.ends_with("Requeued: 1 message\n"));
        QVERIFY(!out(*server, "postqueue -j").contains(id));
        QCOMPARE(queued(*server), all);
        const QByteArray next = firstId(*server);
        QCOMPARE(server->answer("postsuper -d -", next.toStdString()).err,
            ("postsuper: " + next + ": removed\npostsuper: Deleted: 1 message\n").toStdString());
        QCOMPARE(queued(*server), all - 1);
        QCOMPARE(server->answer("postcat -q " + next.toStdString(), {}).exitStatus, 1);
        const QByteArray log = out(*server, "tail -n 30 /var/log/maillog");
        QVERIFY(log.contains("]: " + id + ": placed on hold\n") && log.contains(" orig_id=" + id + '\n'));
        QVERIFY(log.endsWith("]: Deleted: 1 message\n"));
        QCOMPARE(server->answer("postsuper -d ALL", {}).err,
            "postsuper: Deleted: " + std::to_string(all - 1) + " messages\n");
        QCOMPARE(out(*server, "postqueue -p"), QByteArray("Mail queue is empty\n"));
        QCOMPARE(out(*server, "postqueue -j"), QByteArray());
    }

    void takesManyIdsFromInput()
    {
        const auto server = harbor();
        const QByteArray ids = out(*server, "postqueue -j | cut -d'\"' -f8 | head -40");
        QCOMPARE(lines(ids).size(), 40);
        const auto held = server->answer(ssh::wrap("postsuper -h -", {}), ids.toStdString());
        QVERIFY(held.err.ends_with("postsuper: Placed on hold: 40 messages\n"));
        QCOMPARE(queued(*server, "hold"), 40);
    }

    void changesMailboxes()
    {
        const auto server = harbor();
        const std::string change = ssh::wrap(
            R"(IFS= read -r PSA_PASSWORD; export PSA_PASSWORD; plesk bin mail --update "$1" -passwd "")",
            {"office@nordkai.example"});
        QVERIFY(server->wantsInput(change));
        QCOMPARE(server->answer(change, "a-new-Long1\n").out,
            "SUCCESS: Update of mailname 'office@nordkai.example' complete\n");
        QCOMPARE(server->answer(change, "\n").exitStatus, 1);
        QCOMPARE(
            server
                ->answer("plesk bin mail --update office@nordkai.example -outgoing-messages-mbox-limit 0", {})
                .exitStatus,
            0);
        QVERIFY(out(*server, "plesk bin mail --info office@nordkai.example").contains("0 messages per hour"));
        QCOMPARE(server->answer("doveadm kick office@nordkai.example", {}).exitStatus, 0);
        QVERIFY(!out(*server, "doveadm who").contains("office@"));
        QCOMPARE(server->answer("doveadm kick office@nordkai.example", {}).exitStatus, 68);
        QCOMPARE(out(*server, "plesk bin site --off kajuete.example"),
            QByteArray("SUCCESS: Disabling of domain 'kajuete.example' complete\n"));
        QVERIFY(out(*server, "plesk bin site --info kajuete.example").contains("disabled"));
    }

    void answersEveryRecipe()
    {
        const auto server = harbor();
        for (const auto* recipe : evidence::recipes::all) {
            std::vector<std::string> arguments;
            if (recipe == &evidence::recipes::programs)
                arguments.assign(evidence::recipes::asked.begin(), evidence::recipes::asked.end());
            if (recipe == &evidence::recipes::tail || recipe == &evidence::recipes::statFiles
                || recipe == &evidence::recipes::siblings)
                arguments = {"/var/log/maillog"};
            if (recipe == &evidence::recipes::newPrograms)
                arguments = {"@0"};
            if (recipe == &evidence::recipes::queuedMessages)
                arguments = {firstId(*server).toStdString()};
            const auto reply = server->answer(ssh::wrap(recipe->script, arguments), {});
            const bool missing = recipe == &evidence::recipes::eximQueue
                || recipe == &evidence::recipes::qmailQueue || recipe == &evidence::recipes::journal;
            QVERIFY2(!reply.err.contains("Syntax error") && !reply.err.contains("invalid option"),
                recipe->name.data());
            QVERIFY2((reply.exitStatus == 127) == missing, recipe->name.data());
            QVERIFY2(missing || recipe == &evidence::recipes::mailSockets || !reply.out.empty(),
                recipe->name.data());
        }
    }

    void sendsWholeFiles()
    {
        const auto server = harbor();
        const auto reply = server->answer(ssh::wrap(ssh::pullScript, {"/var/log/maillog", "any"}), {});
        const auto end = reply.out.find('\n');
        const QList<QByteArray> header = QByteArray::fromStdString(reply.out.substr(0, end)).split(' ');
        QCOMPARE(header.value(0), QByteArray("SG1"));
        QCOMPARE(header.value(2).toLongLong(), qint64(reply.out.size() - end - 1));
        QCOMPARE(QByteArray::fromStdString(reply.out.substr(end + 1)), out(*server, "cat /var/log/maillog"));
        QCOMPARE(server->answer(ssh::wrap(ssh::pullScript, {"/var/log/nothing", "any"}), {}).exitStatus,
            int(ssh::PullAbsent));
        QCOMPARE(server->answer(ssh::wrap(ssh::pullScript, {"/var/log", "any"}), {}).exitStatus,
            int(ssh::PullNotRegular));
    }

    void holdsTogether_data()
    {
        QTest::addColumn<QString>("name");
        for (const std::string& name : demo::incidents())
            QTest::newRow(name.c_str()) << QString::fromStdString(name);
    }

    // The notice, the log and the queue tell one story.
    void holdsTogether()
    {
        QFETCH(QString, name);
        const auto incident = *demo::Incident::load(name.toStdString());
        const QByteArray log = out(*incident,
            "zcat -f /var/log/maillog.processed.1.gz; cat /var/log/maillog.processed /var/log/maillog");
        const auto all = lines(log);
        QVERIFY2(all.size() > 3000 && all.size() < 20000, QByteArray::number(all.size()));
        const QJsonObject known = truth(name);
        const QJsonArray noticed = known[u"noticed"].toArray();
        QVERIFY(noticed.size() >= 10);
        QByteArray notice = QByteArray::fromStdString(incident->notice());
        notice.replace(".\n", ".");
        for (const QJsonValue& id : noticed) {
            QCOMPARE(log.count("message-id=<" + id.toString().toUtf8() + ">\n"), 1);
            QVERIFY(notice.contains(id.toString().toUtf8()));
        }
        for (const QJsonValue& id : known[u"unknown"].toArray())
            QCOMPARE(log.count(id.toString().toUtf8()), 0);
        QSet<QByteArray> seen;
        QSet<QByteArray> gone;
        for (const QByteArray& line : all) {
            const QByteArray id = line.mid(line.indexOf("]: ") + 3).split(':').value(0);
            if (line.contains(": from=<"))
                seen.insert(id);
            if (line.endsWith(": removed"))
                gone.insert(id);
        }
        for (const QByteArray& line : lines(out(*incident, "postqueue -j"))) {
            const QByteArray id = QJsonDocument::fromJson(line).object()[u"queue_id"].toString().toLatin1();
            QVERIFY2(seen.contains(id) && !gone.contains(id), id);
        }
    }

    void itsNoticeReadsWhole_data() { holdsTogether_data(); }

    void itsNoticeReadsWhole()
    {
        QFETCH(QString, name);
        const auto incident = *demo::Incident::load(name.toStdString());
        const auto found = notice::read(incident->notice());
        QVERIFY(found.has_value());
        QStringList ids;
        for (const notice::NoticedId& id : found->ids)
            ids << QString::fromStdString(id.id.value);
        QStringList wanted;
        for (const auto list : {u"noticed", u"unknown"}) {
            for (const QJsonValue& id : truth(name)[QStringView(list)].toArray())
                wanted << id.toString();
        }
        QCOMPARE(ids, wanted);
        QCOMPARE(found->server, incident->hostName());
        QVERIFY(found->detected.has_value());
        QCOMPARE(found->ports, (std::vector<int> {25, 465}));
        QCOMPARE(found->ips.size(), 1u);
    }

    void refusesUnknownIncidents()
    {
        const auto none = demo::Incident::load("no-such");
        QVERIFY(!none && none.error().kind == base::FailureKind::NotFound);
        QVERIFY(none.error().detail.contains("harbor"));
    }

    void survivesHostileScripts()
    {
        const auto server = harbor();
        std::string deep;
        for (int i = 0; i < 2000; ++i)
            deep += "if true; then ";
        QCOMPARE(server->answer(deep, {}).exitStatus, 2);
        std::string loop = "for a in 1 2 3 4 5 6 7 8 9; do ";
        QVERIFY(
            server
                ->answer(
                    loop + loop + loop + loop + loop + loop + "true; done; done; done; done; done; done", {})
                .exitStatus
            != 0);
        std::string env;
        for (int i = 0; i < 5000; ++i)
            env += "nice ";
        QVERIFY(server->answer(env + "date", {}).exitStatus != 0);
        QCOMPARE(server->answer("grep '\\(' /etc/passwd", {}).exitStatus, 2);
    }
};

QTEST_GUILESS_MAIN(DemoTest)
#include "tst_demo.moc"
