// SPDX-License-Identifier: GPL-3.0-or-later
// The item models: what they show, what the filters let through, and Qt's own tester over each of them.
#include "models/items/cells.h"
#include "models/items/cluemodel.h"
#include "models/items/evidencemodel.h"
#include "models/items/filtertext.h"
#include "models/items/hostmodel.h"
#include "models/items/messagetable.h"
#include "models/items/noticeidmodel.h"
#include "models/items/pins.h"
#include "models/items/remarkmodel.h"
#include "models/items/suspectmodel.h"
#include "tests/support/inventedday.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace sluicegate;
using items::Field;
using items::Filter;
using items::MessageTable;
using Tester = QAbstractItemModelTester;

namespace {

constexpr auto Fatal = Tester::FailureReportingMode::QtTest;

/// Waits for the worker's last batch.
void settle(MessageTable& table)
{
    QTRY_VERIFY(!table.busy());
}

QStringList column(const MessageTable& table, MessageTable::Column column)
{
    QStringList texts;
    for (int row = 0; row < table.rowCount(); ++row)
        texts += table.index(row, column).data().toString();
    return texts;
}

} // namespace

class TestItems : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tableShowsEveryMessage();
    void filterLetsThrough_data();
    void filterLetsThrough();
    void termsOfOneFieldAreAlternatives();
    void timeRangeIsReplaced();
    void newestFilterWins();
    void sortsByColumn_data();
    void sortsByColumn();
    void largeTableComesInBatches();
    void cellNamesItsFilter();
    void marksSuspectsAndNoticedOnes();
    void lanesCountExactly();
    void silencesAreLongOnes_data();
    void silencesAreLongOnes();
    void filterIsReadBack();
    void rubbishIsNoFilter();
    void subjectIsToldWhereItIsKnown();
    void remarksAreRows();
    void noticeIdsAreFoundOrNot();
    void cluesForStandBeforeCluesAgainst();
    void suspectIsShown();
    void evidenceIsShown();
    void hostsKnowTheirKind();
    void tallyCountsLastAttempts();
};

