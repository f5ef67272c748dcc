// SPDX-License-Identifier: GPL-3.0-or-later
// What an operator leaves behind in a case: notes and pins, filters; and mail that is dropped to be looked
// into.
#include "tests/support/visible.h"

#include "models/desk/desk.h"
#include "widgets/inspector/inspector.h"
#include "widgets/shell/mainwindow.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QDragEnterEvent>
#include <QFile>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

using namespace sluicegate;
using casefile::Remark;
using casefile::RemarkKind;
using shell::StepId;

class TestNotes : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void chosenThingsArePinned();
    void pinsAreUndone();
    void notesAreWrittenEditedAndTakenAway();
    void pinLeadsBack();
    void reportTellsThem_data();
    void reportTellsThem();
    void queueLeadsToTheLog();
    void caseComesBackAsItWas();
    void messageOffersTheInspector();
    void inspectorTakesADroppedMessage();
    void settingsAreChosen();

private:
    template <typename Widget> Widget* find(const char* name) const
    {
        return tests::visible<Widget>(*m_window, name);
    }
    const std::vector<Remark>& remarks() const { return *m_desk->snapshot()->remarks; }
    const triage::Analysis& analysis() const { return *m_desk->snapshot()->analysis; }
    int messages() const { return find<QAbstractItemView>("messages")->model()->rowCount(); }
    void key(int key, Qt::KeyboardModifiers held = {});
    void dropOnto(QWidget& target, const QString& file);
    QString someMail();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<shell::MainWindow> m_window;
};

void TestNotes::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<desk::Desk>(m_folder->path().toStdString());
    m_window = std::make_unique<shell::MainWindow>(*m_desk);
    m_window->show();
    m_desk->startDemo({});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->snapshot()->analysis && !m_desk->snapshot()->running, 60000);
}

void TestNotes::cleanupTestCase()
{
    m_window.reset();
    m_desk.reset();
}

void TestNotes::init()
{
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void TestNotes::key(int key, Qt::KeyboardModifiers held)
{
    QTest::keyClick(QApplication::focusWidget(), Qt::Key(key), held);
}

void TestNotes::dropOnto(QWidget& target, const QString& file)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file)});
    QDragEnterEvent enter(target.rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(target.rect().center(), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&target, &drop);
}

QString TestNotes::someMail()
{
    const QString path = m_folder->filePath(QStringLiteral("strange & odd.eml"));
    QFile file(path);
    if (file.open(QIODevice::WriteOnly))
        file.write(
            "Received: from client.test (client.test [203.0.113.9]) by mx.harbour.example with ESMTPSA\r\n"
            "\tid 4c0000000000001; Mon, 23 Nov 2026 09:00:00 +0000\r\n"
            "From: anna@harbour.example\r\nTo: ben@law.example\r\nSubject: Dinner\r\n"
            "Date: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nAt eight?\r\n");
    return path;
}

void TestNotes::chosenThingsArePinned()
{
    m_window->goTo(StepId::Identify);
    QTRY_VERIFY(messages() > 2);
    auto* table = find<QAbstractItemView>("messages");
    table->setCurrentIndex(table->model()->index(2, 0));
    QVERIFY(table->hasFocus());
    key(Qt::Key_B, Qt::ControlModifier);
    QTRY_COMPARE(remarks().size(), std::size_t(1));
    QCOMPARE(remarks().front().kind, RemarkKind::Message);
    QVERIFY(!remarks().front().lines.empty());
    QCOMPARE(find<QAbstractButton>("kept")->text(), QStringLiteral("Notes and pins (1)"));

    auto* lines = find<QPlainTextEdit>("evidenceText");
    lines->setFocus();
    key(Qt::Key_End, Qt::ControlModifier);
    key(Qt::Key_B, Qt::ControlModifier);
    QTRY_COMPARE(remarks().size(), std::size_t(2));
    const auto line = std::ranges::find(remarks(), RemarkKind::LogLine, &Remark::kind);
    QVERIFY(line != remarks().end());
    QCOMPARE(line->lines.size(), std::size_t(1));
    QVERIFY(lines->toPlainText().endsWith(QString::fromStdString(line->lines.front().text)));

    m_window->goTo(StepId::Source);
    key(Qt::Key_B, Qt::ControlModifier);
    QTRY_COMPARE(remarks().size(), std::size_t(3));
    QVERIFY(std::ranges::find(remarks(), RemarkKind::Suspect, &Remark::kind) != remarks().end());
    QVERIFY(std::ranges::is_sorted(remarks(), {}, &Remark::when));
}

