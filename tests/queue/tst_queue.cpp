// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/queue/entry.h"
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
    return QJsonDocument(
        QJsonObject {{QStringLiteral("entries"), entries}, {QStringLiteral("unparsed"), unparsed}});
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
        const Listing listing = name.startsWith(u"json") ? readJson(bytes) : readPlain(bytes, now, zone);
        QCOMPARE(support::goldenDifference(folder, name, toJson(listing)), QString());
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
};

QTEST_GUILESS_MAIN(QueueTest)
#include "tst_queue.moc"
