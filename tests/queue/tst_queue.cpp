// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queue/entry.h"
#include "models/queue/lifetime.h"
#include "tests/support/golden.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTest>

using namespace sluicegate;
using namespace sluicegate::queue;

namespace {

const QString folder = QStringLiteral(TEST_DATA);
const base::Instant now = *base::parseIso("2027-01-02T08:00:00Z");
constexpr std::chrono::hours zone(2);

QJsonDocument toJson(const Listing& listing)
{
    QJsonArray entries;
    for (const Entry& entry : listing.entries) {
        QJsonArray recipients;
        for (const Recipient& recipient : entry.recipients)
            recipients << QJsonObject {{QStringLiteral("address"), QString::fromStdString(recipient.address)},
                {QStringLiteral("reason"), QString::fromStdString(recipient.reason)}};
        entries << QJsonObject {{QStringLiteral("id"), QString::fromStdString(entry.id.value)},
            {QStringLiteral("place"), QString::fromStdString(std::string(name(entry.place)))},
            {QStringLiteral("arrival"), QString::fromStdString(base::iso(entry.arrival))},
            {QStringLiteral("size"), qint64(entry.size)},
            {QStringLiteral("sender"), QString::fromStdString(entry.sender)},
            {QStringLiteral("line"), qint64(entry.line)}, {QStringLiteral("recipients"), recipients}};
    }
    QJsonArray unparsed;
    for (const std::uint64_t line : listing.unparsedLines)
        unparsed << qint64(line);
    QJsonObject all {{QStringLiteral("entries"), entries}, {QStringLiteral("unparsed"), unparsed}};
    QJsonArray unreadable;
    for (const base::QueueId& id : listing.unreadable)
        unreadable << QString::fromStdString(id.value);
    if (!unreadable.isEmpty())
        all[QStringLiteral("unreadable")] = unreadable;
    return QJsonDocument(all);
}

} // namespace

class QueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAsExpected_data() { support::goldenRows(folder); }

    void readsAsExpected()
    {
        QFETCH(QString, name);
        const std::string bytes = support::goldenInput(folder, name).toStdString();
        const Listing listing = name.startsWith(u"json") ? readJson(bytes)
            : name.startsWith(u"exim")                   ? readExim(bytes)
            : name.startsWith(u"qmail")                  ? readQmail(bytes)
                                                         : readPlain(bytes, now, zone);
        QCOMPARE(support::goldenDifference(folder, name, toJson(listing)), QString());
    }

    void knowsEximsIds()
    {
        QVERIFY(isEximId("1xVgBZ-000000000AW-2S25") && isEximId("0t5C6f-0000c8-00"));
        for (const char* no : {"", "ALL", "3A1B2C4D5E", "1xVgBZ-000000000AW-2S2", "1xVgBZ_0000c8_00",
                 "-t5C6f-0000c8-00", "0t5C6f-0000c8-0;", "1xVgBZ-000000000AW 2S25"})
            QVERIFY2(!isEximId(no), no);
        QCOMPARE(base::iso(eximArrival("1xVgBZ-000000000AW-2S25")), std::string("2026-11-24T02:23:09Z"));
    }

    void leapDayIsInALeapYear()
    {
        const auto listing = readPlain("3A1B2C4D5E      10 Thu Feb 29 12:00:00  a@a.example\n", now, zone);
        QCOMPARE(listing.entries.size(), 1u);
        QCOMPARE(QString::fromStdString(base::iso(listing.entries[0].arrival)),
            QStringLiteral("2024-02-29T10:00:00Z"));
    }

    void deepNestingIsRefused()
    {
        const std::string deep(100'000, '[');
        const auto listing = readJson("{\"queue_id\":\"3A1B2C4D5E\",\"recipients\":" + deep + "\n");
        QVERIFY(listing.entries.empty());
        QCOMPARE(listing.unparsedLines.size(), 1u);
    }

    void emptyInputIsAnEmptyListing()
    {
        QVERIFY(readJson("").entries.empty());
        QVERIFY(readPlain("", now, zone).entries.empty());
        QVERIFY(readPlain("Mail queue is empty\n", now, zone).unparsedLines.empty());
    }

    void readsLifetime_data()
    {
        QTest::addColumn<std::string>("settings");
        QTest::addColumn<int>("mailHours");
        QTest::addColumn<int>("bounceHours");
        const auto row = [](const char* name, const char* settings, int mail, int bounce) {
            QTest::newRow(name) << std::string(settings) << mail << bounce;
        };
        row("default", "mydestination = localhost\n", 120, 120);
        row("nothing", "", 120, 120);
        row("days", "maximal_queue_lifetime = 3d\nbounce_queue_lifetime=1d\n", 72, 24);
        row("hours", "maximal_queue_lifetime = 36h", 36, 120);
        row("weeks", "maximal_queue_lifetime = 1w\n", 168, 120);
        row("no unit counts days", "bounce_queue_lifetime = 2\n", 120, 48);
        row("one follows the other",
            "bounce_queue_lifetime = $maximal_queue_lifetime\nmaximal_queue_lifetime = 2d\n", 48, 48);
        row("no time", "maximal_queue_lifetime = soon\nbounce_queue_lifetime = 5y\n", 120, 120);
        row("another setting", "my_maximal_queue_lifetime = 1d\n", 120, 120);
    }

    void readsLifetime()
    {
        QFETCH(std::string, settings);
        QFETCH(int, mailHours);
        QFETCH(int, bounceHours);
        const Lifetime lifetime = readLifetime(settings);
        QVERIFY(lifetime.mail == std::chrono::hours(mailHours));
        QVERIFY(lifetime.bounce == std::chrono::hours(bounceHours));
        Entry entry;
        entry.arrival = now;
        QVERIFY(givenUp(entry, lifetime) == now + std::chrono::hours(bounceHours)); // the null sender's
        entry.sender = "a@a.example";
        QVERIFY(givenUp(entry, lifetime) == now + std::chrono::hours(mailHours));
    }
};

QTEST_GUILESS_MAIN(QueueTest)
#include "tst_queue.moc"
