// SPDX-License-Identifier: GPL-3.0-or-later
// A technician's way through the window with mouse and keyboard, from the first look to the named source.
#include "tests/support/visible.h"

#include "models/desk/desk.h"
#include "models/words/words.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/timeline/timeline.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace sluicegate;
using shell::StepId;

class TestJourneys : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void demoByMouse();
    void demoByKeyboard();
    void queueIsCleared();
    void sourceIsShutDown();
    void gateOpensForNobodyYet();
    void pastedNoticeIsReadBack();
    void rubbishIsSaidInWords();

private:
    template <typename Widget> Widget* find(const char* name) const
    {
        return tests::visible<Widget>(*m_window, name);
    }
    void click(const char* name);
    void waitForSource();
    void sayYes();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<shell::MainWindow> m_window;
};

void TestJourneys::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<desk::Desk>(m_folder->path().toStdString());
    m_window = std::make_unique<shell::MainWindow>(*m_desk);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
}

void TestJourneys::cleanup()
{
    m_window.reset();
    m_desk.reset();
}

void TestJourneys::click(const char* name)
{
    auto* button = find<QAbstractButton>(name);
    QVERIFY2(button && button->isEnabled(), name);
    QTest::mouseClick(button, Qt::LeftButton);
}

void TestJourneys::waitForSource()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->snapshot()->analysis && !m_desk->snapshot()->running, 60000);
    QVERIFY(!m_desk->snapshot()->trouble);
}

void TestJourneys::demoByMouse()
{
    click("stateAction"); // the demo incident
    waitForSource();
    click("continue"); // to the evidence
    QCOMPARE(m_window->step(), StepId::Evidence);
    QVERIFY(find<QAbstractItemView>("evidence")->model()->rowCount() > 0);
    click("continue"); // to the messages
    QCOMPARE(m_window->step(), StepId::Identify);
    auto* messages = find<QAbstractItemView>("messages");
    QTRY_VERIFY(messages->model()->rowCount() > 0);
    const int all = messages->model()->rowCount();
    QTest::mouseClick(messages->viewport(), Qt::LeftButton, {},
        messages->visualRect(messages->model()->index(0, 0)).center());
    QTRY_VERIFY(!find<QPlainTextEdit>("evidenceText")->toPlainText().isEmpty());

    auto* timeline = m_window->findChild<timeline::Timeline*>();
    const QPoint middle = timeline->rect().center();
    QTest::mousePress(timeline, Qt::LeftButton, {}, middle);
    QTest::mouseMove(timeline, middle + QPoint(60, 0));
    QTest::mouseRelease(timeline, Qt::LeftButton, {}, middle + QPoint(60, 0));
    QTRY_VERIFY(find<QWidget>("chip") && messages->model()->rowCount() < all);
    click("removeChip");
    QTRY_COMPARE(messages->model()->rowCount(), all);

    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(m_window->step(), StepId::Source);
    const auto& culprit = m_desk->snapshot()->analysis->verdict.suspects.front();
    QVERIFY(find<QAbstractItemView>("suspects")->model()->index(0, 0).data().toString()
        == words::name(culprit.source));
    QVERIFY(find<QAbstractItemView>("clues")->model()->rowCount() > 0);
    QVERIFY(!find<QLabel>("verdict")->text().isEmpty());
    click("showMessages");
    QCOMPARE(m_window->step(), StepId::Identify);
    QTRY_COMPARE(quint64(messages->model()->rowCount()), quint64(culprit.journeys.size()));
}

// Runs what is planned as a technician does: the button, then yes.
void TestJourneys::sayYes()
{
    click("runAction");
    QVERIFY(!find<QPushButton>("runAction"));
    click("sureYes");
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->snapshot()->running, 60000);
    QVERIFY(!m_desk->snapshot()->trouble);
}

void TestJourneys::queueIsCleared()
{
    m_desk->startDemo({});
    waitForSource();
    const auto analysis = m_desk->snapshot()->analysis;
    const std::size_t spam = analysis->verdict.suspects.front().queueIds.size();
    const std::size_t all = analysis->facts.queue.size();
    QVERIFY(spam > 0 && spam < all);
    m_window->goTo(StepId::Queue);
    QVERIFY(!find<QPushButton>("plan-restore-queue")); // nothing to bring back yet
    click("plan-clear-queue");
    QTRY_VERIFY(find<QPlainTextEdit>("commands"));
    const QString commands = find<QPlainTextEdit>("commands")->toPlainText();
    QVERIFY(commands.contains(u"postsuper -h -") && commands.contains(u"postsuper -d -"));

    click("runAction");
    click("sureNo");
    QVERIFY(m_desk->snapshot()->handled.empty());

    sayYes();
    const containment::Ending cleared = *m_desk->snapshot()->handling->ending;
    QVERIFY(cleared.whole());
    QCOMPARE(cleared.totals().done, spam);
    QCOMPARE(cleared.keptBefore, all - spam);
    QCOMPARE(cleared.keptAfter, all - spam);
    QVERIFY(find<QLabel>("endingHeading"));

    QTRY_VERIFY(find<QPushButton>("plan-restore-queue"));
    click("plan-restore-queue");
    QTRY_VERIFY(m_desk->snapshot()->handling->plan.action == containment::ActionId::RestoreQueue);
    QCOMPARE(m_desk->snapshot()->handling->plan.selection.items.size(), spam);
}

