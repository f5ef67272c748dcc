// SPDX-License-Identifier: GPL-3.0-or-later
// The gate and the journal, by mouse and keyboard: a reason before a condition is passed over, consent before
// anybody is asked, and every step to read.
#include "tests/screens/measures.h"
#include "tests/support/visible.h"

#include "models/desk/desk.h"
#include "widgets/shell/mainwindow.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using shell::StepId;
using namespace sluicegate::screens;

class TestGateScreen : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void gateTakesAReason();
    void nobodyIsAskedWithoutConsent();
    void journalIsShown();

private:
    QTemporaryDir m_folder;
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<shell::MainWindow> m_window;
};

void TestGateScreen::initTestCase()
{
    m_desk = std::make_unique<desk::Desk>(m_folder.path().toStdString());
    m_window = std::make_unique<shell::MainWindow>(*m_desk);
    m_window->resize(1280, 720);
    m_window->show();
    m_desk->startDemo({});
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->snapshot()->running, 60000);
    QVERIFY(m_desk->snapshot()->analysis);
}

void TestGateScreen::cleanupTestCase()
{
    m_window.reset();
    m_desk.reset();
}

// A condition is passed over with a typed reason only, and that can be taken back.
void TestGateScreen::gateTakesAReason()
{
    m_window->goTo(StepId::Ready);
    QTRY_VERIFY(m_desk->snapshot()->gate);
    const auto open = [this] { return m_desk->snapshot()->gate->find(readiness::ConditionId::QueueClean); };
    QVERIFY(open() && !open()->stands());
    QTest::mouseClick(tests::visible<QPushButton>(*m_window, "waive-queue-clean"), Qt::LeftButton);
    auto* reason = tests::visible<QLineEdit>(*m_window, "reason-queue-clean");
    auto* give = tests::visible<QPushButton>(*m_window, "give-queue-clean");
    QVERIFY(reason && give && !give->isEnabled());
    QTest::keyClicks(reason, QStringLiteral("   "));
    QVERIFY(!give->isEnabled());
    QTest::keyClicks(reason, QStringLiteral("told by telephone"));
    QTest::qWait(50);
    mustLookWhole(*m_window);
    QTest::keyClick(reason, Qt::Key_Return);
    QTRY_VERIFY(open()->waived);
    QCOMPARE(open()->waived->reason, std::string("told by telephone"));
    QTest::qWait(50);
    mustLookWhole(*m_window);
    QTest::mouseClick(tests::visible<QPushButton>(*m_window, "withdraw-queue-clean"), Qt::LeftButton);
    QTRY_VERIFY(!open()->waived);
}

// The first click only asks; what is asked names the servers.
void TestGateScreen::nobodyIsAskedWithoutConsent()
{
    m_window->goTo(StepId::Ready);
    QTest::mouseClick(tests::visible<QPushButton>(*m_window, "remedy-ports-tested"), Qt::LeftButton);
    QVERIFY(!m_desk->snapshot()->running);
    auto* consent = tests::visible<QLabel>(*m_window, "consent-ports-tested");
    QVERIFY(consent);
    for (const profile::PortTarget& target : m_desk->snapshot()->profile->profile.portTargets)
        QVERIFY(consent->text().contains(QString::fromStdString(target.host)));
    QTest::qWait(50);
    mustLookWhole(*m_window);
    QTest::mouseClick(tests::visible<QPushButton>(*m_window, "give-ports-tested"), Qt::LeftButton);
    QVERIFY(m_desk->snapshot()->running);
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->snapshot()->running, 30000);
    QVERIFY2(!m_desk->snapshot()->trouble,
        m_desk->snapshot()->trouble ? m_desk->snapshot()->trouble->failure.detail.c_str() : "");
    QTRY_VERIFY(!m_desk->snapshot()->gate->probes.ports.empty());
}

void TestGateScreen::journalIsShown()
{
    m_window->goTo(StepId::Journal);
    QTRY_VERIFY(m_desk->snapshot()->journal);
    auto* table = tests::visible<QAbstractItemView>(*m_window, "journalTable");
    QVERIFY(table);
    const int all = table->model()->rowCount();
    QVERIFY(all > 5);
    QVERIFY(tests::visible<QLabel>(*m_window, "journalChain")->text().contains(u"holds"));
    mustLookWhole(*m_window);
    QTest::keyClicks(
        tests::visible<QLineEdit>(*m_window, "journalSearch"), QStringLiteral("told by telephone"));
    QVERIFY(table->model()->rowCount() > 0 && table->model()->rowCount() < all);
    QTest::mouseClick(tests::visible<QPushButton>(*m_window, "journalCopy"), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains(u"told by telephone"));
    tests::visible<QLineEdit>(*m_window, "journalSearch")->clear();
    const QTemporaryDir folder;
    desk::Desk empty(folder.path().toStdString());
    shell::MainWindow window(empty);
    window.show();
    window.goTo(StepId::Journal);
    QTest::qWait(50);
    QVERIFY(!tests::visible<QAbstractItemView>(window, "journalTable"));
    mustLookWhole(window);
}

QTEST_MAIN(TestGateScreen)
#include "tst_gatescreen.moc"
