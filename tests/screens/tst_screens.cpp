// SPDX-License-Identifier: GPL-3.0-or-later
// Every screen, offscreen, light and dark: something is painted, no label is clipped, every widget has a
// name, mnemonics do not clash, colours can be read.
#include "tests/screens/measures.h"

#include "models/desk/desk.h"
#include "models/items/pins.h"
#include "widgets/common/evidencepane.h"
#include "widgets/common/highlighting.h"
#include "widgets/common/marks.h"
#include "widgets/common/theme.h"
#include "widgets/connection/connectionscreen.h"
#include "widgets/connection/questioncard.h"
#include "widgets/settings/settingsdialog.h"
#include "widgets/shell/mainwindow.h"
#include "widgets/timeline/axis.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextLayout>
#include <QTextOption>

#include <cmath>

using namespace sluicegate;
using shell::StepId;
using namespace sluicegate::screens;

namespace {

constexpr int Pages = int(StepId::Notes) + 1; // the steps, and what is reached from anywhere

} // namespace

class TestScreens : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void screen_data();
    void screen();
    void emptyScreen_data();
    void emptyScreen();
    void questionFits_data();
    void questionFits();
    void troubleFits();
    void noticeFits_data();
    void noticeFits();
    void mnemonicsDoNotClash_data();
    void mnemonicsDoNotClash();
    void coloursCanBeRead_data();
    void coloursCanBeRead();
    void schemeMayChangeAtAnyTime_data();
    void schemeMayChangeAtAnyTime();
    void settingsCanBeRead_data();
    void settingsCanBeRead();
    void definitionsAreThere();
    void evidenceIsInert();
    void hostKeyIsCompared();
    void refusalIsSaid();
    void newCaseForgetsTheServer();
    void originIsTheEvidences();
    void cellsKeepTheirDirection();
    void ticksAreRound();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<desk::Desk> m_desk;
    std::unique_ptr<shell::MainWindow> m_window;
};

void TestScreens::initTestCase()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_desk = std::make_unique<desk::Desk>(m_folder->path().toStdString());
    m_window = std::make_unique<shell::MainWindow>(*m_desk);
    m_window->show();
    m_desk->startDemo({});
    QTRY_VERIFY_WITH_TIMEOUT(!m_desk->snapshot()->running, 60000);
    QVERIFY(m_desk->snapshot()->analysis);
    m_desk->keepRemark(items::noteOf(QStringLiteral("The customer was told.")));
    m_desk->keepRemark(items::pinOf(m_desk->snapshot()->analysis->verdict.suspects.front()));
    QTRY_COMPARE(m_desk->snapshot()->remarks->size(), std::size_t(2));
}

void TestScreens::cleanupTestCase()
{
    m_window.reset();
    m_desk.reset();
}

void TestScreens::screen_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<bool>("dark");
    QTest::addColumn<QSize>("size");
    for (int step = 0; step < Pages; ++step) {
        for (const bool dark : {false, true}) {
            for (const QSize size : {QSize(1280, 720), QSize(1600, 1000)})
                QTest::addRow("%d %s %d", step, dark ? "dark" : "light", size.width())
                    << step << dark << size;
        }
    }
}

void TestScreens::screen()
{
    QFETCH(int, step);
    QFETCH(bool, dark);
    QFETCH(QSize, size);
    common::apply(*qApp, dark ? common::Scheme::Dark : common::Scheme::Light);
    m_window->resize(size);
    m_window->goTo(StepId(step));
    QTest::qWait(50);
    QCOMPARE(m_window->size(), size);
    QVERIFY(!scrolls(*m_window)); // nothing on the screen wants more room than there is
    mustLookWhole(*m_window);
}

void TestScreens::emptyScreen_data()
{
    QTest::addColumn<int>("step");
    for (int step = 0; step < Pages; ++step)
        QTest::addRow("%d", step) << step;
}

void TestScreens::emptyScreen()
{
    QFETCH(int, step);
    const QTemporaryDir folder;
    desk::Desk desk(folder.path().toStdString());
    shell::MainWindow window(desk);
    window.resize(1280, 720);
    window.show();
    window.goTo(StepId(step));
    QTest::qWait(20);
    mustLookWhole(window);
}