void TestItems::tableShowsEveryMessage()
{
    MessageTable table;
    const Tester tester(&table, Fatal);
    table.show(tests::inventedDay(40, 12));
    QTRY_COMPARE(table.rowCount(), 52);
    settle(table);
    QCOMPARE(table.index(0, MessageTable::Account).data().toString(), QStringLiteral("ben@law.example"));
    QCOMPARE(table.index(0, MessageTable::Time).data().toString(), QStringLiteral("2026-11-23 09:00:00"));
    QCOMPARE(table.index(0, MessageTable::Recipients).data().toString(), QStringLiteral("1"));
    for (int section = 0; section < MessageTable::ColumnCount; ++section)
        QVERIFY(!table.headerData(section, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
}

void TestItems::filterLetsThrough_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("value");
    QTest::addColumn<bool>("inverted");
    QTest::addColumn<int>("rows");
    const auto row = [](const char* name, Field field, const char* value, bool inverted, int rows) {
        QTest::newRow(name) << int(field) << QString::fromLatin1(value) << inverted << rows;
    };
    row("login", Field::Account, "ben@law.example", false, 12);
    row("not login", Field::Account, "ben@law.example", true, 40);
    row("client", Field::Client, "203.0.113.77", false, 40);
    row("sender", Field::Sender, "anna@shop.example", false, 40);
    row("deferred", Field::Outcome, "deferred", false, 4);
    row("bounced", Field::Outcome, "bounced", false, 5);
    row("suspect", Field::Suspect, "1", false, 40);
    row("no suspect", Field::Suspect, "1", true, 12);
    row("noticed", Field::Noticed, "", false, 2);
    row("entry", Field::Entry, "authenticated", false, 52);
    row("text in a recipient, any case", Field::Text, "VICTIM17@far.test", false, 1);
    row("text in a message id", Field::Text, "good3@", false, 1);
    row("text nowhere", Field::Text, "no such thing", false, 0);
}

void TestItems::filterLetsThrough()
{
    QFETCH(int, field);
    QFETCH(QString, value);
    QFETCH(bool, inverted);
    QFETCH(int, rows);
    MessageTable table;
    const Tester tester(&table, Fatal);
    table.show(tests::inventedDay(40, 12));
    QTRY_COMPARE(table.rowCount(), 52);
    table.setFilter(
        Filter().with({.field = Field(field), .value = value.toStdString(), .inverted = inverted}));
    QTRY_VERIFY(table.rowCount() == rows && !table.busy());
}

void TestItems::termsOfOneFieldAreAlternatives()
{
    MessageTable table;
    table.show(tests::inventedDay(40, 12));
    QTRY_COMPARE(table.rowCount(), 52);
    Filter filter = Filter()
                        .with({.field = Field::Outcome, .value = "deferred"})
                        .with({.field = Field::Outcome, .value = "bounced"});
    table.setFilter(filter);
    QTRY_COMPARE(table.rowCount(), 9);
    table.setFilter(filter.with({.field = Field::Account, .value = "ben@law.example"}));
    QTRY_COMPARE(table.rowCount(), 0);
    QCOMPARE(filter.without({.field = Field::Outcome, .value = "bounced"}).terms.size(), 1u);
}

void TestItems::timeRangeIsReplaced()
{
    const auto at = [](int minute) { return tests::dayStart() + std::chrono::minutes(minute); };
    const Filter first = Filter().with({.field = Field::Time, .from = at(0), .until = at(5)});
    const Filter second = first.with({.field = Field::Time, .from = at(2), .until = at(4)});
    QCOMPARE(second.terms.size(), 1u);
    MessageTable table;
    table.show(tests::inventedDay(40, 12));
    QTRY_COMPARE(table.rowCount(), 52);
    table.setFilter(second);
    QTRY_COMPARE(table.rowCount(), 2); // minutes 2 and 3; the end is exclusive
}

void TestItems::newestFilterWins()
{
    MessageTable table;
    table.show(tests::inventedDay(400, 12));
    QTRY_COMPARE(table.rowCount(), 412);
    for (int i = 0; i < 20; ++i)
        table.setFilter(Filter().with({.field = Field::Text, .value = "victim" + std::to_string(i)}));
    table.setFilter(Filter().with({.field = Field::Account, .value = "ben@law.example"}));
    QTRY_COMPARE(table.rowCount(), 12);
    QTest::qWait(50);
    QCOMPARE(table.rowCount(), 12);
}

void TestItems::sortsByColumn_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<int>("order");
    QTest::addColumn<QString>("first");
    QTest::newRow("client") << int(MessageTable::Client) << int(Qt::AscendingOrder)
                            << QStringLiteral("192.0.2.14");
    QTest::newRow("client, down") << int(MessageTable::Client) << int(Qt::DescendingOrder)
                                  << QStringLiteral("203.0.113.77");
    QTest::newRow("time, down") << int(MessageTable::Time) << int(Qt::DescendingOrder)
                                << QStringLiteral("2026-11-23 09:11:00");
    QTest::newRow("queue id, down") << int(MessageTable::Queue) << int(Qt::DescendingOrder)
                                    << QStringLiteral("5A00000CB");
    QTest::newRow("status, down") << int(MessageTable::Status) << int(Qt::DescendingOrder)
                                  << QStringLiteral("bounced");
}

void TestItems::sortsByColumn()
{
    QFETCH(int, column);
    QFETCH(int, order);
    QFETCH(QString, first);
    MessageTable table;
    const Tester tester(&table, Fatal);
    table.show(tests::inventedDay(40, 12));
    QTRY_COMPARE(table.rowCount(), 52);
    settle(table);
    table.sort(column, Qt::SortOrder(order));
    QTRY_COMPARE(table.index(0, column).data().toString(), first);
    QCOMPARE(table.rowCount(), 52);
}

void TestItems::largeTableComesInBatches()
{
    MessageTable table;
    const Tester tester(&table, Fatal);
    QSignalSpy inserted(&table, &MessageTable::rowsInserted);
    table.show(tests::inventedDay(3000, 12));
    QTRY_COMPARE(table.rowCount(), 3012);
    QVERIFY(inserted.count() > 0);
    const QStringList ids = column(table, MessageTable::Queue);
    QCOMPARE(QSet<QString>(ids.begin(), ids.end()).size(), 3012);
    for (const int row : {0, 255, 256, 3011})
        QCOMPARE(table.rowOf(*table.journeyAt(row)), row);
    QCOMPARE(table.journeyAt(3012), std::nullopt);
}

