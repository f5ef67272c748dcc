// SPDX-License-Identifier: GPL-3.0-or-later
// Logs of other daemons than Postfix, and of journald, as far as golden data cannot show it.
#include "models/maillog/history.h"
#include "tests/maillog/truth.h"
#include "tests/support/golden.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

const QString folder = QStringLiteral(MAILLOG_DATA);

const Options usual {
    .now = *base::parseIso("2026-11-23T12:00:00Z"), .zone = std::chrono::hours(1), .since = {}, .until = {}};

Source source(std::string path, std::string bytes)
{
    return {std::move(path), base::Bytes::own(std::move(bytes))};
}

// One line with an RFC 3339 stamp as journald's JSON, and as RFC 5424.
QByteArray asJournal(const QByteArray& line)
{
    const qsizetype stamp = line.indexOf(' ');
    const qsizetype host = line.indexOf(' ', stamp + 1);
    const qsizetype tag = line.indexOf('[', host + 1);
    const qsizetype message = line.indexOf("]: ", tag);
    const auto at = base::parseIso(line.first(stamp).toStdString());
    return QJsonDocument(
        QJsonObject {
            {QStringLiteral("__REALTIME_TIMESTAMP"), QString::number(at->time_since_epoch().count())},
            {QStringLiteral("_HOSTNAME"), QString::fromUtf8(line.sliced(stamp + 1, host - stamp - 1))},
            {QStringLiteral("SYSLOG_IDENTIFIER"), QString::fromUtf8(line.sliced(host + 1, tag - host - 1))},
            {QStringLiteral("_PID"), QString::fromUtf8(line.sliced(tag + 1, message - tag - 1))},
            {QStringLiteral("MESSAGE"), QString::fromUtf8(line.sliced(message + 3))}})
        .toJson(QJsonDocument::Compact);
}

QByteArray asStructured(const QByteArray& line)
{
    const qsizetype tag = line.indexOf('[');
    const qsizetype message = line.indexOf("]: ", tag);
    return "<22>1 " + line.first(tag) + ' ' + line.sliced(tag + 1, message - tag - 1) + " - - "
        + line.sliced(message + 3);
}

template <typename Change> std::string changed(std::string_view log, Change change)
{
    QByteArray all;
    for (const QByteArray& line : QByteArray::fromRawData(log.data(), qsizetype(log.size())).split('\n'))
        all += line.contains("]: ") ? change(line) + '\n' : QByteArray();
    return all.toStdString();
}

} // namespace

class MailDaemonsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsIds_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("id");
        QTest::addColumn<int>("lives");
        QTest::newRow("exim") << QStringLiteral("exim-arrivals") << QByteArray("1tEpLA-000000076Qy-1Ug8")
                              << 1;
        QTest::newRow("qmail, used again") << QStringLiteral("qmail") << QByteArray("4850118") << 2;
        QTest::newRow("sendmail") << QStringLiteral("sendmail") << QByteArray("4AN901Xy004711") << 1;
    }

    void findsIds()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, id);
        QFETCH(int, lives);
        const auto history
            = History::read({source("maillog", support::goldenInput(folder, name).toStdString())}, usual);
        QVERIFY(history.has_value());
        const auto found = (*history)->findQueueId(id.toStdString());
        QCOMPARE(int(found.size()), lives);
        for (const std::uint32_t life : found) {
            const Journey journey = (*history)->journey(life);
            QCOMPARE(QByteArray::fromStdString(std::string(journey.queueId())), id);
            QCOMPARE(std::size_t(journey.tally().attempts), journey.attempts().size());
            QCOMPARE(std::size_t(journey.outcome().recipients), journey.attempts().size());
        }
    }

    void survivesEndlessLines()
    {
        constexpr std::size_t count = 30'000;
        std::string many;
        for (int n = 0; n < 5'000; ++n)
            many += "<r@b.example>,";
        std::string log = "Nov 23 10:00:00 host1 sm-mta[1]: 4AN901Xy004711: to=" + many
            + ", delay=00:00:02, mailer=esmtp, relay=mx [192.0.2.1], dsn=2.0.0, stat=Sent\n";
        for (std::size_t n = 0; n < count; ++n)
            log += "2026-11-23 10:00:00 1tEpKc-0001bo-D3 == r@b.example R=x T=remote_smtp defer (110): why\n"
                   "Nov 23 10:00:00 host1 smtp_auth: SMTP user u"
                + std::to_string(n)
                + " logged in from unknown@ [192.0.2.1]\n"
                  "Nov 23 10:00:00 host1 qmail: starting delivery "
                + std::to_string(n)
                + ": msg 7 to remote r@b.example\n"
                  "Nov 23 10:00:00 host1 sm-mta[1]: 4AN901Xy004711: to=<r@b.example>,<s@b.example>, "
                  "delay=00:00:02, mailer=esmtp, relay=mx [192.0.2.1], dsn=4.0.0, stat=Deferred\n"
                  "Nov 23 10:00:00 host1 sm-mta[1]: AUTH=server, relay=x [192.0.2.1], authid=u, mech=LOGIN, "
                  "bits=0\n"
                  "Nov 23 10:00:00 host1 sm-mta[1]: 4AN901Xy004711: from=<a@b.example>, size=1, nrcpts=1, "
                  "relay=x [192.0.2.1]\n";
        const auto history = History::read({source("maillog", log)}, usual);
        QVERIFY(history.has_value());
        std::size_t attempts = 0;
        for (std::uint32_t n = 0; n < (*history)->size(); ++n) {
            attempts += (*history)->journey(n).attempts().size();
            QVERIFY((*history)->journey(n).lines().size() <= 3 * count);
        }
        QCOMPARE(attempts, 1 + count + 2 * count);
    }

    // A server that changed from files to journald, and its syslog daemon's format as well.
    void readsExportsAndFilesAsOne()
    {
        bench::LogGenerator generator({.bytes = 300 << 10, .seed = 22, .style = bench::Style::Zoned});
        std::string log;
        while (generator.write(log))
            continue;
        const std::string_view all = log;
        const std::size_t a = all.find('\n', all.size() / 3) + 1;
        const std::size_t b = all.find('\n', all.size() / 3 * 2) + 1;
        const std::string journal = changed(all.substr(a, b - a), asJournal);
        const auto history = History::read(
            {source("journal", journal), source("mail.log", changed(all.substr(b), asStructured)),
                source("mail.log.1", log.substr(0, a))},
            {.now = usual.now, .zone = {}, .since = {}, .until = {}});
        QVERIFY(history.has_value());
        QCOMPARE((*history)->summary().files[0].path, std::string("mail.log.1"));
        QCOMPARE((*history)->summary().files[1].path, std::string("journal"));
        QCOMPARE((*history)->summary().files[1].bytes, std::uint64_t(journal.size()));
        QCOMPARE(differenceFromTruth(**history, generator.truth()), QString());
    }
};

QTEST_GUILESS_MAIN(MailDaemonsTest)
#include "tst_maildaemons.moc"