void TestScreens::questionFits_data()
{
    using Kind = desk::SecretQuestion::Kind;
    QTest::addColumn<desk::Question>("question");
    QTest::addColumn<bool>("wholly"); // without a scroll bar
    const auto key = [](const QString& host, const QString& fingerprint) {
        return desk::Question(ssh::HostKeyQuestion {.host = host.toStdString(),
            .keyType = "ecdsa-sha2-nistp256",
            .fingerprint = fingerprint.toStdString(),
            .otherKey = "/home/operator/.ssh/known_hosts:12"});
    };
    const QString host = QStringLiteral("[mx.harbour.example]:2222");
    QTest::newRow("host key") << key(host, u"SHA256:" + QString(43, u'W')) << true;
    QTest::newRow("long fingerprint") << key(host, u"SHA512:" + QString(300, u'W')) << true;
    QTest::newRow("endless host") << key(QString(900, u'W'), u"SHA256:" + QString(43, u'W')) << false;
    QTest::newRow("password") << desk::Question(secretQuestion(Kind::Password)) << true;
    QTest::newRow("sudo") << desk::Question(secretQuestion(Kind::Sudo)) << true;
    desk::InteractiveQuestion asked {.instruction = std::string(3000, 'x'), .prompts = {}};
    for (int i = 0; i < 16; ++i)
        asked.prompts.push_back({.text = "Token " + std::string(100, 'y'), .echo = true});
    QTest::newRow("many prompts") << desk::Question(asked) << false;
}

void TestScreens::questionFits()
{
    QFETCH(desk::Question, question);
    QFETCH(bool, wholly);
    const QTemporaryDir folder;
    desk::Desk desk(folder.path().toStdString());
    shell::MainWindow window(desk);
    window.resize(1280, 720);
    window.show();
    desk::Snapshot snapshot;
    snapshot.running
        = desk::Running {.stage = desk::Stage::Connecting, .subject = "mx.harbour.example", .step = {}};
    snapshot.question = question;
    auto* screen = window.findChild<connection::ConnectionScreen*>();
    QVERIFY(screen);
    screen->show(snapshot, desk::Part::Everything);
    window.goTo(StepId::Evidence);
    mustFit(window);
    QVERIFY(!wholly || !scrolls(window));
    if (wholly)
        mustLookWhole(window);
    snapshot.question.reset();
    screen->show(snapshot, desk::Part::Asked);
    mustFit(window);
    QVERIFY(!scrolls(window));
}

void TestScreens::troubleFits()
{
    const QTemporaryDir folder;
    desk::Desk desk(folder.path().toStdString());
    shell::MainWindow window(desk);
    window.resize(1280, 720);
    window.show();
    desk.openFiles({"/nowhere/" + std::string(2000, 'W') + "/" + std::string(200, 'V')});
    QVERIFY(desk.snapshot()->trouble);
    for (int step = 0; step < Pages; ++step) {
        window.goTo(StepId(step));
        mustFit(window);
    }
}

void TestScreens::noticeFits_data()
{
    QTest::addColumn<int>("ids");
    QTest::newRow("none") << 0;
    QTest::newRow("fourteen") << 14;
}

void TestScreens::noticeFits()
{
    QFETCH(int, ids);
    const QTemporaryDir folder;
    desk::Desk desk(folder.path().toStdString());
    shell::MainWindow window(desk);
    window.resize(1280, 720);
    window.show();
    std::string raw = "Subject: port 25 blocked\n\nServer mx.harbour.example, 192.0.2.7, port 25.\n";
    for (int i = 0; i < ids; ++i)
        raw += "Message-ID: <harbour-" + std::to_string(1000 + i) + "@mx.harbour.example>\n";
    desk.readNotice(raw);
    QVERIFY(desk.snapshot()->notice);
    QCOMPARE(int(desk.snapshot()->notice->ids.size()), ids);
    mustFit(window);
    QVERIFY(!scrolls(window));
    // The facts stand together, one below the other, however little room they fill.
    const auto* server = window.findChild<QLabel*>(QStringLiteral("factServer"));
    const auto* ports = window.findChild<QLabel*>(QStringLiteral("factPorts"));
    QVERIFY(server && ports);
    QVERIFY(ports->y() - server->y() < 8 * server->fontMetrics().height());
    QVERIFY(ports->height() < 2 * ports->fontMetrics().height());
}

void TestScreens::mnemonicsDoNotClash_data()
{
    emptyScreen_data();
}

void TestScreens::mnemonicsDoNotClash()
{
    QFETCH(int, step);
    m_window->goTo(StepId(step));
    QTest::qWait(20);
    QMap<QString, QString> seen;
    const auto take = [&](const QString& text) {
        const QString key = QKeySequence::mnemonic(text).toString();
        if (key.isEmpty())
            return;
        QVERIFY2(!seen.contains(key), qPrintable(key + u": " + seen.value(key) + u" / " + text));
        seen.insert(key, text);
    };
    for (const QAction* menu : m_window->menuBar()->actions())
        take(menu->text());
    const QList<QWidget*> widgets = m_window->findChildren<QWidget*>();
    for (const QWidget* widget : widgets) {
        if (!widget->isVisible() || widget->inherits("QMenu"))
            continue;
        if (const auto* button = qobject_cast<const QAbstractButton*>(widget))
            take(button->text());
        else if (const auto* label = qobject_cast<const QLabel*>(widget); label && label->buddy())
            take(label->text());
    }
}