void TestNotes::pinsAreUndone()
{
    key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(remarks().size(), std::size_t(2));
    key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(remarks().size(), std::size_t(3));
}

void TestNotes::notesAreWrittenEditedAndTakenAway()
{
    key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(m_window->step(), StepId::Notes);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("noteText"));
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Called the owner at ten."));
    key(Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(remarks().size(), std::size_t(4));
    QVERIFY(find<QPlainTextEdit>("noteText")->toPlainText().isEmpty());
    auto* list = find<QAbstractItemView>("remarks");
    const auto note = std::ranges::find(remarks(), RemarkKind::Note, &Remark::kind);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(int(note - remarks().begin()), 0));
    key(Qt::Key_F2);
    auto* editor = list->findChild<QLineEdit*>();
    QVERIFY(editor);
    editor->setText(QStringLiteral("Called the owner at eleven."));
    QTest::keyClick(editor, Qt::Key_Return);
    const auto words = [&] {
        return QString::fromStdString(std::ranges::find(remarks(), RemarkKind::Note, &Remark::kind)->words);
    };
    QTRY_COMPARE(words(), QStringLiteral("Called the owner at eleven."));
    list->setFocus();
    key(Qt::Key_Delete);
    QTRY_COMPARE(remarks().size(), std::size_t(3));
    key(Qt::Key_Z, Qt::ControlModifier);
    QTRY_COMPARE(remarks().size(), std::size_t(4));
    QCOMPARE(words(), QStringLiteral("Called the owner at eleven."));
}

void TestNotes::pinLeadsBack()
{
    for (const RemarkKind kind : {RemarkKind::LogLine, RemarkKind::Suspect}) {
        m_window->goTo(StepId::Notes);
        auto* list = find<QAbstractItemView>("remarks");
        const auto pin = std::ranges::find(remarks(), kind, &Remark::kind);
        const Remark wanted = *pin;
        list->setCurrentIndex(list->model()->index(int(pin - remarks().begin()), 0));
        key(Qt::Key_Return);
        QCOMPARE(m_window->step(), kind == RemarkKind::Suspect ? StepId::Source : StepId::Identify);
        if (kind == RemarkKind::LogLine) {
            QTRY_COMPARE(find<QPlainTextEdit>("evidenceText")->textCursor().selectedText(),
                QString::fromStdString(wanted.lines.front().text));
        }
    }
}

void TestNotes::reportTellsThem_data()
{
    QTest::addColumn<QString>("ending");
    for (const char* ending : {"md", "html", "json", "pdf"})
        QTest::newRow(ending) << QString::fromLatin1(ending);
}

void TestNotes::reportTellsThem()
{
    QFETCH(QString, ending);
    const std::size_t before = m_desk->snapshot()->exported.size();
    const QString path = m_folder->filePath(QStringLiteral("report.") + ending);
    m_desk->exportReport(path.toStdString());
    QTRY_COMPARE_WITH_TIMEOUT(m_desk->snapshot()->exported.size(), before + 1, 60000);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    QVERIFY(ending != u"pdf" || text.startsWith(u"%PDF"));
    if (ending == u"pdf")
        return;
    QVERIFY(text.contains(u"Called the owner at eleven"));
    for (const Remark& remark : remarks())
        if (remark.kind == RemarkKind::LogLine && ending == u"html")
            QVERIFY(
                text.contains(QString::fromStdString(remark.lines.front().text).toHtmlEscaped().left(40)));
}