void TestJourneys::sourceIsShutDown()
{
    m_desk->startDemo({});
    waitForSource();
    m_window->goTo(StepId::ShutDown);
    QPushButton* first = nullptr;
    for (QPushButton* button : m_window->findChildren<QPushButton*>())
        if (!first && button->isVisible() && button->objectName().startsWith(u"plan-"))
            first = button;
    QVERIFY(first);
    QTest::mouseClick(first, Qt::LeftButton);
    QTRY_VERIFY(m_desk->snapshot()->handling);
    sayYes();
    QVERIFY(m_desk->snapshot()->handling->acted);
    QVERIFY(m_desk->snapshot()->handling->whole());
    QVERIFY(find<QLabel>("endingHeading"));
}

void TestJourneys::gateOpensForNobodyYet()
{
    m_desk->startDemo({});
    waitForSource();
    m_window->goTo(StepId::Ready);
    QTRY_VERIFY(m_desk->snapshot()->gate && find<QLabel>("gateVerdict"));
    const auto shut = [this] { return m_desk->snapshot()->gate->conditions.front(); };
    QCOMPARE(shut().id, readiness::ConditionId::SourceShut);
    QCOMPARE(shut().state, readiness::State::NotMet);
    QVERIFY(!find<QPushButton>("gateUnblock"));
    m_window->goTo(StepId::ShutDown);
    click("plan-change-password");
    QTRY_VERIFY(m_desk->snapshot()->handling);
    sayYes();
    m_window->goTo(StepId::Ready);
    QTRY_COMPARE(shut().state, readiness::State::Met);
    QVERIFY(!find<QPushButton>("gateUnblock")); // the spam still waits in the queue
    m_desk->recordUnblock();
    QTest::qWait(100);
    QVERIFY(!m_desk->snapshot()->unblocked);
}

void TestJourneys::demoByKeyboard()
{
    QTest::keyClick(m_window.get(), Qt::Key_D, Qt::ControlModifier);
    waitForSource();
    QTest::keyClick(m_window.get(), Qt::Key_3, Qt::ControlModifier);
    QCOMPARE(m_window->step(), StepId::Identify);
    auto* messages = find<QAbstractItemView>("messages");
    QTRY_VERIFY(messages->model()->rowCount() > 2);
    messages->setFocus();
    QTest::keyClick(messages, Qt::Key_Down);
    QTest::keyClick(messages, Qt::Key_Down);
    QTRY_VERIFY(!find<QPlainTextEdit>("evidenceText")->toPlainText().isEmpty());
    auto* search = find<QLineEdit>("search");
    search->setFocus();
    QTest::keyClicks(search, QStringLiteral("no such address anywhere"));
    QTest::keyClick(search, Qt::Key_Return);
    QTRY_COMPARE(messages->model()->rowCount(), 0);
    click("clearFilters");
    QTRY_VERIFY(messages->model()->rowCount() > 2);
    QTest::keyClick(m_window.get(), Qt::Key_4, Qt::ControlModifier);
    QCOMPARE(m_window->step(), StepId::Source);
    auto* clues = find<QAbstractItemView>("clues");
    clues->setFocus();
    QTest::keyClick(clues, Qt::Key_Home);
    QVERIFY(!m_desk->snapshot()->analysis->verdict.suspects.empty());
    for (int step = 0; step < shell::StepCount; ++step) {
        QTest::keyClick(m_window.get(), Qt::Key(Qt::Key_1 + step), Qt::ControlModifier);
        QCOMPARE(int(m_window->step()), step);
    }
}

void TestJourneys::pastedNoticeIsReadBack()
{
    QGuiApplication::clipboard()->setText(QStringLiteral(
        "Port 25 of your server mx.harbour.example (198.51.100.20) was blocked on 2026-11-23 09:30 UTC.\n"
        "Message-ID: <spam3@shop.example>\n"));
    auto* field = find<QPlainTextEdit>("noticeText");
    field->setFocus();
    QTest::keyClick(field, Qt::Key_V, Qt::ControlModifier);
    QTRY_VERIFY(m_desk->snapshot()->notice.has_value());
    QCOMPARE(find<QLabel>("factServer")->text(), QStringLiteral("mx.harbour.example"));
    QCOMPARE(find<QAbstractItemView>("noticeIds")->model()->rowCount(), 1);
    click("continue");
    QCOMPARE(m_window->step(), StepId::Evidence);
    QCOMPARE(find<QLineEdit>("host")->text(), QStringLiteral("mx.harbour.example"));
}

void TestJourneys::rubbishIsSaidInWords()
{
    m_desk->readNotice(std::string("\0\x01\x02\x7f\0\0\xff\xfe", 8));
    auto* trouble = find<QWidget>("trouble");
    QVERIFY(trouble);
    QVERIFY(!trouble->accessibleDescription().isEmpty());
    QVERIFY(!m_desk->snapshot()->notice);
}

QTEST_MAIN(TestJourneys)
#include "tst_journeys.moc"
