// SPDX-License-Identifier: GPL-3.0-or-later
// Going somewhere without looking for it: the palette, the keys, filters edited, inverted and undone, recent
// cases.
#include "tests/support/visible.h"

#include "models/desk/desk.h"
#include "models/items/cells.h"
#include "widgets/shell/commands.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/shell/recentcases.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace sluicegate;
using shell::StepId;

class TestGoto : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void lettersMatchInOrder_data();
    void lettersMatchInOrder();
    void bestMatchComesFirst();
    void rangesAreReadBack_data();
    void rangesAreReadBack();
    void paletteFindsAMessage_data();
    void paletteFindsAMessage();
    void paletteFindsASuspect();
    void paletteRunsACommand();
    void paletteGoesAwayByEscape();
    void chipIsEdited();
    void chipKeepsWhatCannotBeRead();
    void chipOffersTheOtherOutcomes();
    void filterIsUndone();
    void keysAreListedOnce();
    void recentCasesAreListed();

private:
    template <typename Widget> Widget* find(const char* name) const
    {
        return tests::visible<Widget>(*m_window, name);
    }
    QLineEdit* openPalette();
    int rows() const { return find<QAbstractItemView>("messages")->model()->rowCount(); }
    void searchFor(const QString& text);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<shell::MainWindow> m_window;
};

void TestGoto::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<desk::Desk>(m_folder->path().toStdString());
    m_window = std::make_unique<shell::MainWindow>(*m_desk);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_window->activateWindow();
    m_desk->startDemo({});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->snapshot()->analysis && !m_desk->snapshot()->running, 60000);
}

void TestGoto::cleanupTestCase()
{
    m_window.reset();
    m_desk.reset();
}

void TestGoto::init()
{
    m_window->activateWindow(); // without a window manager nobody does it when a popup ends
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->goTo(StepId::Identify);
    if (auto* clear = find<QToolButton>("clearFilters"))
        clear->click();
    QTRY_COMPARE(rows(), int(m_desk->snapshot()->analysis->log->size()));
    m_window->goTo(StepId::Notice);
}

QLineEdit* TestGoto::openPalette()
{
    QTest::keyClick(m_window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    return find<QLineEdit>("paletteText");
}

void TestGoto::searchFor(const QString& text)
{
    m_window->goTo(StepId::Identify);
    auto* search = find<QLineEdit>("search");
    QTest::keyClicks(search, text);
    QTest::keyClick(search, Qt::Key_Return);
}

void TestGoto::lettersMatchInOrder_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<bool>("matches");
    QTest::newRow("everything answers to nothing") << "Open a notice" << "" << true;
    QTest::newRow("the beginning") << "Open a notice" << "open" << true;
    QTest::newRow("initials") << "Open a notice" << "oan" << true;
    QTest::newRow("case and blanks do not matter") << "Open a notice" << "OP NOT" << true;
    QTest::newRow("wrong order") << "Open a notice" << "notop" << false;
    QTest::newRow("a letter twice that is there once") << "Quit" << "quiit" << false;
}

void TestGoto::lettersMatchInOrder()
{
    QFETCH(QString, text);
    QFETCH(QString, typed);
    QFETCH(bool, matches);
    QCOMPARE(shell::match(text, typed).has_value(), matches);
}

void TestGoto::bestMatchComesFirst()
{
    const QList<shell::Command> all {{.text = QStringLiteral("Save the report"), .place = {}, .run = {}},
        {.text = QStringLiteral("Shut down"), .place = {}, .run = {}},
        {.text = QStringLiteral("Source"), .place = {}, .run = {}}};
    QCOMPARE(shell::matching(all, QStringLiteral("so")).front().text, QStringLiteral("Source"));
    QCOMPARE(shell::matching(all, QStringLiteral("sd")).front().text, QStringLiteral("Shut down"));
    QCOMPARE(shell::matching(all, {}).size(), 3);
    QVERIFY(shell::matching(all, QStringLiteral("xyz")).isEmpty());
}

void TestGoto::rangesAreReadBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qint64>("seconds");
    QTest::newRow("one day") << "2026-11-23 09:40 – 10:12" << qint64(32 * 60);
    QTest::newRow("with seconds") << "2026-11-23 09:40:10 – 09:40:15" << qint64(5);
    QTest::newRow("two days") << "2026-11-23 23:00 – 2026-11-24 01:00" << qint64(7200);
    QTest::newRow("hyphen") << " 2026-11-23 09:40 - 10:12 " << qint64(32 * 60);
    QTest::newRow("backwards") << "2026-11-23 10:12 – 09:40" << qint64(0);
    QTest::newRow("no such day") << "2026-02-30 10:12 – 11:40" << qint64(0);
    QTest::newRow("words") << "this morning" << qint64(0);
    QTest::newRow("one end") << "2026-11-23 10:12 – " << qint64(0);
}

