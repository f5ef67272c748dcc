// SPDX-License-Identifier: GPL-3.0-or-later
// The whole pipeline on small folders: clocks, damage, absent parts.
#include "models/triage/analysis.h"
#include "models/triage/settings.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <ctime>

using namespace sluicegate;

namespace {

const base::Instant now = *base::parseIso("2026-06-01T12:00:00Z");

void put(const QTemporaryDir& folder, const QString& path, const QByteArray& bytes)
{
    const QString file = folder.filePath(path);
    QVERIFY(QDir().mkpath(file.left(file.lastIndexOf(u'/'))));
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
    QCOMPARE(out.write(bytes), bytes.size());
}

std::shared_ptr<const triage::Analysis> analysed(
    const QTemporaryDir& folder, const std::optional<notice::Notice>& notice = {})
{
    auto bundle = evidence::fromFolder(folder.path().toStdString());
    if (!bundle)
        return {};
    auto analysis = triage::analyse(*bundle, notice, {}, now);
    return analysis ? *analysis : nullptr;
}

const QByteArray mail
    = "Jun  1 09:00:00 mail postfix/pickup[1]: 3A1B2C4D5E: uid=10004 from=<web>\n"
      "Jun  1 09:00:00 mail postfix/cleanup[2]: 3A1B2C4D5E: message-id=<a@mango.example>\n"
      "Jun  1 09:00:00 mail postfix/qmgr[3]: 3A1B2C4D5E: from=<web@mango.example>, size=400, nrcpt=1 (queue "
      "active)\n"
      "Jun  1 09:00:01 mail postfix/smtp[4]: 3A1B2C4D5E: to=<x@fig.test>, relay=mx.fig.test[192.0.2.9]:25, "
      "delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (250 ok)\n"
      "Jun  1 09:00:01 mail postfix/qmgr[3]: 3A1B2C4D5E: removed\n";

const QByteArray incoming
    = "Jun  1 10:00:00 mail postfix/smtpd[5]: 4A1B2C4D5E: client=mx.hoster.test[198.51.100.7]\n"
      "Jun  1 10:00:00 mail postfix/cleanup[2]: 4A1B2C4D5E: message-id=<4711@hoster.test>\n"
      "Jun  1 10:00:00 mail postfix/qmgr[3]: 4A1B2C4D5E: from=<abuse@hoster.test>, size=400, nrcpt=1 (queue "
      "active)\n"
      "Jun  1 10:00:01 mail postfix/virtual[6]: 4A1B2C4D5E: to=<me@mango.example>, relay=virtual, delay=1, "
      "delays=0/0/0/1, dsn=2.0.0, status=sent (delivered to maildir)\n"
      "Jun  1 10:00:01 mail postfix/qmgr[3]: 4A1B2C4D5E: removed\n";

} // namespace

class TriageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void zoneComesFromTheServersClock()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), mail);
        put(folder, QStringLiteral("commands/date"), "1780315200 +0530\n");
        const auto analysis = analysed(folder);
        QVERIFY(analysis);
        QCOMPARE(base::iso(*analysis->log->summary().from), std::string("2026-06-01T03:30:00Z"));
        QCOMPARE(analysis->verdict.situation, attribution::Situation::NothingSuspicious);
        QVERIFY(!analysis->queueKnown);
        QVERIFY(analysis->troubles.empty());
    }

    void zoneComesFromTheWebServerWhenNoClockWasAsked()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), mail);
        put(folder, QStringLiteral("var/www/vhosts/system/mango.example/logs/access_log"),
            "192.0.2.1 - - [01/Jun/2026:09:00:00 -0300] \"GET / HTTP/1.1\" 200 1 \"-\" \"-\"\n");
        const auto analysis = analysed(folder);
        QVERIFY(analysis);
        QCOMPARE(base::iso(*analysis->log->summary().from), std::string("2026-06-01T12:00:00Z"));
    }

    void webServersUserCannotForgeTheZone()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), mail);
        put(folder, QStringLiteral("var/www/vhosts/system/mango.example/logs/access_log"),
            "192.0.2.1 - x [aaaaaaaaaaaaaaaaaaaaaaaaa] [01/Jun/2026:09:00:00 -0300] \"GET / HTTP/1.1\" 200 1 "
            "\"-\" \"-\"\n");
        const auto analysis = analysed(folder);
        QVERIFY(analysis);
        QCOMPARE(base::iso(*analysis->log->summary().from), std::string("2026-06-01T12:00:00Z"));
    }

    // A tool that gives all its messages one id, over localhost's SMTP and through mail().
    void oneMessageIdStaysLinear()
    {
        constexpr int messages = 30'000;
        QByteArray log;
        QByteArray calls;
        for (int i = 0; i < messages; ++i) {
            const QByteArray id = QByteArray::number(0xA000000000 + i, 16).toUpper();
            const QByteArray stamp
                = "Jun  1 09:" + QByteArray::number(10 + i / 60 % 50) + ":00 mail postfix/";
            const QByteArray local = ": client=localhost[127.0.0.1]\n";
            log += stamp + (i % 2 ? "smtpd[1]: " : "pickup[1]: ") + id
                + (i % 2 ? local : ": uid=10004 from=<web>\n");
            log += stamp + "cleanup[2]: " + id + ": message-id=<a@mango.example>\n" + stamp + "smtp[4]: " + id
                + ": to=<x@fig.test>, relay=mx.fig.test[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=2.0.0, "
                  "status=sent (250 ok)\n";
            calls += "[01-Jun-2026 09:10:00 UTC] mail() on [/var/www/vhosts/mango.example/httpdocs/a.php:1]: "
                     "To: "
                     "x@fig.test -- Headers: Message-ID: <a@mango.example> -- Subject: x\n";
        }
        QTemporaryDir folder;
        put(folder, QStringLiteral("commands/date"), "1780315200 +0000\n");
        put(folder, QStringLiteral("var/log/maillog"), log);
        put(folder, QStringLiteral("var/www/vhosts/system/mango.example/logs/php-mail.log"), calls);
        const auto start = std::clock(); // CPU time: the machine may be busy
        QVERIFY(analysed(folder));
        const auto seconds = double(std::clock() - start) / CLOCKS_PER_SEC;
        QVERIFY2(seconds < 4, qPrintable(QString::number(seconds)));
    }

    // Short ids come again: the log's spam of yesterday is not the queue's letter of today.
    void usedIdsAreKept_data()
    {
        QTest::addColumn<QByteArray>("sender");
        QTest::addColumn<qint64>("arrival");
        QTest::addColumn<bool>("isSpam");
        constexpr qint64 nine = 1780304400;
        QTest::newRow("the spam") << QByteArray("s@oak.test") << nine << true;
        QTest::newRow("another sender") << QByteArray("anna@mango.example") << nine + 60 << false;
        QTest::newRow("days later") << QByteArray("s@oak.test") << nine + 200'000 << false;
    }

    void usedIdsAreKept()
    {
        QFETCH(QByteArray, sender);
        QFETCH(qint64, arrival);
        QFETCH(bool, isSpam);
        QByteArray log;
        QByteArray ids;
        for (int i = 0; i < 60; ++i) {
            const QByteArray id = QByteArray::number(0xA000000000 + i, 16).toUpper();
            const QByteArray stamp = "Jun  1 09:00:" + QByteArray::number(10 + i / 2) + " mail postfix/";
            log += stamp + "smtpd[1]: " + id + ": client=x[203.0.113." + QByteArray::number(i)
                + "], sasl_method=PLAIN, sasl_username=anna@mango.example\n" + stamp + "cleanup[2]: " + id
                + ": message-id=<" + id + "@x>\n" + stamp + "qmgr[3]: " + id
                + ": from=<s@oak.test>, size=400, nrcpt=1 (queue active)\n" + stamp + "smtp[4]: " + id
                + ": to=<x@fig.test>, relay=mx.fig.test[192.0.2.9]:25, delay=1, delays=0/0/0/1, dsn=4.0.0, "
                  "status=deferred (450 later)\n";
        }
        QTemporaryDir folder;
        put(folder, QStringLiteral("commands/date"), "1780315200 +0000\n");
        put(folder, QStringLiteral("var/log/maillog"), log);
        put(folder, QStringLiteral("commands/postqueue-j"),
            "{\"queue_name\": \"deferred\", \"queue_id\": \"A000000003\", \"arrival_time\": "
                + QByteArray::number(arrival) + ", \"message_size\": 400, \"sender\": \"" + sender
                + "\", \"recipients\": [{\"address\": \"c@d.test\"}]}\n");
        const auto analysis = analysed(folder);
        QVERIFY(analysis);
        QCOMPARE(analysis->verdict.suspects.size(), 1u);
        QCOMPARE(analysis->verdict.suspectQueue.size(), isSpam ? 1u : 0u);
    }

    // A mail that only came in, like the notice itself, is none of ours.
    void unlabelledIdsCountWhenTheLogHasThem()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), mail + incoming);
        const auto notice
            = notice::read("Please look at a@mango.example, lost@mango.example and 4711@hoster.test.");
        QVERIFY(notice);
        QVERIFY(notice->ids.empty());
        QCOMPARE(notice->candidates.size(), 3u);
        const auto analysis = analysed(folder, *notice);
        QVERIFY(analysis);
        const notice::Notice& known = *analysis->notice;
        QCOMPARE(known.ids.size(), 1u);
        QCOMPARE(known.ids[0].id.value, std::string("a@mango.example"));
        QCOMPARE(known.raw.substr(known.ids[0].offset, 15), std::string("a@mango.example"));
        QVERIFY((known.candidates == std::vector<std::string> {"lost@mango.example", "4711@hoster.test"}));
        QVERIFY((known.warnings
            == std::vector<std::string> {"Message-IDs without a label were found in the mail log: 1"}));
        QVERIFY(analysis->verdict.unexplained.empty());
        QCOMPARE(analysis->verdict.situation, attribution::Situation::Named);
    }

    void besidesLabelledIdsCandidatesAreTheOperatorsChoice()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), mail);
        const auto notice = notice::read("Message-ID: <lost@mango.example>\nNot a@mango.example.");
        const auto analysis = analysed(folder, *notice);
        QVERIFY(analysis);
        QCOMPARE(analysis->notice->ids.size(), 1u);
        QVERIFY((analysis->notice->candidates == std::vector<std::string> {"a@mango.example"}));
        QCOMPARE(analysis->verdict.unexplained.size(), 1u);
    }

    void damageIsATrouble()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), mail);
        put(folder, QStringLiteral("var/log/maillog.processed.1.gz"), QByteArray("\x1f\x8b\x08\0\0\0", 6));
        const auto analysis = analysed(folder);
        QVERIFY(analysis);
        QVERIFY(analysis->log);
        QCOMPARE(analysis->troubles.size(), 1u);
        QCOMPARE(analysis->troubles[0].subject, std::string("/var/log/maillog.processed.1.gz"));
    }

    void withoutALogTheQueueIsKept()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("commands/postqueue-j"),
            "{\"queue_name\": \"deferred\", \"queue_id\": \"3A1B2C4D5E\", \"arrival_time\": 1780300000, "
            "\"message_size\": 10, \"sender\": \"a@b.test\", \"recipients\": [{\"address\": "
            "\"c@d.test\"}]}\n");
        const auto analysis = analysed(folder);
        QVERIFY(analysis);
        QVERIFY(!analysis->log);
        QVERIFY(analysis->queueKnown);
        QCOMPARE(analysis->verdict.situation, attribution::Situation::NoMailLog);
        QCOMPARE(analysis->verdict.keepQueue.size(), 1u);
    }

    void newestFileComesFirst_data()
    {
        QTest::addColumn<int>("older"); // repetitions
        QTest::addColumn<int>("much");
        QTest::addColumn<bool>("shown");
        QTest::newRow("much before it") << 50 << 10'000 << true;
        QTest::newRow("little before it") << 50 << 10'000'000 << false;
        QTest::newRow("most is in the newest") << 0 << 1 << false;
    }

    void newestFileComesFirst()
    {
        QFETCH(int, older);
        QFETCH(int, much);
        QFETCH(bool, shown);
        QTemporaryDir folder;
        QByteArray old = mail;
        old.replace("Jun  1", "May 31");
        put(folder, QStringLiteral("var/log/maillog.1"), old.repeated(1 + older));
        put(folder, QStringLiteral("var/log/maillog"), mail + incoming);
        auto bundle = evidence::fromFolder(folder.path().toStdString());
        QVERIFY(bundle.has_value());
        std::vector<std::shared_ptr<const triage::Analysis>> first;
        const auto whole = triage::analyse(*bundle, {}, {}, now, {},
            {.show = [&](auto analysis) { first.push_back(std::move(analysis)); },
                .much = std::uint64_t(much)});
        QVERIFY(whole.has_value());
        QVERIFY((*whole)->onlyFile.empty());
        QCOMPARE((*whole)->log->summary().files.size(), 2u);
        QCOMPARE(first.size(), shown ? 1u : 0u);
        if (!shown)
            return;
        QCOMPARE(first.front()->onlyFile, std::string("/var/log/maillog"));
        QCOMPARE(first.front()->log->summary().files.size(), 1u);
        QCOMPARE(first.front()->log->summary().lines, 10u);
        QCOMPARE(first.front()->facts.log, first.front()->log.get());
    }

    void cancelled()
    {
        QTemporaryDir folder;
        put(folder, QStringLiteral("var/log/maillog"), mail);
        std::stop_source stop;
        stop.request_stop();
        const auto result = triage::analyse(
            *evidence::fromFolder(folder.path().toStdString()), {}, {}, now, stop.get_token());
        QVERIFY(!result);
        QCOMPARE(result.error().kind, base::FailureKind::Cancelled);
    }

    void settingsDoNotExplode()
    {
        std::string bytes = "x = " + std::string(100'000, 'a') + "\nmydestination = ";
        for (int i = 0; i < 50'000; ++i)
            bytes += "$x";
        QVERIFY(triage::readSettings(bytes).domains.size() < 10);
    }

    void settingsNameTheServersDomains()
    {
        const triage::Settings settings = triage::readSettings(
            "myhostname = Mail.mango.example\nmydestination = $myhostname, localhost.${mydomain}, localhost\n"
            "virtual_mailbox_domains = hash:/etc/x, kiwi.test\ninet_interfaces = 192.0.2.4, "
            "2001:db8::4\nbroken $\n"
            "relay_domains = $\n");
        QVERIFY((settings.domains
            == std::vector<std::string> {
                "kiwi.test", "localhost", "localhost.mango.example", "mail.mango.example"}));
        QVERIFY((settings.addresses == std::vector<std::string> {"192.0.2.4", "2001:db8::4"}));
    }
};

QTEST_GUILESS_MAIN(TriageTest)
#include "tst_triage.moc"