void TestItems::cellNamesItsFilter()
{
    MessageTable table;
    table.show(tests::inventedDay(40, 12));
    QTRY_COMPARE(table.rowCount(), 52);
    const auto term = table.termAt(table.index(0, MessageTable::Client));
    QVERIFY(term.has_value());
    QCOMPARE(term->field, Field::Client);
    QCOMPARE(term->value, std::string("192.0.2.14"));
    QVERIFY(!table.termAt(table.index(0, MessageTable::Size)));
    const auto time = table.termAt(table.index(0, MessageTable::Time));
    QCOMPARE(*time->until - *time->from, std::chrono::minutes(10));
}

void TestItems::marksSuspectsAndNoticedOnes()
{
    MessageTable table;
    table.show(tests::inventedDay(40, 12));
    QTRY_COMPARE(table.rowCount(), 52);
    int suspects = 0;
    int noticed = 0;
    for (int row = 0; row < table.rowCount(); ++row) {
        suspects += table.index(row, 0).data(MessageTable::SuspectRole).toInt() == 1;
        noticed += table.index(row, 0).data(MessageTable::NoticedRole).toBool();
    }
    QCOMPARE(suspects, 40);
    QCOMPARE(noticed, 2);
}

void TestItems::lanesCountExactly()
{
    const auto messages = items::Messages::of(tests::inventedDay(400, 12));
    const auto lanes = items::TimeLanes::of(*messages);
    QCOMPARE(lanes->lanes.size(), 2u);
    QCOMPARE(lanes->lanes[0].rank, 1);
    QCOMPARE(lanes->lanes[0].size(), 400u);
    QCOMPARE(lanes->lanes[1].size(), 12u);
    for (const int bins : {1, 7, 730}) {
        std::uint32_t sum = 0;
        std::uint32_t deferred = 0;
        for (const items::Counts& counts : lanes->lanes[0].bins(lanes->from, lanes->until, bins)) {
            sum += items::total(counts);
            deferred += counts[std::size_t(items::Outcome::Deferred)];
        }
        QCOMPARE(sum, 400u);
        QCOMPARE(deferred, 40u);
    }
    const auto begin = tests::dayStart() + std::chrono::seconds(600);
    const auto tenSeconds = lanes->lanes[0].bins(begin, begin + std::chrono::seconds(10), 10);
    for (const items::Counts& counts : tenSeconds)
        QCOMPARE(items::total(counts), 1u);
}

void TestItems::silencesAreLongOnes_data()
{
    QTest::addColumn<bool>("busy");
    QTest::addColumn<int>("hours");
    QTest::addColumn<bool>("silent");
    QTest::newRow("a day is missing") << true << 24 << true;
    QTest::newRow("a quiet night") << true << 10 << false;
    QTest::newRow("a quiet server") << false << 24 << false;
}

void TestItems::silencesAreLongOnes()
{
    QFETCH(bool, busy);
    QFETCH(int, hours);
    QFETCH(bool, silent);
    items::Messages cut = *items::Messages::of(tests::inventedDay(400, 12));
    const std::size_t half = cut.at.size() / 2;
    for (std::size_t i = half; i < cut.at.size(); ++i)
        cut.at[i] += std::chrono::hours(hours);
    if (!busy) { // the same pause, but then hours lie between any two messages
        for (std::size_t i = 0; i < cut.at.size(); ++i)
            cut.at[i] += std::chrono::hours(3 * i);
    }
    const auto lanes = items::TimeLanes::of(cut);
    QCOMPARE(lanes->silences.size(), silent ? 1u : 0u);
    if (silent) {
        QCOMPARE(lanes->silences.front().from, cut.at[half - 1]);
        QCOMPARE(lanes->silences.front().until, cut.at[half]);
    }
}

