// SPDX-License-Identifier: GPL-3.0-or-later
// The demo incident from the first look to the written report by the keyboard alone: every key goes to
// whatever has the focus, and nothing here gives the focus to anything.
#include "tests/support/visible.h"

#include "models/demo/incident.h"
#include "models/desk/desk.h"
#include "models/words/words.h"
#include "widgets/shell/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSet>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace sluicegate;
using shell::StepId;

class TestKeyboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void everyStepIsReached_data();
    void everyStepIsReached();
    void fromDroppedNoticeToSource();
    void fromFirstLookToReport();

private:
    template <typename Widget> Widget* find(const char* name) const
    {
        return tests::visible<Widget>(*m_window, name);
    }
    static void press(int key, Qt::KeyboardModifiers held = {});
    static void type(const QString& text);
    static void tabTo(const char* name);
    static void activate(const char* name);
    void waitForSource();
    void runThePlan();
    QString sourceOnRail() const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<shell::MainWindow> m_window;
};

namespace {

QWidget* focused()
{
    QWidget* widget = QApplication::focusWidget();
    return widget ? widget : QApplication::activeWindow();
}

bool isReachable(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus)
        && !widget.focusProxy() && !widget.visibleRegion().isEmpty();
}

/// What a hand on the mouse could use on the page that is shown.
QSet<const QWidget*> usable(const QWidget& page)
{
    QSet<const QWidget*> all;
    for (const QWidget* widget : page.findChildren<QWidget*>()) {
        if (isReachable(*widget))
            all.insert(widget);
    }
    return all;
}

} // namespace

void TestKeyboard::press(int key, Qt::KeyboardModifiers held)
{
    QVERIFY(focused());
    QTest::keyPress(focused(), Qt::Key(key), held);
    if (focused()) // what the key led to gets its release
        QTest::keyRelease(focused(), Qt::Key(key), held);
}

void TestKeyboard::type(const QString& text)
{
    QVERIFY(focused());
    QTest::keyClicks(focused(), text);
}

void TestKeyboard::tabTo(const char* name)
{
    constexpr int most = 60;
    for (int tabs = 0; tabs < most; ++tabs) {
        if (focused()->objectName() == QLatin1String(name))
            return;
        press(Qt::Key_Tab);
    }
    QFAIL(qPrintable(QStringLiteral("Tab does not lead to ") + QLatin1String(name)));
}

void TestKeyboard::activate(const char* name)
{
    tabTo(name);
    press(Qt::Key_Return);
}

void TestKeyboard::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<desk::Desk>(m_folder->path().toStdString());
    m_window = std::make_unique<shell::MainWindow>(*m_desk);
    m_window->show();
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestKeyboard::cleanup()
{
    m_window.reset();
    m_desk.reset();
}

void TestKeyboard::waitForSource()
{
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->snapshot()->analysis && !m_desk->snapshot()->running, 60000);
    QVERIFY(!m_desk->snapshot()->trouble);
}

QString TestKeyboard::sourceOnRail() const
{
    const auto* steps = find<QAbstractItemView>("steps");
    return steps->model()->index(int(StepId::Source), 0).data(Qt::AccessibleTextRole).toString();
}

void TestKeyboard::everyStepIsReached_data()
{
    QTest::addColumn<int>("step");
    for (int step = 0; step < shell::StepCount; ++step)
        QTest::addRow("%d", step) << step;
}

// Tab walks round, and comes by everything that can be used.
void TestKeyboard::everyStepIsReached()
{
    QFETCH(int, step);
    press(Qt::Key_D, Qt::ControlModifier);
    waitForSource();
    press(Qt::Key_1 + step, Qt::ControlModifier);
    QCOMPARE(int(m_window->step()), step);
    QTest::qWait(100);
    const QWidget* page = m_window->findChild<QStackedWidget*>(QStringLiteral("pages"))->currentWidget();
    QSet<const QWidget*> left = usable(*page);
    QVERIFY(!left.isEmpty());
    QVERIFY2(page->isAncestorOf(QApplication::focusWidget()), "the step that was asked for has the focus");
    constexpr int most = 200;
    for (int tabs = 0; tabs < most && !left.isEmpty(); ++tabs) {
        left.remove(QApplication::focusWidget());
        press(Qt::Key_Tab);
    }
    for (const QWidget* widget : left)
        qWarning("out of reach: %s %s", widget->metaObject()->className(), qPrintable(widget->objectName()));
    QVERIFY(left.isEmpty());
}

