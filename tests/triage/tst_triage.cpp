// SPDX-License-Identifier: GPL-3.0-or-later
// The whole pipeline on small folders: clocks, damage, absent parts.
#include "models/triage/analysis.h"
#include "models/triage/settings.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

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

std::shared_ptr<const triage::Analysis> analysed(const QTemporaryDir& folder)
{
    auto bundle = evidence::fromFolder(folder.path().toStdString());
    if (!bundle)
        return {};
    auto analysis = triage::analyse(*bundle, {}, {}, now);
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