void TestGoto::rangesAreReadBack()
{
    QFETCH(QString, text);
    QFETCH(qint64, seconds);
    const std::optional<items::Span> span = items::spanOf(text);
    QCOMPARE(span.has_value(), seconds != 0);
    if (!span)
        return;
    QCOMPARE((span->until - span->from) / std::chrono::seconds(1), seconds);
    const std::optional<items::Span> again = items::spanOf(items::rangeText(span->from, span->until));
    QVERIFY(again && again->from == span->from && again->until == span->until);
}

void TestGoto::paletteFindsAMessage_data()
{
    QTest::addColumn<bool>("byMessageId");
    QTest::newRow("queue ID") << false;
    QTest::newRow("Message-ID in brackets") << true;
}

void TestGoto::paletteFindsAMessage()
{
    QFETCH(bool, byMessageId);
    const auto log = m_desk->snapshot()->analysis->log;
    const std::vector<std::uint32_t> found
        = log->findMessageId(m_desk->snapshot()->notice->ids.front().id.value);
    QVERIFY(!found.empty());
    const maillog::Journey journey = log->journey(found.front());
    const QString queueId = QString::fromStdString(std::string(journey.queueId()));
    const QString messageId = u'<' + QString::fromStdString(std::string(journey.messageId())) + u'>';
    QLineEdit* typed = openPalette();
    QVERIFY(typed && typed->hasFocus());
    QTest::keyClicks(typed, byMessageId ? messageId : queueId);
    QTest::keyClick(typed, Qt::Key_Return);
    QCOMPARE(m_window->step(), StepId::Identify);
    auto* messages = find<QAbstractItemView>("messages");
    const auto shown = [&] {
        QStringList cells;
        for (const QModelIndex& cell : messages->selectionModel()->selectedIndexes())
            cells += cell.data().toString();
        return cells;
    };
    QTRY_VERIFY(shown().contains(queueId));
    QVERIFY(!find<QLineEdit>("paletteText"));
}

void TestGoto::paletteFindsASuspect()
{
    const attribution::Suspect& culprit = m_desk->snapshot()->analysis->verdict.suspects.front();
    QLineEdit* typed = openPalette();
    QTest::keyClicks(typed, QString::fromStdString(culprit.source.account));
    QTest::keyClick(typed, Qt::Key_Return);
    QCOMPARE(m_window->step(), StepId::Identify);
    QTRY_COMPARE(rows(), int(culprit.journeys.size()));
}

void TestGoto::paletteRunsACommand()
{
    QLineEdit* typed = openPalette();
    auto* list = find<QAbstractItemView>("paletteList");
    const int all = list->model()->rowCount();
    QVERIFY(all > shell::StepCount);
    QTest::keyClicks(typed, QStringLiteral("source"));
    QVERIFY(list->model()->rowCount() < all);
    QCOMPARE(list->currentIndex().row(), 0);
    QTest::keyClick(typed, Qt::Key_Down);
    QCOMPARE(list->currentIndex().row(), 1);
    QTest::keyClick(typed, Qt::Key_Up);
    QTest::keyClick(typed, Qt::Key_Return);
    QCOMPARE(m_window->step(), StepId::Source);
}

void TestGoto::paletteGoesAwayByEscape()
{
    QLineEdit* typed = openPalette();
    QTest::keyClicks(typed, QStringLiteral("quit"));
    QTest::keyClick(typed, Qt::Key_Escape);
    QVERIFY(!find<QLineEdit>("paletteText"));
    QVERIFY(m_window->isVisible());
    QCOMPARE(m_window->step(), StepId::Notice);
}

void TestGoto::chipIsEdited()
{
    searchFor(QStringLiteral("no such address anywhere"));
    QTRY_COMPARE(rows(), 0);
    QVERIFY(find<QLabel>("emptyNote")); // an empty table says why
    QTest::mouseClick(find<QToolButton>("editChip"), Qt::LeftButton);
    auto* editor = find<QLineEdit>("chipEditor");
    QVERIFY(editor);
    QTRY_VERIFY(editor->hasFocus());
    QTest::keyClick(editor, Qt::Key_Escape);
    QVERIFY(!find<QLineEdit>("chipEditor"));
    QTest::mouseClick(find<QToolButton>("editChip"), Qt::LeftButton);
    editor = find<QLineEdit>("chipEditor");
    editor->setText(
        QString::fromStdString(m_desk->snapshot()->analysis->verdict.suspects.front().source.account));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_VERIFY(rows() > 0);
    QVERIFY(!find<QLabel>("emptyNote"));
    QVERIFY(rows() < int(m_desk->snapshot()->analysis->log->size()));
    const int with = rows();
    QTest::mouseClick(find<QToolButton>("invertChip"), Qt::LeftButton);
    QTRY_COMPARE(rows(), int(m_desk->snapshot()->analysis->log->size()) - with);
}