// A server with an address would be connected to in the third action; the demo's has none, and its key stands
// in.
void TestKeyboard::fromDroppedNoticeToSource()
{
    const auto incident = demo::Incident::load(demo::incidents().front());
    QVERIFY(incident);
    int actions = 0;
    QMimeData dropped;
    dropped.setText(QString::fromStdString((*incident)->notice()));
    QDragEnterEvent enter(
        m_window->rect().center(), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(m_window->rect().center(), Qt::CopyAction, &dropped, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
    ++actions;
    QVERIFY(m_desk->snapshot()->notice);
    QCOMPARE(focused()->objectName(), QStringLiteral("continue"));
    press(Qt::Key_Return);
    ++actions;
    QCOMPARE(m_window->step(), StepId::Evidence);
    QCOMPARE(focused()->objectName(), QStringLiteral("connect"));
    QVERIFY(focused()->isEnabled() && !find<QLineEdit>("host")->text().isEmpty());
    press(Qt::Key_D, Qt::ControlModifier);
    ++actions;
    waitForSource();
    const attribution::Suspect& culprit = m_desk->snapshot()->analysis->verdict.suspects.front();
    QVERIFY2(sourceOnRail().contains(words::name(culprit.source)), qPrintable(sourceOnRail()));
    qInfo("user actions from the dropped notice to the named source: %d", actions);
    QVERIFY(actions <= 3);
}

void TestKeyboard::runThePlan()
{
    QTRY_VERIFY(find<QPlainTextEdit>("commands") && find<QPlainTextEdit>("commands")->hasFocus());
    QVERIFY(!find<QPlainTextEdit>("commands")->toPlainText().isEmpty());
    activate("runAction");
    QCOMPARE(focused()->objectName(), QStringLiteral("sureNo"));
    activate("sureYes");
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->snapshot()->running, 60000);
    QVERIFY(!m_desk->snapshot()->trouble);
    QVERIFY(m_desk->snapshot()->handling->whole());
}

void TestKeyboard::fromFirstLookToReport()
{
    activate("stateAction"); // the demo incident
    waitForSource();

    press(Qt::Key_3, Qt::ControlModifier);
    auto* messages = find<QAbstractItemView>("messages");
    QTRY_VERIFY(messages->model()->rowCount() > 2);
    tabTo("messages");
    press(Qt::Key_End, Qt::ControlModifier);
    press(Qt::Key_Up);
    QTRY_VERIFY(!find<QPlainTextEdit>("evidenceText")->toPlainText().isEmpty());

    press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    type(QStringLiteral("source"));
    press(Qt::Key_Return);
    QCOMPARE(m_window->step(), StepId::Source);
    m_window->activateWindow(); // as a window manager does when a dialog ends
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const attribution::Suspect culprit = m_desk->snapshot()->analysis->verdict.suspects.front();
    tabTo("suspects");
    press(Qt::Key_Down);
    press(Qt::Key_Home);
    tabTo("clues");
    press(Qt::Key_Down);
    QVERIFY(!find<QPlainTextEdit>("evidenceText")->toPlainText().isEmpty());
    activate("continue");
    QCOMPARE(m_window->step(), StepId::ShutDown);

    activate("plan-change-password");
    QTRY_VERIFY(m_desk->snapshot()->handling);
    runThePlan();

    press(Qt::Key_6, Qt::ControlModifier);
    activate("plan-clear-queue");
    QTRY_VERIFY(m_desk->snapshot()->handling->plan.action == containment::ActionId::ClearQueue);
    runThePlan();
    QCOMPARE(m_desk->snapshot()->handling->ending->totals().done, culprit.queueIds.size());

    press(Qt::Key_7, Qt::ControlModifier);
    QTRY_VERIFY(find<QLabel>("gateVerdict") && !find<QLabel>("gateVerdict")->text().isEmpty());
    QTRY_COMPARE(m_desk->snapshot()->gate->conditions.front().state, readiness::State::Met);

    press(Qt::Key_8, Qt::ControlModifier);
    const QString file = m_folder->filePath(QStringLiteral("report.md"));
    QTimer::singleShot(300, this, [&file] { // the dialog has an event loop of its own
        QVERIFY(qobject_cast<QFileDialog*>(QApplication::activeModalWidget()));
        press(Qt::Key_A, Qt::ControlModifier);
        type(file);
        press(Qt::Key_Return);
    });
    activate("export-md");
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->snapshot()->exported.empty(), 60000);
    QFile report(file);
    QVERIFY(report.open(QIODevice::ReadOnly));
    QVERIFY(report.readAll().contains(culprit.source.account.c_str()));
}

QTEST_MAIN(TestKeyboard)
#include "tst_keyboard.moc"