void TestScreens::settingsCanBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestScreens::settingsCanBeRead()
{
    QFETCH(bool, dark);
    common::apply(*qApp, dark ? common::Scheme::Dark : common::Scheme::Light);
    settings::SettingsDialog dialog(
        {}, QStringLiteral("/home/operator/.local/share/sluicegate/cases"), nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QTest::qWait(50);
    mustLookWhole(dialog);
    QSet<QString> seen;
    for (const QLabel* label : dialog.findChildren<QLabel*>()) {
        mustBeReadable(*label);
        const QString key = QKeySequence::mnemonic(label->text()).toString();
        QVERIFY2(key.isEmpty() || !seen.contains(key), qPrintable(label->text()));
        QVERIFY2(key.isEmpty() || label->buddy(), qPrintable(label->text()));
        seen.insert(key);
    }
    for (const QAbstractButton* button : dialog.findChildren<QAbstractButton*>())
        mustBeReadable(*button);
    QVERIFY(dialog.width() <= 1280 && dialog.height() <= 720);
}

void TestScreens::coloursCanBeRead_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestScreens::coloursCanBeRead()
{
    QFETCH(bool, dark);
    const common::Theme& theme = common::theme(dark ? common::Scheme::Dark : common::Scheme::Light);
    const QList<QColor> grounds {theme.surface, theme.window, theme.accentSoft};
    QList<QColor> inks {theme.text, theme.muted, theme.accent, theme.good, theme.warn, theme.bad};
    for (const auto cause : {attribution::Cause::MailboxPassword, attribution::Cause::WebsiteForm,
             attribution::Cause::WebsiteHacked, attribution::Cause::Unknown})
        inks += theme.cause(cause);
    for (const QColor& ink : inks) {
        QVERIFY2(contrast(ink, theme.surface) >= 4.5, qPrintable(ink.name()));
        QVERIFY2(contrast(ink, theme.window) >= 4.5, qPrintable(ink.name()));
    }
    for (const QColor& ground : grounds)
        QVERIFY2(contrast(theme.text, ground) >= 7, qPrintable(ground.name()));
    QVERIFY(contrast(theme.muted, theme.accentSoft) >= 4.5);
    QVERIFY(contrast(theme.muted, theme.sunken) >= 4.5);
    QVERIFY(contrast(theme.onAccent, theme.accent) >= 4.5);
}

void TestScreens::schemeMayChangeAtAnyTime_data()
{
    emptyScreen_data();
}

void TestScreens::schemeMayChangeAtAnyTime()
{
    QFETCH(int, step);
    using common::Scheme;
    common::apply(*qApp, Scheme::Light);
    m_window->goTo(StepId(step));
    QTest::qWait(50);
    for (const Scheme scheme : {Scheme::Dark, Scheme::Light, Scheme::Dark, Scheme::Light}) {
        common::apply(*qApp, scheme);
        QTest::qWait(30);
        QCOMPARE(common::theme().scheme, scheme);
        const QList<QLabel*> labels = m_window->findChildren<QLabel*>();
        for (const QLabel* label : labels)
            mustBeReadable(*label);
        const QList<QPlainTextEdit*> texts = m_window->findChildren<QPlainTextEdit*>();
        for (QPlainTextEdit* text : texts)
            mustBeReadable(*text);
        const QList<QAbstractButton*> buttons = m_window->findChildren<QAbstractButton*>();
        for (const QAbstractButton* button : buttons)
            mustBeReadable(*button);
    }
}

void TestScreens::definitionsAreThere()
{
    QVERIFY(common::definitionsAreValid());
}

void TestScreens::evidenceIsInert()
{
    common::EvidencePane pane;
    pane.showLines(QStringLiteral("two files"),
        {{"/var/log/maillog", 7, "mx postfix/smtpd[1]: \x1b[31m\xe2\x80\xae<b>odd</b>"},
            {"/var/log/maillog.1", 9, "x"}},
        common::Syntax::MailLog);
    const QString text = pane.text();
    QVERIFY(text.startsWith(u"/var/log/maillog\n"));
    QVERIFY(text.contains(u"<b>odd</b>"));
    QVERIFY(!text.contains(QChar(0x1b)));
    QVERIFY(!text.contains(QChar(0x202e)));
    QCOMPARE(text.count(u'\n'), 3);
}

void TestScreens::hostKeyIsCompared()
{
    connection::QuestionCard card;
    std::optional<desk::Answer> given;
    connect(&card, &connection::QuestionCard::answered, this,
        [&](const desk::Answer& answer) { given = answer; });
    card.show(ssh::HostKeyQuestion {.host = "mx.harbour.example",
        .keyType = "ssh-ed25519",
        .fingerprint = "SHA256:0123456789abcdef",
        .otherKey = {}});
    auto* field = card.findChild<QLineEdit*>(QStringLiteral("answer"));
    auto* comparison = card.findChild<QLabel*>(QStringLiteral("comparison"));
    QVERIFY(field && comparison);
    QTest::keyClicks(field, QStringLiteral("0123456789abcdef"));
    QVERIFY(comparison->text().contains(u"same"));
    QTest::keyClicks(field, QStringLiteral("0"));
    QVERIFY(comparison->text().contains(u"differ"));
    for (QAbstractButton* button : card.findChildren<QAbstractButton*>()) {
        if (button->accessibleName() == u"Do not connect")
            button->click();
    }
    QVERIFY(given.has_value());
    QCOMPARE(std::get<ssh::HostKeyAnswer>(*given), ssh::HostKeyAnswer::Refuse);
}

void TestScreens::refusalIsSaid()
{
    connection::QuestionCard card;
    desk::SecretQuestion question = secretQuestion(desk::SecretQuestion::Kind::Password);
    card.show(desk::Question(question));
    QVERIFY(!card.findChild<QLabel*>(QStringLiteral("refused")));
    question.again = true;
    card.show(desk::Question(question));
    const auto* refused = card.findChild<QLabel*>(QStringLiteral("refused"));
    QVERIFY(refused && refused->text().contains(u"refused"));
}

void TestScreens::newCaseForgetsTheServer()
{
    const QTemporaryDir folder;
    desk::Desk desk(folder.path().toStdString());
    shell::MainWindow window(desk);
    auto* host = window.findChild<QLineEdit*>(QStringLiteral("host"));
    QVERIFY(host);
    host->setText(QStringLiteral("mx.harbour.example"));
    desk.startAnew();
    QCOMPARE(host->text(), QString());
}

void TestScreens::originIsTheEvidences()
{
    connection::ConnectionScreen screen;
    const auto* origin = screen.findChild<QLabel*>(QStringLiteral("origin"));
    QVERIFY(origin);
    evidence::Bundle bundle;
    desk::Snapshot snapshot;
    snapshot.bundle = std::make_shared<evidence::Bundle>(bundle);
    snapshot.evidenceFrom = "copied-logs";
    snapshot.target = "192.0.2.9"; // tried afterwards, and not reached
    snapshot.trouble
        = desk::Trouble {desk::Stage::Connecting, {base::FailureKind::Unreachable, "192.0.2.9", {}}};
    screen.show(snapshot, desk::Part::Everything);
    QCOMPARE(origin->text(), QStringLiteral("From files: copied-logs"));
    QCOMPARE(shell::stepState(StepId::Evidence, snapshot).progress, shell::Progress::Done);
    bundle.host = "mx.harbour.example";
    bundle.hostKey = "SHA256:0123456789abcdef";
    snapshot.bundle = std::make_shared<evidence::Bundle>(bundle);
    screen.show(snapshot, desk::Part::Everything);
    QVERIFY(origin->text().contains(u"mx.harbour.example"));
    QVERIFY(origin->text().contains(u"SHA256:0123456789abcdef"));
    snapshot.bundle.reset();
    QCOMPARE(shell::stepState(StepId::Evidence, snapshot).progress, shell::Progress::Attention);
}

void TestScreens::cellsKeepTheirDirection()
{
    const QString time = QStringLiteral("2026-11-23 09:44:08");
    QCOMPARE(common::isolated(time), time);
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    const QString isolated = common::isolated(time);
    const common::EvidencePane pane;
    const auto* text = pane.findChild<QPlainTextEdit*>(QStringLiteral("evidenceText"));
    const Qt::LayoutDirection direction = text->layoutDirection();
    const Qt::LayoutDirection reading = text->document()->defaultTextOption().textDirection();
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QCOMPARE(isolated, QChar(0x2068) + time + QChar(0x2069));
    QCOMPARE(direction, Qt::LeftToRight);
    QCOMPARE(reading, Qt::LeftToRight);
}

void TestScreens::ticksAreRound()
{
    const base::Instant from = *base::parseIso("2026-11-23T22:58:10Z");
    const auto hours = timeline::ticks(from, from + std::chrono::hours(4), 6);
    QVERIFY(!hours.empty() && hours.size() <= 6);
    QCOMPARE(base::iso(hours.front().at), std::string("2026-11-23T23:00:00Z"));
    QVERIFY(hours.front().text.startsWith(u"11-23"));
    QVERIFY(hours[1].text.startsWith(u"11-24")); // a new day is named again
    QVERIFY(timeline::ticks(from, from + std::chrono::hours(24 * 400), 8).size() <= 8);
    QVERIFY(timeline::ticks(from, from, 8).size() <= 1);
}

QTEST_MAIN(TestScreens)
#include "tst_screens.moc"