void TestGoto::chipKeepsWhatCannotBeRead()
{
    searchFor(QStringLiteral("office"));
    QTRY_VERIFY(find<QToolButton>("editChip"));
    QTest::mouseClick(find<QToolButton>("editChip"), Qt::LeftButton);
    find<QLineEdit>("chipEditor")->setText(QStringLiteral("   "));
    QTest::keyClick(find<QLineEdit>("chipEditor"), Qt::Key_Return);
    QVERIFY(find<QLineEdit>("chipEditor")); // it stays, with what to write
    QTest::keyClick(find<QLineEdit>("chipEditor"), Qt::Key_Escape);
    QVERIFY(find<QToolButton>("editChip")->text().contains(u"office"));
}

void TestGoto::chipOffersTheOtherOutcomes()
{
    m_window->goTo(StepId::Identify);
    for (QAction* action : find<QToolButton>("addFilter")->menu()->actions()) {
        if (action->text().remove(u'&') == u"Deferred")
            action->trigger();
    }
    QTRY_VERIFY(find<QToolButton>("editChip"));
    const int deferred = rows();
    QTest::mouseClick(find<QToolButton>("editChip"), Qt::LeftButton);
    const QPointer<QMenu> menu = find<QMenu>("chipMenu"); // goes with its chip
    QVERIFY(menu);
    QCOMPARE(menu->actions().size(), qsizetype(items::OutcomeCount));
    menu->actions().at(int(items::Outcome::Sent))->trigger();
    QTRY_VERIFY(rows() != deferred);
    QCOMPARE(find<QToolButton>("editChip")->text(), items::outcomeName(items::Outcome::Sent));
    if (menu)
        menu->close();
}

void TestGoto::filterIsUndone()
{
    const int all = int(m_desk->snapshot()->analysis->log->size());
    searchFor(QStringLiteral("no such address anywhere"));
    QTRY_COMPARE(rows(), 0);
    find<QAbstractItemView>("messages")->setFocus();
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(rows(), all);
    QVERIFY(!find<QWidget>("chip"));
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(rows(), 0);
}

void TestGoto::keysAreListedOnce()
{
    QSet<QString> seen;
    int withKeys = 0;
    for (const shell::Command& command : shell::commandsOf(*m_window->menuBar(), shell::Which::All)) {
        QVERIFY(!command.text.contains(u'&') && !command.text.isEmpty());
        if (command.keys.isEmpty())
            continue;
        ++withKeys;
        QVERIFY2(!seen.contains(command.keys.toString()), qPrintable(command.keys.toString()));
        seen.insert(command.keys.toString());
    }
    QVERIFY(withKeys > shell::StepCount);
    QTest::keyClick(m_window.get(), Qt::Key_F1);
    auto* keys = find<QAbstractItemView>("keys");
    QVERIFY(keys);
    QSet<QString> listed;
    for (int group = 0; group < keys->model()->rowCount(); ++group) {
        const QModelIndex parent = keys->model()->index(group, 0);
        for (int row = 0; row < keys->model()->rowCount(parent); ++row)
            listed.insert(keys->model()->index(row, 1, parent).data().toString());
    }
    for (const QString& sequence : seen)
        QVERIFY2(
            listed.contains(QKeySequence(sequence).toString(QKeySequence::NativeText)), qPrintable(sequence));
    QTest::keyClick(keys->window(), Qt::Key_Escape);
    QTRY_VERIFY(!find<QAbstractItemView>("keys"));
}

void TestGoto::recentCasesAreListed()
{
    const QTemporaryDir folder;
    const std::filesystem::path cases = folder.path().toStdString();
    QVERIFY(shell::recentCases(cases / "nowhere", 5).empty());
    const auto make = [&](const char* name, std::chrono::hours ago) {
        std::filesystem::create_directory(cases / name);
        QFile journal(QString::fromStdString((cases / name / "journal.ndjson").string()));
        QVERIFY(journal.open(QIODevice::WriteOnly));
        journal.close();
        std::filesystem::last_write_time(
            cases / name / "journal.ndjson", std::filesystem::file_time_type::clock::now() - ago);
    };
    make("a old.sluice", std::chrono::hours(9));
    make("b new & fresh.sluice", std::chrono::hours(1));
    make("c middle.sluice", std::chrono::hours(5));
    std::filesystem::create_directory(cases / "no case");
    QMenu menu;
    std::vector<std::filesystem::path> opened;
    shell::fillRecent(menu, cases, [&](const std::filesystem::path& path) { opened.push_back(path); });
    QCOMPARE(menu.actions().size(), 3);
    QCOMPARE(menu.actions().front()->text(), QStringLiteral("b new && fresh"));
    menu.actions().front()->trigger();
    QCOMPARE(opened, std::vector {cases / "b new & fresh.sluice"});
    shell::fillRecent(menu, cases / "nowhere", {});
    QVERIFY(!menu.actions().front()->isEnabled());
}

QTEST_MAIN(TestGoto)
#include "tst_goto.moc"
