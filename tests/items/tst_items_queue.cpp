// SPDX-License-Identifier: GPL-3.0-or-later
// The queue's table and groups: what they show, count and let through, and Qt's own tester over each.
#include "models/items/queuetable.h"
#include "tests/support/inventedday.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <fstream>

using namespace sluicegate;
using items::Grouping;
using items::QueueGroupModel;
using items::QueueTable;

namespace {

constexpr auto Fatal = QAbstractItemModelTester::FailureReportingMode::QtTest;

queue::Entry entry(const std::string& id, const std::string& sender, const std::string& to, int hoursAgo)
{
    queue::Entry made;
    made.id.value = id;
    made.place = queue::Place::Deferred;
    made.arrival = tests::dayStart() - std::chrono::hours(hoursAgo);
    made.size = 2048;
    made.sender = sender;
    made.recipients = {{to, "connection timed out"}};
    return made;
}

std::string letter(int number, const std::string& words)
{
    return "From: anna@shop.example\nDate: Mon, 23 Nov 2026 09:44:08 +0100\nMessage-ID: <"
        + std::to_string(number) + "@shop.example>\nSubject: " + words + "\n\n";
}

/// Two spams by the log and one by its queue file, two good ones, one that nothing is known of.
std::shared_ptr<triage::Analysis> inventedQueue()
{
    auto analysis = std::make_shared<triage::Analysis>(*tests::inventedDay());
    attribution::Facts& facts = analysis->facts;
    facts.log = analysis->log.get();
    facts.now = tests::dayStart() + std::chrono::hours(2);
    // The tenth spam of the log is deferred, and so is the twentieth.
    facts.queue = {entry("4F00000AA", "anna@shop.example", "victim9@far.test", 0),
        entry("4F000014A", "anna@shop.example", "victim19@far.test", 0),
        entry("AAAA1", "anna@shop.example", "victim99@Far.test", 0),
        entry("5A000001B", "ben@law.example", "client0@near.test", 0),
        entry("BBBB2", "ben@law.example", "client9@near.test", 100),
        entry("CCCC3", "", "x@elsewhere.test", 130)};
    facts.queue[0].arrival += std::chrono::seconds(609);
    facts.queue[1].arrival += std::chrono::seconds(619);
    facts.queue[4].recipients.push_back({"second@far.test", {}});
    analysis->queueKnown = true;
    for (const char* id : {"4F00000AA", "AAAA1", "BBBB2"}) {
        base::Bytes bytes = base::Bytes::own(letter(
            int(facts.queued.size()), id[0] == 'B' ? "Lunch" : std::string("Parcel ") + id + " waits"));
        auto inspection = message::inspect(bytes.view());
        facts.queued.emplace(id, attribution::QueuedMessage {std::move(inspection), std::move(bytes)});
    }
    attribution::Verdict& verdict = analysis->verdict;
    for (const char* id : {"4F00000AA", "4F000014A", "AAAA1"}) {
        verdict.suspectQueue.push_back({id});
        verdict.suspects[0].queueIds.push_back({id});
    }
    for (const char* id : {"5A000001B", "BBBB2", "CCCC3"})
        verdict.keepQueue.push_back({id});
    return analysis;
}

QStringList column(const QueueTable& table, QueueTable::Column column)
{
    QStringList texts;
    for (int row = 0; row < table.rowCount(); ++row)
        texts += table.index(row, column).data().toString();
    return texts;
}

} // namespace

class ItemsQueueTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_table = std::make_unique<QueueTable>();
        m_groups = std::make_unique<QueueGroupModel>();
        m_testers[0] = std::make_unique<QAbstractItemModelTester>(m_table.get(), Fatal);
        m_testers[1] = std::make_unique<QAbstractItemModelTester>(m_groups.get(), Fatal);
        connect(m_table.get(), &QueueTable::grouped, m_groups.get(),
            [this](std::shared_ptr<const items::QueueGroups> groups) { m_groups->show(std::move(groups)); });
    }
    void cleanup()
    {
        m_testers = {};
        m_table.reset();
        m_groups.reset();
    }

    void showsEachFateAndWhy()
    {
        m_table->show(inventedQueue());
        QTRY_COMPARE(m_table->rowCount(), 6);
        m_table->sort(QueueTable::Sender);
        QTRY_VERIFY(!m_table->busy());
        QMap<QString, QString> why;
        QMap<QString, QString> fate;
        for (int row = 0; row < 6; ++row) {
            const QString id = QString::fromStdString(m_table->queue()->entry(*m_table->rowAt(row)).id.value);
            fate[id] = m_table->index(row, QueueTable::Fate).data().toString();
            why[id] = m_table->index(row, QueueTable::Why).data().toString();
        }
        QCOMPARE(fate.value(QStringLiteral("4F00000AA")), QStringLiteral("spam"));
        QVERIFY(why.value(QStringLiteral("4F00000AA")).contains(u"log shows"));
        QCOMPARE(fate.value(QStringLiteral("AAAA1")), QStringLiteral("spam"));
        QVERIFY(why.value(QStringLiteral("AAAA1")).contains(u"queue file"));
        QCOMPARE(fate.value(QStringLiteral("5A000001B")), QStringLiteral("keep"));
        QVERIFY(why.value(QStringLiteral("5A000001B")).contains(u"log shows"));
        QCOMPARE(fate.value(QStringLiteral("BBBB2")), QStringLiteral("keep"));
        QVERIFY(why.value(QStringLiteral("BBBB2")).contains(u"header"));
        QCOMPARE(fate.value(QStringLiteral("CCCC3")), QStringLiteral("undecided"));
        QVERIFY(why.value(QStringLiteral("CCCC3")).contains(u"not sampled"));
        for (int section = 0; section < QueueTable::ColumnCount; ++section)
            QVERIFY(!m_table->headerData(section, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }

    void nothingIsJudgedWithoutASource()
    {
        auto analysis = inventedQueue();
        analysis->verdict = {};
        m_table->show(analysis);
        QTRY_COMPARE(m_table->rowCount(), 6);
        QCOMPARE(m_table->queue()->count(items::Fate::Undecided), 6u);
    }

    void groups_data()
    {
        QTest::addColumn<int>("grouping");
        QTest::addColumn<QStringList>("names");
        const auto row = [](const char* name, Grouping grouping, const QStringList& names) {
            QTest::newRow(name) << int(grouping) << names;
        };
        row("none", Grouping::None, {});
        row("sender", Grouping::Sender,
            {QStringLiteral("anna@shop.example 3/3/0/0"), QStringLiteral("ben@law.example 2/0/2/0"),
                QStringLiteral("<> (bounce) 1/0/0/1")});
        row("login", Grouping::Account,
            {QStringLiteral("mailbox anna@shop.example 3/3/0/0"), QStringLiteral("not known 2/0/1/1"),
                QStringLiteral("ben@law.example 1/0/1/0")});
        row("template", Grouping::Template,
            {QStringLiteral("Subject not known: not sampled 3/1/1/1"),
                QStringLiteral("Parcel # waits 2/2/0/0"), QStringLiteral("Lunch 1/0/1/0")});
        row("domain, each of a message's", Grouping::Domain,
            {QStringLiteral("far.test 4/3/1/0"), QStringLiteral("near.test 2/0/2/0"),
                QStringLiteral("elsewhere.test 1/0/0/1")});
        row("age", Grouping::Age,
            {QStringLiteral("1 to 6 h 4/3/1/0"), QStringLiteral("4 to 5 d 1/0/1/0"),
                QStringLiteral("over 5 d 1/0/0/1")});
    }

    void groups()
    {
        QFETCH(int, grouping);
        QFETCH(QStringList, names);
        m_table->show(inventedQueue());
        m_table->setView({.grouping = Grouping(grouping)});
        QTRY_VERIFY(m_table->queue() && !m_table->busy() && m_groups->rowCount() == names.size());
        m_table->sort(QueueTable::Time, Qt::AscendingOrder);
        QTRY_VERIFY(!m_table->busy());
        QStringList found;
        for (int row = 0; row < m_groups->rowCount(); ++row) {
            QStringList numbers;
            for (int each = QueueGroupModel::Messages; each < QueueGroupModel::ColumnCount; ++each)
                numbers += m_groups->index(row, each).data().toString();
            found += m_groups->index(row, 0).data().toString() + u' ' + numbers.join(u'/');
        }
        found.sort();
        names.sort();
        QCOMPARE(found, names);
        for (int section = 0; section < QueueGroupModel::ColumnCount; ++section)
            QVERIFY(!m_groups->headerData(section, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }

    void chosenGroupIsShownAlone()
    {
        m_table->show(inventedQueue());
        m_table->setView({.grouping = Grouping::Sender, .group = QStringLiteral("ben@law.example")});
        QTRY_COMPARE(m_table->rowCount(), 2);
        QCOMPARE(m_groups->rowCount(), 3); // the others can still be chosen
        m_table->setView({.grouping = Grouping::Sender, .group = QStringLiteral("gone@law.example")});
        QTRY_COMPARE(m_table->rowCount(), 0);
        m_table->setView({.grouping = Grouping::None, .group = QStringLiteral("ben@law.example")});
        QTRY_COMPARE(m_table->rowCount(), 6);
    }

    void searches_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<int>("rows");
        QTest::newRow("sender, any case") << QStringLiteral("BEN@law") << 2;
        QTest::newRow("second recipient") << QStringLiteral("second@far") << 1;
        QTest::newRow("queue id") << QStringLiteral("cccc3") << 1;
        QTest::newRow("subject") << QStringLiteral("parcel") << 2;
        QTest::newRow("reason") << QStringLiteral("timed out") << 6;
        QTest::newRow("nowhere") << QStringLiteral("no such thing") << 0;
    }

    void searches()
    {
        QFETCH(QString, search);
        QFETCH(int, rows);
        m_table->show(inventedQueue());
        QTRY_COMPARE(m_table->rowCount(), 6);
        m_table->setView({.search = search});
        QTRY_VERIFY(!m_table->busy());
        QCOMPARE(m_table->rowCount(), rows);
    }

    void sortsByColumn_data()
    {
        QTest::addColumn<int>("sorted");
        for (int column = 0; column < QueueTable::ColumnCount; ++column)
            QTest::addRow("%d", column) << column;
    }

    void sortsByColumn()
    {
        QFETCH(int, sorted);
        m_table->show(inventedQueue());
        QTRY_COMPARE(m_table->rowCount(), 6);
        const auto column = QueueTable::Column(sorted);
        m_table->sort(sorted, Qt::DescendingOrder);
        QTRY_VERIFY(!m_table->busy());
        const QStringList down = ::column(*m_table, column);
        m_table->sort(sorted, Qt::AscendingOrder);
        QTRY_VERIFY(!m_table->busy());
        const QStringList up = ::column(*m_table, column);
        QCOMPARE(QStringList(up.rbegin(), up.rend()), down);
        QCOMPARE(up.size(), 6);
    }

    void deadlineIsOfTheGoodMail()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("postconf-n")).toStdString();
        std::ofstream(file) << "maximal_queue_lifetime = 4d\nmyhostname = mx.harbour.example\n";
        auto analysis = inventedQueue();
        auto queue = items::QueueRows::of(analysis);
        QVERIFY(!queue->lifetimeKnown);
        auto deadline = queue->deadline();
        QVERIFY(deadline);
        QCOMPARE(deadline->good, 3u);
        QCOMPARE(deadline->over, 1u); // 130 h ago, and five days are 120 h
        QVERIFY(deadline->last == tests::dayStart() + std::chrono::hours(120));
        evidence::Item item;
        item.path = "commands/postconf-n";
        item.local = file;
        analysis->bundle.items.push_back(item);
        queue = items::QueueRows::of(analysis);
        QVERIFY(queue->lifetimeKnown);
        deadline = queue->deadline();
        QVERIFY(deadline->last == tests::dayStart() + std::chrono::hours(96));
        QCOMPARE(deadline->over, 2u);
        analysis->facts.queue.resize(3);
        QVERIFY(!items::QueueRows::of(analysis)->deadline()); // spam only
    }

    void hundredThousandStayFluent()
    {
        auto analysis = inventedQueue();
        for (int i = 0; i < 100'000; ++i)
            analysis->facts.queue.push_back(
                entry("D" + std::to_string(i), "s" + std::to_string(i % 500) + "@law.example",
                    "r" + std::to_string(i) + "@far.test", i % 90));
        QElapsedTimer gap;
        qint64 longest = 0;
        QTimer beat;
        connect(&beat, &QTimer::timeout, this, [&] { longest = std::max(longest, gap.restart()); });
        gap.start();
        beat.start(1);
        m_testers = {}; // which asks for every row
        m_table->show(analysis);
        QTRY_COMPARE_WITH_TIMEOUT(m_table->rowCount(), 100'006, 30000);
        m_table->setView({.search = QStringLiteral("s17@"), .grouping = Grouping::Sender});
        QTRY_COMPARE_WITH_TIMEOUT(m_table->rowCount(), 200, 30000);
        QElapsedTimer scrolling;
        m_table->setView({});
        QTRY_COMPARE_WITH_TIMEOUT(m_table->rowCount(), 100'006, 30000);
        scrolling.start();
        for (int row = 0; row < 10'000; ++row)
            for (int column = 0; column < QueueTable::ColumnCount; ++column)
                m_table->index(row, column).data().toString();
        qInfo("longest gap %lld ms, 100 000 cells %lld ms", longest, scrolling.elapsed());
        QVERIFY(scrolling.elapsed() < 1000);
#ifndef SLUICEGATE_SANITIZED
        QVERIFY2(longest <= 200, qPrintable(QString::number(longest))); // of a debug build on a busy machine
#endif
    }

private:
    std::unique_ptr<QueueTable> m_table;
    std::unique_ptr<QueueGroupModel> m_groups;
    std::array<std::unique_ptr<QAbstractItemModelTester>, 2> m_testers;
};

QTEST_GUILESS_MAIN(ItemsQueueTest)
#include "tst_items_queue.moc"
