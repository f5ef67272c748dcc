// SPDX-License-Identifier: GPL-3.0-or-later
// The header inspector and the queue's messages, offscreen: both ways of the links, by mouse and by keyboard,
// what they say when there is nothing, and that they look whole.
#include "tests/screens/measures.h"

#include "widgets/common/evidencepane.h"
#include "widgets/common/pages.h"
#include "widgets/common/theme.h"
#include "widgets/inspector/inspector.h"
#include "widgets/inspector/inspectorwindow.h"
#include "widgets/queue/queuescreen.h"
#include "widgets/shell/identifypage.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>

#include <fstream>

using namespace sluicegate;
using namespace sluicegate::screens;
using items::LetterModel;
using items::QueueTable;
using shell::StepId;

namespace {

const std::string threeHops
    = "Received: from mx1.there.example (mx1.there.example [198.51.100.7])\n\tby store.there.example with "
      "LMTP id q7;\n"
      "\tMon, 23 Nov 2026 08:44:20 +0000\n"
      "Received: from vps7.hoster.example (vps7.hoster.example [198.51.100.20])\n\tby mx1.there.example with "
      "ESMTPS id "
      "8Fa21;\n\tMon, 23 Nov 2026 08:51:00 +0000\n"
      "Received: from User (unknown [203.0.113.77])\n\tby vps7.hoster.example (Postfix) with ESMTPSA id "
      "3A1B2C4D5E;\n"
      "\tMon, 23 Nov 2026 09:44:08 +0100 (CET)\n"
      "Authentication-Results: mx1.there.example; spf=pass smtp.mailfrom=shop.example\n"
      "From: =?utf-8?q?Anna=E2=80=AE_Brandt?= <anna@shop.example>\nReply-To: cash@elsewhere.test\n"
      "To: b@there.example\nDate: Mon, 23 Nov 2026 09:44:07 +0100\nMessage-ID: <1234.abc@shop.example>\n"
      "Subject: Your parcel\nContent-Type: text/html\n\n<p>Pay <a href=\"https://bad.test\">here</a></p>\n";

std::string written(const QTemporaryDir& folder, const std::string& text)
{
    const std::string file = folder.filePath(QStringLiteral("letter.eml")).toStdString();
    std::ofstream(file) << text;
    return file;
}

} // namespace

class InspectorTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_desk = std::make_unique<desk::Desk>(m_folder->path().toStdString());
        m_window = std::make_unique<shell::MainWindow>(*m_desk);
        m_window->show();
        m_desk->startDemo({});
        QTRY_VERIFY_WITH_TIMEOUT(!m_desk->snapshot()->running, 60000);
        QVERIFY(m_desk->snapshot()->analysis);
    }

    void cleanupTestCase()
    {
        m_window.reset();
        m_desk.reset();
    }

    void init() { QApplication::closeAllWindows(), m_window->show(); }

    void looksWhole_data()
    {
        QTest::addColumn<bool>("dark");
        QTest::addColumn<QSize>("size");
        for (const bool dark : {false, true})
            for (const QSize size : {QSize(900, 560), QSize(1280, 720)})
                QTest::addRow("%s %d", dark ? "dark" : "light", size.width()) << dark << size;
    }

    void looksWhole()
    {
        QFETCH(bool, dark);
        QFETCH(QSize, size);
        common::apply(*qApp, dark ? common::Scheme::Dark : common::Scheme::Light);
        inspector::InspectorWindow& window = open(threeHops);
        window.resize(size);
        QTest::qWait(30);
        mustLookWhole(window);
        mustBeReadable(*raw(window));
        window.findChild<common::Pages*>()->setPage(1);
        QTest::qWait(10);
        mustLookWhole(window);
        mustBeReadable(*window.findChild<QPlainTextEdit*>(QStringLiteral("bodyText")));
        common::apply(*qApp, common::Scheme::Light);
    }

    void rowMarksItsLines()
    {
        inspector::InspectorWindow& window = open(threeHops);
        QAbstractItemView& rows = *letter(window);
        // It begins with the hop that took the message in.
        QVERIFY(rows.currentIndex().data(LetterModel::SubmissionRole).toBool());
        QCOMPARE(marked(window), QStringLiteral("Received: from User (unknown [203.0.113.77])"));
        QCOMPARE(raw(window)->extraSelections().size(), 3);
        QTest::mouseClick(rows.viewport(), Qt::LeftButton, {}, rows.visualRect(finding(rows)).center());
        QVERIFY(marked(window).startsWith(u"From: "));
    }

    void lineChoosesItsRow()
    {
        inspector::InspectorWindow& window = open(threeHops);
        common::EvidenceText* text = raw(window);
        text->setTextCursor(
            QTextCursor(text->document()->findBlockByNumber(4))); // a fold of the second field
        QVERIFY(letter(window)->currentIndex().data().toString().contains(u"198.51.100.20"));
        QVERIFY(marked(window).startsWith(u"Received: from vps7"));
        text->setTextCursor(QTextCursor(text->document()->lastBlock())); // of the body: there is no such row
        QVERIFY(text->extraSelections().isEmpty());
    }

    void keyboardSuffices()
    {
        inspector::InspectorWindow& window = open(threeHops);
        QAbstractItemView& rows = *letter(window);
        rows.setFocus();
        QTRY_VERIFY(rows.hasFocus());
        QTest::keyClick(&rows, Qt::Key_Home);
        const QString first = rows.currentIndex().data().toString();
        QTest::keyClick(&rows, Qt::Key_Down);
        QVERIFY(rows.currentIndex().data().toString() != first);
        QSet<int> kinds;
        for (int row = 0; row < rows.model()->rowCount(); ++row) {
            kinds.insert(rows.currentIndex().data(LetterModel::KindRole).toInt());
            QTest::keyClick(&rows, Qt::Key_Down);
        }
        QVERIFY(!kinds.contains(int(LetterModel::Kind::Section))); // headings are walked over
        QVERIFY(kinds.contains(int(LetterModel::Kind::Field)));
        QTest::keyClick(&rows, Qt::Key_Tab);
        auto* tabs = window.findChild<common::Tabs*>();
        QVERIFY(tabs->hasFocus());
        QTest::keyClick(tabs, Qt::Key_Right);
        QTRY_VERIFY(window.findChild<QPlainTextEdit*>(QStringLiteral("bodyText"))->isVisible());
        QTest::keyClick(&window, Qt::Key_Escape);
        QVERIFY(!window.isVisible());
    }

    void largeIsReadBesideTheWindow()
    {
        std::string large = threeHops;
        while (large.size() < 9'000'000)
            large += "<p>line after line of nothing in particular</p>\n";
        inspector::InspectorWindow& window = open(large, Settled::No);
        QVERIFY(window.findChild<QWidget*>(QStringLiteral("busy"))->isVisible());
        QTRY_VERIFY(letter(window)->isVisible());
        QVERIFY(window.findChild<common::Tabs*>()->tabText(0).contains(u"4000"));
        QCOMPARE(window.windowTitle(), QStringLiteral("Message letter.eml"));
    }

    void whatIsNoMessageIsSaid()
    {
        inspector::InspectorWindow& window = open({}, Settled::No);
        QTRY_VERIFY(said(window).contains(QStringLiteral("cannot be looked into")));
        QTest::qWait(30);
        mustLookWhole(window);
    }

    void queuedCopyIsBesideTheStory()
    {
        m_window->goTo(StepId::Identify);
        auto* pages = m_window->findChild<common::Pages*>(QStringLiteral("identifyPages"));
        auto* page = m_window->findChild<shell::IdentifyPage*>();
        pages->setPage(1);
        const triage::Analysis& analysis = *m_desk->snapshot()->analysis;
        const std::string id = sampledAndLogged(analysis);
        page->selectJourney(analysis.log->findQueueId(id).back());
        QTRY_VERIFY(letter(*pages)->isVisible());
        QVERIFY(raw(*pages)->toPlainText().contains(QString::fromStdString(id)));
        mustLookWhole(*m_window);
        page->selectJourney(0); // long gone
        QTRY_VERIFY(said(*pages).contains(QStringLiteral("no longer in the queue")));
        QVERIFY(said(*pages).contains(QLocale().toString(int(analysis.facts.queued.size()))));
        pages->setPage(0);
    }

    void queueIsShownAndLedToTheInspector()
    {
        QTableView& table = *showQueue();
        const auto& analysis = *m_desk->snapshot()->analysis;
        QCOMPARE(table.model()->rowCount(), int(analysis.facts.queue.size()));
        QVERIFY(!scrolls(*m_window));
        mustLookWhole(*m_window);
        const QString totals = m_window->findChild<QLabel*>(QStringLiteral("queueTotals"))->text();
        QVERIFY(totals.contains(QLocale().toString(qulonglong(analysis.verdict.suspectQueue.size()))));
        QVERIFY(m_window->findChild<QLabel*>(QStringLiteral("queueDeadline"))->isVisible());
        auto* about = m_window->findChild<QLabel*>(QStringLiteral("queueAbout"));
        for (const bool sampled : {false, true}) {
            int row = 0;
            while (table.model()->index(row, 0).data(QueueTable::SampledRole).toBool() != sampled)
                ++row;
            table.setCurrentIndex(table.model()->index(row, 0));
            QVERIFY(!about->text().isEmpty());
            QTest::keyClick(&table, Qt::Key_Return);
            QCOMPARE(about->text().contains(u"not sampled, so"), !sampled);
            QCOMPARE(m_window->findChild<QDialog*>(QStringLiteral("inspectorWindow")) != nullptr, sampled);
        }
    }

    void queueIsGroupedAndSearched()
    {
        QTableView& table = *showQueue();
        auto* groups = m_window->findChild<QTableView*>(QStringLiteral("queueGroups"));
        auto* grouping = m_window->findChild<QComboBox*>(QStringLiteral("queueGrouping"));
        auto* search = m_window->findChild<QLineEdit*>(QStringLiteral("queueSearch"));
        const int all = table.model()->rowCount();
        for (int each = 1; each < items::GroupingCount; ++each) {
            grouping->setCurrentIndex(each);
            QTRY_VERIFY(groups->isVisible() && groups->model()->rowCount() > 0);
            mustLookWhole(*m_window);
            groups->setCurrentIndex(groups->model()->index(0, 0));
            const int count = groups->model()
                                  ->index(0, items::QueueGroupModel::Messages)
                                  .data(items::QueueGroupModel::SortRole)
                                  .toInt();
            QTRY_COMPARE(table.model()->rowCount(), count);
        }
        grouping->setCurrentIndex(0);
        QTRY_COMPARE(table.model()->rowCount(), all);
        QTest::keyClicks(search, QStringLiteral("no such message"));
        QTRY_COMPARE(table.model()->rowCount(), 0);
        search->clear();
        QTRY_COMPARE(table.model()->rowCount(), all);
    }

    void emptyQueueSaysWhy_data()
    {
        QTest::addColumn<bool>("analysed");
        QTest::addColumn<bool>("listed");
        QTest::addColumn<QString>("heading");
        QTest::newRow("no evidence") << false << false << QStringLiteral("not known yet");
        QTest::newRow("no listing") << true << false << QStringLiteral("no listing");
        QTest::newRow("empty") << true << true << QStringLiteral("is empty");
    }

    void emptyQueueSaysWhy()
    {
        QFETCH(bool, analysed);
        QFETCH(bool, listed);
        QFETCH(QString, heading);
        queuescreen::QueueScreen screen;
        screen.resize(900, 500);
        screen.setVisible(true);
        auto analysis = std::make_shared<triage::Analysis>();
        analysis->queueKnown = listed;
        screen.show(analysed ? analysis : nullptr);
        QVERIFY(said(screen).contains(heading));
        QTest::qWait(50); // the worker's answer must not bring an empty table
        QVERIFY(said(screen).contains(heading));
    }

