// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/history.h"
#include "tests/maillog/tojson.h"
#include "tests/maillog/truth.h"
#include "tests/support/golden.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>
#include <format>
#include <map>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

const QString folder = QStringLiteral(TEST_DATA);

const Options usual {
    .now = *base::parseIso("2026-11-23T12:00:00Z"), .zone = std::chrono::hours(1), .since = {}, .until = {}};

Source source(std::string path, std::string bytes)
{
    return {std::move(path), base::Bytes::own(std::move(bytes))};
}

std::string deferredAt(const std::string& stamp)
{
    return stamp
        + " host1 postfix/smtp[7]: 3A1B2C4D5E: to=<r@b.example>, relay=none, delay=1, delays=0/0/0/1, "
          "dsn=4.0.0, "
          "status=deferred (x)\n";
}

// The same as Journey::outcome(), from every line of it.
Outcome outcomeByLines(const Journey& journey)
{
    std::map<std::string_view, Status> last;
    for (const Attempt& attempt : journey.attempts())
        last[attempt.to] = attempt.status;
    const auto with = [&last](auto... statuses) {
        return std::uint32_t(std::ranges::count_if(
            last, [=](const auto& recipient) { return ((recipient.second == statuses) || ...); }));
    };
    return {.recipients = std::uint32_t(last.size()),
        .sent = with(Status::Sent),
        .deferred = with(Status::Deferred),
        .bounced = with(Status::Bounced, Status::Expired, Status::Undeliverable),
        .rejected = with(Status::Rejected)};
}

QByteArray files(const History& history)
{
    QByteArray all;
    for (const FileSummary& file : history.summary().files)
        all += (all.isEmpty() ? "" : " ") + QByteArray::fromStdString(file.path);
    return all;
}

} // namespace

class MaillogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAsExpected_data() { support::goldenRows(folder); }

    void readsAsExpected()
    {
        QFETCH(QString, name);
        const auto history
            = History::read({source("maillog", support::goldenInput(folder, name).toStdString())}, usual);
        QVERIFY(history.has_value());
        QCOMPARE(support::goldenDifference(folder, name, QJsonDocument(toJson(**history))), QString());
    }

    void findsTheYear_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QByteArray>("stamps");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("last");
        const auto row
            = [](const char* name, const char* now, const char* stamps, const char* first, const char* last) {
                  QTest::newRow(name)
                      << QByteArray(now) << QByteArray(stamps) << QByteArray(first) << QByteArray(last);
              };
        row("this year", "2026-11-23T12:00:00Z", "Nov 22 10:00:00|Nov 23 10:00:00", "2026-11-22T09:00:00Z",
            "2026-11-23T09:00:00Z");
        row("last year", "2026-02-01T12:00:00Z", "Mar  3 10:00:00|Mar  3 10:00:01", "2025-03-03T09:00:00Z",
            "2025-03-03T09:00:01Z");
        row("turn of the year", "2026-02-01T12:00:00Z", "Dec 31 23:59:59|Jan  1 00:00:00",
            "2025-12-31T22:59:59Z", "2025-12-31T23:00:00Z");
        row("late line after the turn", "2026-02-01T12:00:00Z",
            "Dec 31 23:59:58|Jan  1 00:00:00|Dec 31 23:59:59|Jan  1 00:00:07", "2025-12-31T22:59:58Z",
            "2025-12-31T23:00:07Z");
        row("two turns", "2026-02-01T12:00:00Z", "Dec 31 23:59:59|Jul  1 00:00:00|Jan  9 00:00:00",
            "2024-12-31T22:59:59Z", "2026-01-08T23:00:00Z");
        row("clock a little fast", "2026-01-01T00:00:00Z", "Dec 31 23:00:00|Jan  1 01:00:30",
            "2025-12-31T22:00:00Z", "2026-01-01T00:00:30Z");
        row("fast over midnight", "2025-12-31T22:59:50Z", "Dec 31 23:00:00|Jan  1 00:00:05",
            "2025-12-31T22:00:00Z", "2025-12-31T23:00:05Z");
        row("leap day", "2026-02-01T12:00:00Z", "Feb 28 10:00:00|Feb 29 10:00:00", "2024-02-28T09:00:00Z",
            "2024-02-29T09:00:00Z");
        row("leap second", "2026-02-01T12:00:00Z", "Dec 31 23:59:60|Jan  1 00:00:00", "2025-12-31T23:00:00Z",
            "2025-12-31T23:00:00Z");
        row("zoned tells the year before", "2031-02-01T12:00:00Z",
            "Dec 31 10:00:00|2026-01-01T09:00:00+01:00", "2025-12-31T09:00:00Z", "2026-01-01T08:00:00Z");
        row("zoned tells the year behind", "2031-02-01T12:00:00Z",
            "2025-12-31T09:00:00.250-03:30|Jan  1 10:00:00", "2025-12-31T12:30:00.250000Z",
            "2026-01-01T09:00:00Z");
    }

    void findsTheYear()
    {
        QFETCH(QByteArray, now);
        QFETCH(QByteArray, stamps);
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, last);
        std::string log;
        for (const QByteArray& stamp : stamps.split('|'))
            log += stamp.toStdString() + " host1 postfix/qmgr[1]: 3A1B2C4D5E: to=<x>\n";
        Options options = usual;
        options.now = *base::parseIso(now.toStdString());
        const auto history = History::read({source("maillog", log)}, options);
        QVERIFY(history.has_value());
        const Journey journey = (*history)->journey(0);
        QCOMPARE(QByteArray::fromStdString(base::iso(journey.first())), first);
        QCOMPARE(QByteArray::fromStdString(base::iso(journey.last())), last);
        QCOMPARE(QByteArray::fromStdString(base::iso(journey.attempts().back().at)), last);
        QCOMPARE((*history)->summary().from, std::optional(journey.first()));
    }

    void readsOldestFirst()
    {
        const auto history = History::read(
            {source("b", deferredAt("Jan  2 10:00:00")), source("a", deferredAt("Dec 30 10:00:00")),
                source("c", deferredAt("2027-01-03T10:00:00+01:00"))},
            {.now = *base::parseIso("2027-01-05T00:00:00Z"),
                .zone = std::chrono::hours(1),
                .since = {},
                .until = {}});
        QVERIFY(history.has_value());
        QCOMPARE(files(**history), QByteArray("a b c"));
        const auto attempts = (*history)->journey(0).attempts();
        QCOMPARE(attempts.size(), 3u);
        QCOMPARE(base::iso(attempts[0].at), std::string("2026-12-30T09:00:00Z"));
        QCOMPARE(base::iso(attempts[1].at), std::string("2027-01-02T09:00:00Z"));
        QCOMPARE(base::iso(attempts[2].at), std::string("2027-01-03T09:00:00Z"));
    }

    void countsARunInTwoFilesOnce_data()
    {
        QTest::addColumn<int>("firstEnd"); // lines of the older file
        QTest::addColumn<int>("secondBegin"); // first line of the younger one
        QTest::addColumn<int>("repeated");
        QTest::newRow("no overlap") << 500 << 500 << 0;
        QTest::newRow("gap") << 400 << 500 << 0;
        QTest::newRow("half") << 700 << 300 << 400;
        QTest::newRow("two lines") << 502 << 500 << 2;
        QTest::newRow("whole copy") << 1000 << 0 << 1000;
        QTest::newRow("end only") << 1000 << 900 << 100;
        QTest::newRow("grown copy") << 700 << 0 << 700;
    }

    void countsARunInTwoFilesOnce()
    {
        QFETCH(int, firstEnd);
        QFETCH(int, secondBegin);
        QFETCH(int, repeated);
        std::vector<std::string> lines;
        for (int n = 0; n < 1000; ++n)
            lines.push_back(
                QStringLiteral("Nov %1 10:%2:00 host1 postfix/smtp[7]: 3A1B2C4D5E: to=<r%3@b.example>, "
                               "relay=none, delay=1, delays=0/0/0/1, dsn=4.0.0, status=deferred (x)\n")
                    .arg(10 + n / 100)
                    .arg(10 + n % 50)
                    .arg(n)
                    .toStdString());
        const auto join = [&](int from, int to) {
            std::string all;
            for (int n = from; n < to; ++n)
                all += lines[std::size_t(n)];
            return all;
        };
        const auto history = History::read(
            {source("maillog", join(secondBegin, 1000)), source("maillog.processed", join(0, firstEnd))},
            usual);
        QVERIFY(history.has_value());
        const Summary& summary = (*history)->summary();
        QCOMPARE(summary.files[0].repeated + summary.files[1].repeated, std::uint64_t(repeated));
        QCOMPARE(summary.lines, std::uint64_t(1000 - std::max(0, secondBegin - firstEnd)));
        QCOMPARE((*history)->journey(0).attempts().size(), std::size_t(summary.lines));
        QCOMPARE(summary.files[1].lines,
            std::uint64_t(files(**history).startsWith("maillog ") ? firstEnd : 1000 - secondBegin));
    }

    void oneEqualLineIsNoRun()
    {
        const std::string same = "Nov 23 10:00:00 host1 postfix/smtpd[1]: connect from unknown[192.0.2.1]\n";
        const std::string before
            = "Nov 23 10:00:00 host1 postfix/smtpd[1]: connect from unknown[192.0.2.2]\n";
        const std::string behind
            = "Nov 23 10:00:01 host1 postfix/smtpd[1]: connect from unknown[192.0.2.3]\n";
        const auto history = History::read({source("a", before + same), source("b", same + behind)}, usual);
        QVERIFY(history.has_value());
        QCOMPARE((*history)->summary().lines, 4u);
    }

    void keepsTheWindow()
    {
        std::string log;
        for (int hour = 10; hour < 16; ++hour) {
            const std::string at = "Nov 23 " + std::to_string(hour) + ":00:00 host1 postfix/";
            const std::string id = "000000000" + std::to_string(hour);
            log += at + "smtpd[1]: " + id + ": client=h.example[192.0.2.3]\n" + at + "cleanup[1]: " + id
                + ": message-id=<" + id + "@a.example>\n" + at
                + "smtpd[1]: warning: u[192.0.2.3]: SASL PLAIN authentication failed: x\n";
        }
        log += "Nov 23 15:00:00 host1 postfix/bounce[1]: 00000000011: sender non-delivery notification: "
               "00000000013\n"
               "Nov 23 15:00:00 host1 postfix/bounce[1]: 00000000011: sender non-delivery notification: "
               "00000000012\n";
        Options options = usual;
        options.since = base::parseIso("2026-11-23T11:30:00Z");
        options.until = base::parseIso("2026-11-23T12:30:00Z");
        const auto history = History::read({source("maillog", log)}, options);
        QVERIFY(history.has_value());
        QCOMPARE((*history)->size(), 2u); // 11 goes on until 15, 13 lies inside (12:00 UTC)
        QCOMPARE(QByteArray::fromStdString(std::string((*history)->journey(0).queueId())),
            QByteArray("00000000011"));
        QCOMPARE((*history)->journey(0).children(), std::vector<std::uint32_t>({1}));
        QCOMPARE((*history)->journey(1).parent(), std::optional<std::uint32_t>(0));
        QCOMPARE((*history)->findMessageId("00000000013@a.example"), std::vector<std::uint32_t>({1}));
        QVERIFY((*history)->findMessageId("00000000012@a.example").empty());
        QCOMPARE((*history)->events().size(), 1u);
    }

    void findsIds()
    {
        const auto history = History::read(
            {source("maillog", support::goldenInput(folder, QStringLiteral("messageids")).toStdString()),
                source("2", support::goldenInput(folder, QStringLiteral("reuse")).toStdString())},
            usual);
        QVERIFY(history.has_value());
        const auto queueIdOf = [&](std::string_view id) {
            const auto found = (*history)->findMessageId(id);
            return found.size() == 1 ? std::string((*history)->journey(found[0]).queueId())
                                     : std::to_string(found.size());
        };
        QCOMPARE(queueIdOf("bare@a.example"), std::string("000000B002"));
        QCOMPARE(queueIdOf("<bare@a.example>"), std::string("000000B002"));
        QCOMPARE(queueIdOf("second-header@a.example"), std::string("000000B008"));
        QCOMPARE(queueIdOf("resent@a.example"), std::string("000000B009"));
        QCOMPARE(queueIdOf("orig@a.example"), std::string("000000B009"));
        QCOMPARE(queueIdOf("Orig@a.example"), std::string("0"));
        QCOMPARE(queueIdOf(""), std::string("0"));
        QCOMPARE((*history)->findQueueId("3A1B2C4D5E").size(), 5u);
        QVERIFY((*history)->findQueueId("3A1B2C4D5").empty());
    }

    void stopsWhenAsked()
    {
        std::stop_source stop;
        stop.request_stop();
        const auto history
            = History::read({source("maillog", deferredAt("Nov 23 10:00:00"))}, usual, stop.get_token());
        QVERIFY(!history.has_value());
        QCOMPARE(history.error().kind, base::FailureKind::Cancelled);
    }

    void refusesWhatIsNoLog()
    {
        QCOMPARE(History::read({source("x", "just\nsome\ntext\n")}, usual).error().kind,
            base::FailureKind::NotUnderstood);
        QCOMPARE(History::read({source("x", "")}, usual).error().kind, base::FailureKind::Empty);
        QCOMPARE(History::read({}, usual).error().kind, base::FailureKind::Empty);
    }

    // The line after the end of a life belongs to it for a while; far behind it begins another.
    void forgetsFinishedIds()
    {
        const auto lives = [](int linesBetween) {
            std::string log = "Nov 23 10:00:00 host1 postfix/qmgr[1]: 3A1B2C4D5E: removed\n";
            for (int n = 0; n < linesBetween; ++n)
                log += "Nov 23 10:00:00 host1 postfix/qmgr[1]: 4B4B4B4B4B: to=<x>\n";
            log += deferredAt("Nov 23 10:00:00");
            return (*History::read({source("maillog", log)}, usual))->findQueueId("3A1B2C4D5E").size();
        };
        QCOMPARE(lives(10'000), 1u);
        QCOMPARE(lives(20'001), 2u);
    }

    // Lines that claim or repeat without end cost time in proportion, not its square.
    void survivesEndlessLines()
    {
        std::string log;
        for (int n = 0; n < 60'000; ++n)
            log += "Nov 23 10:00:00 host1 postfix/smtpd[1]: 3A1B2C4D5E: reject: RCPT from u[192.0.2.1]: 550 "
                   "no; "
                   "from=<a@a.example> to=<b@b.example> proto=ESMTP helo=<x>\n"
                   "Nov 23 10:00:00 host1 postfix/smtp[1]: message repeated 4000000000 times: [ 3A1B2C4D5E: "
                   "to=<x>, "
                   "relay=none, delay=1, delays=0/0/0/1, dsn=4.0.0, status=deferred (x)]\n"
                   "Nov 23 10:00:00 host1 postfix/cleanup[1]: 3A1B2C4D5E: "
                   "resent-message-id=<same@a.example>\n";
        const auto history = History::read({source("maillog", log)}, usual);
        QVERIFY(history.has_value());
        QCOMPARE((*history)->journey(0).lines().size(), 180'000u);
        QCOMPARE((*history)->journey(0).attempts().size(), 61'000u);
        QCOMPARE((*history)->findMessageId("same@a.example").size(), 1u);
    }

    void numbersLinesFarIntoAFile()
    {
        std::string log;
        for (int n = 0; n < 30'000; ++n)
            log += "Nov 23 10:00:00 host1 kernel: some line of another program\n";
        log += deferredAt("Nov 23 10:00:01");
        const auto history = History::read({source("maillog", log)}, usual);
        QCOMPARE((*history)->evidence((*history)->journey(0).lines()[0]).line, 30'001u);
    }

    void readsWhatTheGeneratorWrote_data()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<bool>("zoned");
        QTest::addColumn<bool>("longIds");
        for (const quint64 seed : {11u, 12u, 13u})
            for (const bool zoned : {false, true})
                for (const bool longIds : {false, true})
                    QTest::addRow("seed %d, %s, %s", int(seed), zoned ? "zoned" : "traditional",
                        longIds ? "long ids" : "short ids")
                        << seed << zoned << longIds;
    }

    void readsWhatTheGeneratorWrote()
    {
        QFETCH(quint64, seed);
        QFETCH(bool, zoned);
        QFETCH(bool, longIds);
        // Over the turn of the year, from half an hour before.
        bench::LogGenerator generator({.bytes = 600 << 10,
            .seed = seed,
            .style = zoned ? bench::Style::Zoned : bench::Style::Traditional,
            .ids = longIds ? bench::Ids::Long : bench::Ids::Short,
            .start = 1767223800,
            .keepJourneys = true});
        std::string log;
        while (generator.write(log))
            continue;
        const auto history = History::read({source("maillog", log)},
            {.now = *base::parseIso("2026-01-20T00:00:00Z"), .zone = {}, .since = {}, .until = {}});
        QVERIFY(history.has_value());
        QVERIFY((*history)->size() > 250);
        QCOMPARE(differenceFromTruth(**history, generator.truth()), QString());
        for (std::uint32_t n = 0; n < (*history)->size(); ++n)
            QVERIFY((*history)->journey(n).outcome() == outcomeByLines((*history)->journey(n)));
    }

    // One recipient often, many recipients once, and both beyond what is counted on the way.
    void countsEachRecipientOnce_data()
    {
        QTest::addColumn<int>("recipients");
        QTest::addColumn<int>("rounds");
        QTest::newRow("one, deferred and then sent") << 1 << 5;
        QTest::newRow("a few") << 12 << 1;
        QTest::newRow("a few, again and again") << 12 << 4;
        QTest::newRow("as many as are counted on the way") << 63 << 1;
        QTest::newRow("one more") << 64 << 1;
        QTest::newRow("a list") << 500 << 3;
    }

    void countsEachRecipientOnce()
    {
        QFETCH(int, recipients);
        QFETCH(int, rounds);
        std::string log;
        for (int round = 1; round <= rounds; ++round)
            for (int n = 0; n < recipients; ++n) {
                const bool last = round == rounds;
                log += std::format("Nov 23 10:00:00 host1 postfix/smtp[7]: 3A1B2C4D5E: to=<r{}@b.example>, "
                                   "relay=none, delay=1, delays=0/0/0/1, dsn=4.0.0, status={} (x)\n",
                    n,
                    !last            ? "deferred"
                        : n % 3 == 0 ? "bounced"
                                     : "sent");
            }
        const auto history = History::read({source("maillog", log)}, usual);
        const Outcome outcome = (*history)->journey(0).outcome();
        QCOMPARE(outcome.recipients, quint32(recipients));
        QCOMPARE(outcome.bounced, quint32((recipients + 2) / 3));
        QCOMPARE(outcome.sent, quint32(recipients) - outcome.bounced);
        QCOMPARE(outcome.deferred, 0u);
        QVERIFY(outcome == outcomeByLines((*history)->journey(0)));
    }

    void knowsWhatStayedHere()
    {
        const auto mayHaveLeft = [](std::string_view relay) {
            const std::string log = std::format("Nov 23 10:00:00 host1 postfix/smtp[7]: 3A1B2C4D5E: "
                                                "to=<r@b.example>, relay={}, delay=1, status=sent (x)\n",
                relay);
            return (*History::read({source("maillog", log)}, usual))->journey(0).mayHaveLeft();
        };
        for (const char* relay : {"virtual", "host1[private/dovecot-lmtp]", "127.0.0.1[127.0.0.1]:10024"})
            QVERIFY2(!mayHaveLeft(relay), relay);
        for (const char* relay : {"mx.b.example[192.0.2.9]:25", "mx[2001:db8::1]:25", "none", "odd[]:25"})
            QVERIFY2(mayHaveLeft(relay), relay);
    }

    // The same truth must come out of files that were cut apart anywhere, whatever order they are given in.
    void readsThePiecesOfALogAsOne()
    {
        bench::LogGenerator generator({.bytes = 600 << 10, .seed = 21});
        std::string log;
        while (generator.write(log))
            continue;
        const auto cut = [&](std::size_t at) { return log.find('\n', at) + 1; };
        const std::size_t a = cut(log.size() / 5);
        const std::size_t b = cut(log.size() / 2);
        const std::size_t overlap = cut(log.size() / 3);
        const auto history
            = History::read({source("maillog", log.substr(b)), source("maillog.2", log.substr(0, a)),
                                source("maillog.processed", log.substr(overlap, b - overlap)),
                                source("maillog.1", log.substr(a, b - a))},
                {.now = usual.now, .zone = {}, .since = {}, .until = {}});
        QVERIFY(history.has_value());
        QCOMPARE(differenceFromTruth(**history, generator.truth()), QString());
    }
};

QTEST_GUILESS_MAIN(MaillogTest)
#include "tst_maillog.moc"