void TestNotes::queueLeadsToTheLog()
{
    m_window->goTo(StepId::Identify);
    const std::string sender = analysis().facts.queue.front().sender;
    Q_EMIT m_window->findChild<inspector::Inspector*>()->filterWanted(
        {.field = items::Field::Sender, .value = sender});
    QTRY_VERIFY(messages() > 0 && messages() < int(analysis().log->size()));
}

void TestNotes::caseComesBackAsItWas()
{
    const std::vector<Remark> before = remarks();
    const int filtered = messages();
    const std::filesystem::path folder = m_desk->snapshot()->caseFolder;
    m_desk->startAnew();
    QVERIFY(remarks().empty());
    m_desk->openFiles({folder});
    QTRY_VERIFY_WITH_TIMEOUT(m_desk->snapshot()->analysis && !m_desk->snapshot()->running, 60000);
    QVERIFY(remarks() == before);
    m_window->goTo(StepId::Identify);
    QTRY_COMPARE(messages(), filtered);
    QVERIFY(find<QWidget>("chip"));
}

void TestNotes::messageOffersTheInspector()
{
    const auto notice = m_desk->snapshot()->notice;
    dropOnto(*m_window, someMail());
    auto* offer = find<QWidget>("offer");
    QVERIFY(offer);
    QCOMPARE(m_desk->snapshot()->notice->raw, notice->raw);
    QVERIFY(offer->actions().size() >= 2);
    for (QAction* action : offer->actions())
        if (action->text().contains(u"header"))
            return action->trigger();
    QFAIL("no way into the inspector is offered");
}

void TestNotes::inspectorTakesADroppedMessage()
{
    auto* window = m_window->findChild<QDialog*>(QStringLiteral("inspectorWindow"));
    QVERIFY(window);
    QTRY_VERIFY(window->windowTitle().contains(u"strange"));
    auto* inspector = window->findChild<inspector::Inspector*>();
    const QString other = m_folder->filePath(QStringLiteral("other.eml"));
    QVERIFY(QFile::copy(someMail(), other));
    dropOnto(*inspector, other);
    QTRY_VERIFY(window->windowTitle().contains(u"other"));
    const auto pin = inspector->pinned();
    QVERIFY(pin && pin->kind == RemarkKind::Header && !pin->lines.empty());
    QCOMPARE(QString::fromStdString(pin->target), other);
    window->close();
    QTRY_VERIFY(!m_window->findChild<QDialog*>(QStringLiteral("inspectorWindow")));
}

void TestNotes::settingsAreChosen()
{
    QSignalSpy chosen(m_window.get(), &shell::MainWindow::preferencesChosen);
    QTest::keyClick(m_window.get(), Qt::Key_Comma, Qt::ControlModifier);
    auto* dialog = m_window->findChild<QDialog*>(QStringLiteral("settings"));
    QVERIFY(dialog && dialog->isVisible());
    dialog->findChild<QComboBox*>(QStringLiteral("settingsScheme"))->setCurrentIndex(2);
    dialog->findChild<QSpinBox*>(QStringLiteral("settingsQuiet"))->setValue(90);
    dialog->findChild<QLineEdit*>(QStringLiteral("settingsKnownHosts"))->setText(QStringLiteral(" ~/hosts "));
    QTest::keyClick(dialog->findChild<QLineEdit*>(QStringLiteral("settingsCases")), Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    const auto said = chosen.front().front().value<settings::Preferences>();
    QVERIFY(said.scheme == common::Scheme::Dark);
    QCOMPARE(said.quietMinutes, 90);
    QVERIFY(said.knownHosts.startsWith(u'/') && said.knownHosts.endsWith(u"/hosts"));
    QVERIFY(said.cases.isEmpty());
}

QTEST_MAIN(TestNotes)
#include "tst_notes.moc"