void TestItems::filterIsReadBack()
{
    const base::Instant at = *base::parseIso("2026-11-23T09:00:00Z");
    const Filter filter {{{.field = Field::Sender, .value = "bytes \xff \"quoted\""},
        {.field = Field::Outcome, .value = "deferred", .inverted = true},
        {.field = Field::Time, .from = at, .until = at + std::chrono::seconds(7)},
        {.field = Field::Noticed}}};
    QVERIFY(items::filterOf(items::filterText(filter)) == filter);
    QVERIFY(items::filterOf(items::filterText({})) == Filter());
}

void TestItems::rubbishIsNoFilter()
{
    for (const char* text : {"", "{", "[]", "{\"terms\":7}", "\xff\xfe"})
        QVERIFY2(!items::filterOf(text), text);
    const auto some
        = items::filterOf(R"({"terms":[{"field":"colour","value":"red"},{"field":"sender","value":"a"},3]})");
    QVERIFY(some && some->terms.size() == 1); // of a newer program
}

void TestItems::subjectIsToldWhereItIsKnown()
{
    auto analysis = std::make_shared<triage::Analysis>(*tests::inventedDay(3, 2));
    const maillog::Journey journey = analysis->log->journey(1);
    const std::string id(journey.queueId());
    queue::Entry entry;
    entry.id.value = id;
    entry.sender = journey.sender();
    entry.arrival = journey.first();
    analysis->facts.queue = {entry};
    analysis->facts.queued[id].inspection = message::inspect("Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=\r\n\r\n");
    MessageTable table;
    table.show(analysis);
    QTRY_COMPARE(table.rowCount(), 5);
    QStringList subjects = column(table, MessageTable::Subject);
    QCOMPARE(subjects.removeAll(QString()), 4);
    QCOMPARE(subjects.front(), QStringLiteral("Gr\u00fc\u00dfe"));
    table.setFilter(Filter().with({.field = Field::Text, .value = "gr\xc3\xbc"}));
    QTRY_COMPARE(table.rowCount(), 1);
}

void TestItems::remarksAreRows()
{
    items::RemarkModel model;
    const Tester tester(&model, Fatal);
    const auto analysis = tests::inventedDay(3, 2);
    const auto messages = items::Messages::of(analysis);
    model.show(std::make_shared<const std::vector<casefile::Remark>>(
        std::vector {items::noteOf(QStringLiteral(" called\nthe owner ")), items::pinOf(*messages, 0)}));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0, items::RemarkModel::Words).data().toString(), QStringLiteral("called the owner"));
    QVERIFY(model.index(1, items::RemarkModel::Title)
            .data()
            .toString()
            .contains(QString::fromStdString(std::string(messages->journey(0).queueId()))));
    QSignalSpy rewritten(&model, &items::RemarkModel::rewritten);
    QVERIFY(!model.setData(model.index(0, items::RemarkModel::Words), QString()));
    QVERIFY(!model.setData(model.index(0, items::RemarkModel::Title), QStringLiteral("x")));
    QCOMPARE(rewritten.size(), 0);
    model.setData(model.index(1, items::RemarkModel::Words), QStringLiteral("the first"));
    QCOMPARE(rewritten.size(), 1);
    QCOMPARE(rewritten.front().front().value<casefile::Remark>().words, std::string("the first"));
    QVERIFY(items::noteOf({}).id != items::noteOf({}).id);
}

void TestItems::noticeIdsAreFoundOrNot()
{
    items::NoticeIdModel model;
    const Tester tester(&model, Fatal);
    const auto day = tests::inventedDay();
    model.show(day->notice, {});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.found() + model.missing(), 0);
    model.show(day->notice, day);
    QCOMPARE(model.found(), 2);
    QCOMPARE(model.missing(), 1);
    QVERIFY(model.index(0, items::NoticeIdModel::Found).data().toString().contains(u"4F000004A"));
    QVERIFY(!model.index(2, 0).data(items::NoticeIdModel::JourneyRole).isValid());
    model.show({}, {});
    QCOMPARE(model.rowCount(), 0);
}

void TestItems::cluesForStandBeforeCluesAgainst()
{
    items::ClueModel model;
    const Tester tester(&model, Fatal);
    model.show(tests::inventedDay()->verdict.suspects.front().clues);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.clue(0)->rule, std::string("large"));
    QCOMPARE(model.clue(1)->rule, std::string("small"));
    QCOMPARE(model.clue(2)->rule, std::string("own-network"));
    QCOMPARE(model.clue(3), nullptr);
}