private:
    enum class Settled { No, Yes };

    inspector::InspectorWindow& open(const std::string& text, Settled settled = Settled::Yes)
    {
        auto* window = new inspector::InspectorWindow(m_window.get());
        window->inspector().open(written(*m_folder, text));
        window->show();
        window->activateWindow();
        if (settled == Settled::Yes)
            [&] { QTRY_VERIFY(letter(*window)->isVisible()); }();
        return *window;
    }

    static QAbstractItemView* letter(const QWidget& window)
    {
        return window.findChild<QAbstractItemView*>(QStringLiteral("letter"));
    }

    static common::EvidenceText* raw(const QWidget& window)
    {
        return window.findChild<common::EvidenceText*>(QStringLiteral("rawText"));
    }

    static QString marked(const QWidget& window)
    {
        const auto selections = raw(window)->extraSelections();
        return selections.isEmpty() ? QString() : selections.front().cursor.block().text();
    }

    static QModelIndex finding(const QAbstractItemView& rows)
    {
        for (int row = 0; row < rows.model()->rowCount(); ++row) {
            const QModelIndex index = rows.model()->index(row, 0);
            if (index.data(LetterModel::KindRole).toInt() == int(LetterModel::Kind::Finding)
                && index.data(LetterModel::GradeRole).toInt() == int(message::Grade::Direct))
                return index;
        }
        return {};
    }

    static QString said(const QWidget& widget)
    {
        QStringList texts;
        for (const QLabel* label : widget.findChildren<QLabel*>())
            if (label->isVisible())
                texts += label->text();
        return texts.join(u' ');
    }

    static std::string sampledAndLogged(const triage::Analysis& analysis)
    {
        for (const auto& [id, copy] : analysis.facts.queued)
            if (!analysis.log->findQueueId(id).empty())
                return id;
        return {};
    }

    QTableView* showQueue()
    {
        m_window->goTo(StepId::Queue);
        m_window->findChild<common::Pages*>(QStringLiteral("queuePages"))->setPage(1);
        auto* table = m_window->findChild<QTableView*>(QStringLiteral("queueEntries"));
        [&] { QTRY_VERIFY(table->isVisible() && table->model()->rowCount() > 0); }();
        return table;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<shell::MainWindow> m_window;
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    common::apply(application, common::Scheme::Light);
    InspectorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_inspector.moc"