void TestItems::suspectIsShown()
{
    items::SuspectModel model;
    const Tester tester(&model, Fatal);
    model.show(tests::inventedDay(40, 12));
    QCOMPARE(model.rowCount(), 1);
    QVERIFY(model.index(0, items::SuspectModel::Source).data().toString().contains(u"anna@shop.example"));
    QCOMPARE(model.index(0, items::SuspectModel::Messages).data().toString(), QStringLiteral("40"));
    const QModelIndex row = model.index(0, items::SuspectModel::Source);
    QVERIFY(!row.data(items::SuspectModel::CountsRole).toString().startsWith(u"Preliminary: "));
    auto preliminary = std::make_shared<triage::Analysis>(*tests::inventedDay(40, 12));
    preliminary->onlyFile = "/var/log/maillog";
    model.show(preliminary);
    const QModelIndex marked = model.index(0, items::SuspectModel::Source);
    QVERIFY(marked.data(items::SuspectModel::CountsRole).toString().startsWith(u"Preliminary: "));
    QVERIFY(marked.data(Qt::AccessibleTextRole).toString().startsWith(u"Preliminary: "));
    model.show({});
    QCOMPARE(model.rowCount(), 0);
}

void TestItems::evidenceIsShown()
{
    items::EvidenceModel model;
    const Tester tester(&model, Fatal);
    auto bundle = std::make_shared<evidence::Bundle>();
    evidence::Item item;
    item.path = "/var/log/maillog";
    item.bytes = 2048;
    item.complete = false;
    item.note = "connection lost";
    bundle->items.push_back(item);
    model.show(bundle);
    QCOMPARE(model.index(0, items::EvidenceModel::State).data().toString(), QStringLiteral("partial"));
    QCOMPARE(model.index(0, items::EvidenceModel::State).data(Qt::ToolTipRole).toString(),
        QStringLiteral("connection lost"));
}

void TestItems::hostsKnowTheirKind()
{
    items::HostModel model;
    const Tester tester(&model, Fatal);
    model.show({QStringLiteral("root@mx.harbour.example")}, {QStringLiteral("pier")});
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data(items::HostModel::KindRole).toInt(), int(items::HostModel::Kind::Recent));
    QCOMPARE(model.index(1).data(items::HostModel::KindRole).toInt(), int(items::HostModel::Kind::Config));
}

void TestItems::tallyCountsLastAttempts()
{
    const std::string log
        = "2026-11-23T09:00:00.000000+00:00 mx postfix/qmgr[1]: 4F00000BB: from=<a@b.example>, size=1, "
          "nrcpt=2 (queue active)\n"
          "2026-11-23T09:00:01.000000+00:00 mx postfix/smtp[2]: 4F00000BB: to=<x@far.test>, relay=none, "
          "delay=1, delays=1/0/0/0, dsn=4.4.1, status=deferred (timeout)\n"
          "2026-11-23T09:00:02.000000+00:00 mx postfix/smtp[2]: 4F00000BB: to=<y@far.test>, relay=none, "
          "delay=1, delays=1/0/0/0, dsn=5.1.1, status=bounced (no such user)\n"
          "2026-11-23T09:05:01.000000+00:00 mx postfix/smtp[2]: 4F00000BB: to=<x@far.test>, "
          "relay=mx[203.0.113.5]:25, delay=300, delays=1/0/0/0, dsn=2.0.0, status=sent (250 ok)\n";
    maillog::Options options;
    options.now = tests::dayStart() + std::chrono::hours(1);
    const auto history = maillog::History::read({{"/var/log/maillog", base::Bytes::own(log)}}, options);
    QVERIFY(history.has_value());
    const items::Tally tally = items::tally((*history)->journey(0));
    QCOMPARE(tally.recipients, 2u);
    QCOMPARE(tally.sent, 1u);
    QCOMPARE(tally.deferred, 0u);
    QCOMPARE(tally.bounced, 1u);
    QCOMPARE(tally.worst(), items::Outcome::Bounced);
    QCOMPARE(items::outcomeText(tally), QStringLiteral("1 bounced, 1 sent"));
}

QTEST_GUILESS_MAIN(TestItems)
#include "tst_items.moc"
