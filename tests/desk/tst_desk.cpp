// SPDX-License-Identifier: GPL-3.0-or-later
// The desk: intents change the snapshot, jobs can be cancelled, questions reach the operator, the case is
// kept.
#include "models/desk/desk.h"
#include "tests/support/inventedday.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace sluicegate;
using base::FailureKind;

namespace {

std::filesystem::path path(const QTemporaryDir& folder, const char* name = "")
{
    return std::filesystem::path(folder.path().toStdString()) / name;
}

void write(const std::filesystem::path& file, const std::string& text)
{
    QFile output(QString::fromStdString(file.string()));
    QVERIFY(output.open(QIODevice::WriteOnly));
    output.write(text.data(), qint64(text.size()));
}

/// A server that takes connections and never says a word.
struct Silent {
    int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    std::uint16_t port = 0;
    Silent()
    {
        sockaddr_in address {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t length = sizeof address;
        if (::bind(fd, reinterpret_cast<sockaddr*>(&address), length) == 0 && ::listen(fd, 4) == 0
            && ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) == 0)
            port = ntohs(address.sin_port);
    }
    ~Silent() { ::close(fd); }
};

const std::string Notice
    = "Dear customer,\n\nport 25 of your server mx.harbour.example (198.51.100.20) was blocked "
      "on 2026-11-23 09:30:00 UTC because of spam.\nMessage-ID: <spam3@shop.example>\n"
      "Message-ID: <lost@nowhere.test>\n";

} // namespace

class TestDesk : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void noticeIsReadAndKept();
    void rubbishIsRefusedAndTheOldNoticeStays();
    void logFileIsAnalysed();
    void newestFileIsShownWhileTheRestIsRead();
    void laterNoticeIsAnalysedAgain();
    void noticeFileIsToldFromALog();
    void missingFileIsNamed();
    void emptyFileIsNamed();
    void savedCaseOpensAgain();
    void demoNamesItsSource();
    void cancelEndsAtOnce();
    void questionIsAnsweredFromTheScreen();
    void stopIsARefusal();
    void onlyTheNewestAnswerCounts();
    void reportIsWritten_data();
    void reportIsWritten();
    void unwritableReportIsTrouble();
    void startingAnewForgets();
};

void TestDesk::noticeIsReadAndKept()
{
    const QTemporaryDir folder;
    desk::Desk desk(path(folder));
    QSignalSpy changed(&desk, &desk::Desk::changed);
    desk.readNotice(Notice);
    QVERIFY(desk.snapshot()->notice.has_value());
    QCOMPARE(desk.snapshot()->notice->server, std::string("mx.harbour.example"));
    QVERIFY(changed.count() > 0);
    QTRY_VERIFY(!desk.snapshot()->caseFolder.empty());
    QVERIFY(casefile::CaseFolder::isCase(desk.snapshot()->caseFolder));
    QVERIFY(!desk.snapshot()->trouble);
}

void TestDesk::rubbishIsRefusedAndTheOldNoticeStays()
{
    const QTemporaryDir folder;
    desk::Desk desk(path(folder));
    desk.readNotice(Notice);
    desk.readNotice("  \n ");
    QVERIFY(desk.snapshot()->trouble.has_value());
    QCOMPARE(desk.snapshot()->trouble->failure.kind, FailureKind::Empty);
    QVERIFY(desk.snapshot()->notice.has_value());
    desk.dismissTrouble();
    QVERIFY(!desk.snapshot()->trouble);
}

void TestDesk::logFileIsAnalysed()
{
    const QTemporaryDir folder;
    write(path(folder, "maillog"), tests::inventedLog(40, 12));
    desk::Desk desk(path(folder, "cases"));
    desk.openFiles({path(folder, "maillog")});
    QVERIFY(desk.snapshot()->running.has_value());
    QTRY_VERIFY_WITH_TIMEOUT(desk.snapshot()->analysis != nullptr, 20000);
    QVERIFY(!desk.snapshot()->running);
    QVERIFY(desk.snapshot()->analysis->log);
    QCOMPARE(desk.snapshot()->analysis->log->size(), 52u);
    QCOMPARE(desk.snapshot()->bundle->items.size(), 1u);
    QVERIFY(!desk.snapshot()->bundle->items.front().sha256.empty());
}

void TestDesk::newestFileIsShownWhileTheRestIsRead()
{
    const QTemporaryDir folder;
    std::string old = "Nov 20 01:00:00 mail postfix/smtpd[7]: connect from mx.fig.test[192.0.2.9]\n";
    while (old.size() < 70u << 20)
        old += std::string(old);
    write(path(folder, "maillog.1"), old);
    write(path(folder, "maillog"), tests::inventedLog(40, 12));
    desk::Desk desk(path(folder, "cases"));
    std::vector<std::string> shown;
    QObject context;
    QObject::connect(&desk, &desk::Desk::changed, &context, [&](desk::Parts parts) {
        const auto& snapshot = *desk.snapshot();
        if (!parts.testFlag(desk::Part::Analysis) || !(snapshot.preliminary || snapshot.analysis))
            return;
        shown.push_back(snapshot.preliminary ? snapshot.preliminary->onlyFile : "all");
        QCOMPARE(snapshot.running.has_value(), snapshot.preliminary != nullptr);
    });
    desk.openFiles({path(folder, "maillog.1"), path(folder, "maillog")});
    QTRY_VERIFY_WITH_TIMEOUT(desk.snapshot()->analysis != nullptr, 60000);
    QCOMPARE(shown.size(), 2u);
    QVERIFY(shown.front().ends_with("maillog"));
    QCOMPARE(shown.back(), std::string("all"));
    QVERIFY(!desk.snapshot()->preliminary);
    QCOMPARE(desk.snapshot()->analysis->log->summary().files.size(), 2u);
}

void TestDesk::laterNoticeIsAnalysedAgain()
{
    const QTemporaryDir folder;
    write(path(folder, "maillog"), tests::inventedLog(40, 12));
    desk::Desk desk(path(folder, "cases"));
    desk.openFiles({path(folder, "maillog")});
    desk.readNotice(Notice); // while the job runs
    QTRY_VERIFY_WITH_TIMEOUT(desk.snapshot()->analysis && desk.snapshot()->analysis->notice, 20000);
    QCOMPARE(desk.snapshot()->analysis->notice->ids.size(), 2u);
    QTRY_VERIFY(!desk.snapshot()->running);
}

void TestDesk::noticeFileIsToldFromALog()
{
    const QTemporaryDir folder;
    write(path(folder, "mail.txt"), Notice);
    write(path(folder, "log.txt"), tests::inventedLog(40, 12));
    QVERIFY(desk::looksLikeNotice(path(folder, "mail.txt")));
    QVERIFY(!desk::looksLikeNotice(path(folder, "log.txt")));
    desk::Desk desk(path(folder, "cases"));
    desk.openFiles({path(folder, "mail.txt"), path(folder, "log.txt")});
    QTRY_VERIFY_WITH_TIMEOUT(desk.snapshot()->analysis != nullptr, 20000);
    QVERIFY(desk.snapshot()->notice.has_value());
    QCOMPARE(desk.snapshot()->analysis->log->size(), 52u);
}

void TestDesk::missingFileIsNamed()
{
    const QTemporaryDir folder;
    desk::Desk desk(path(folder, "cases"));
    desk.openFiles({path(folder, "nowhere.log")});
    QCOMPARE(desk.snapshot()->trouble->failure.kind, FailureKind::NotFound);
    QVERIFY(desk.snapshot()->trouble->failure.subject.ends_with("nowhere.log"));
}

void TestDesk::emptyFileIsNamed()
{
    const QTemporaryDir folder;
    write(path(folder, "maillog"), {});
    desk::Desk desk(path(folder, "cases"));
    desk.openFiles({path(folder, "maillog")});
    QTRY_VERIFY(desk.snapshot()->trouble.has_value());
    QCOMPARE(desk.snapshot()->trouble->failure.kind, FailureKind::Empty);
    QVERIFY(!desk.snapshot()->running);
}

void TestDesk::savedCaseOpensAgain()
{
    const QTemporaryDir folder;
    write(path(folder, "maillog"), tests::inventedLog(40, 12));
    std::filesystem::path kept;
    {
        desk::Desk desk(path(folder, "cases"));
        desk.readNotice(Notice);
        desk.openFiles({path(folder, "maillog")});
        QTRY_VERIFY_WITH_TIMEOUT(desk.snapshot()->analysis != nullptr, 20000);
        kept = desk.snapshot()->caseFolder;
    }
    desk::Desk desk(path(folder, "other"));
    desk.openFiles({kept});
    QTRY_VERIFY_WITH_TIMEOUT(desk.snapshot()->analysis != nullptr, 20000);
    QCOMPARE(desk.snapshot()->caseFolder, kept);
    QCOMPARE(desk.snapshot()->analysis->log->size(), 52u);
    QVERIFY(desk.snapshot()->notice.has_value());
    QCOMPARE(desk.snapshot()->notice->raw, Notice);
}

void TestDesk::demoNamesItsSource()
{
    const QTemporaryDir folder;
    desk::Desk desk(path(folder));
    desk.startDemo({});
    QVERIFY(desk.snapshot()->running.has_value());
    QTRY_VERIFY_WITH_TIMEOUT(!desk.snapshot()->running, 60000);
    QVERIFY2(!desk.snapshot()->trouble,
        desk.snapshot()->trouble ? desk.snapshot()->trouble->failure.detail.c_str() : "");
    QVERIFY(desk.snapshot()->demo);
    QVERIFY(desk.snapshot()->server.has_value());
    QVERIFY(!desk.snapshot()->server->fingerprint.empty());
    QVERIFY(!desk.snapshot()->analysis->verdict.suspects.empty());
    QVERIFY(QDir(folder.path()).isEmpty()); // the demo keeps nothing among the real cases
}

void TestDesk::cancelEndsAtOnce()
{
    const QTemporaryDir folder;
    const Silent silent;
    QVERIFY(silent.port > 0);
    desk::Desk desk(path(folder));
    ssh::Target target;
    target.host = "127.0.0.1";
    target.port = silent.port;
    target.user = "root";
    target.knownHosts = {path(folder, "known_hosts")};
    desk.connectTo(target);
    QVERIFY(desk.snapshot()->running.has_value());
    QTest::qWait(100);
    desk.cancel();
    QVERIFY(!desk.snapshot()->running);
    QCOMPARE(desk.snapshot()->trouble->failure.kind, FailureKind::Cancelled);
    // The worker is free again soon, and what it brings is not shown any more.
    write(path(folder, "maillog"), tests::inventedLog(40, 12));
    desk.openFiles({path(folder, "maillog")});
    QTRY_VERIFY_WITH_TIMEOUT(desk.snapshot()->analysis != nullptr, 5000);
    QVERIFY(!desk.snapshot()->trouble);
}

void TestDesk::questionIsAnsweredFromTheScreen()
{
    std::optional<desk::Question> shown;
    int withdrawn = 0;
    std::mutex mutex;
    desk::Asking asking([&](std::optional<desk::Question> question) {
        const std::lock_guard lock(mutex);
        question ? void(shown = question) : void(++withdrawn);
    });
    const ssh::Asker asker = asking.asker({}, [](const std::string&) { });
    std::optional<std::string> password;
    std::thread worker([&] { password = asker.password("root@mx.harbour.example"); });
    QTRY_VERIFY([&] {
        const std::lock_guard lock(mutex);
        return shown.has_value();
    }());
    QCOMPARE(std::get<desk::SecretQuestion>(*shown).subject, std::string("root@mx.harbour.example"));
    asking.answer(std::vector<std::string> {"correct horse"});
    worker.join();
    QCOMPARE(password, std::optional<std::string>("correct horse"));
    QCOMPARE(withdrawn, 1);
}

void TestDesk::stopIsARefusal()
{
    desk::Asking asking([](const std::optional<desk::Question>&) { });
    std::stop_source stop;
    const ssh::Asker asker = asking.asker(stop.get_token(), [](const std::string&) { });
    ssh::HostKeyAnswer answer = ssh::HostKeyAnswer::AcceptAndSave;
    std::thread worker([&] { answer = asker.hostKey({}); });
    QTest::qWait(20);
    stop.request_stop();
    worker.join();
    QCOMPARE(answer, ssh::HostKeyAnswer::Refuse);
}

void TestDesk::onlyTheNewestAnswerCounts()
{
    QThreadPool pool;
    desk::Latest latest(&pool);
    QList<int> answers;
    for (int i = 0; i < 20; ++i)
        latest.run(
            this,
            [i](const std::stop_token&) {
                QThread::msleep(2);
                return i;
            },
            [&answers](int answer) { answers += answer; });
    QTRY_VERIFY(answers.contains(19));
    pool.waitForDone();
    QCoreApplication::processEvents();
    QCOMPARE(answers.count(19), 1);
    QVERIFY(answers.size() == 1);
}

void TestDesk::reportIsWritten_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("begin");
    QTest::newRow("html") << QStringLiteral("report.html") << QByteArray("<!");
    QTest::newRow("json") << QStringLiteral("report.json") << QByteArray("{");
    QTest::newRow("markdown") << QStringLiteral("report.md") << QByteArray("#");
    QTest::newRow("pdf") << QStringLiteral("report.pdf") << QByteArray("%PDF");
}

void TestDesk::reportIsWritten()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, begin);
    const QTemporaryDir folder;
    const auto written = desk::exportReport(*tests::inventedDay(), path(folder, name.toUtf8().constData()));
    QVERIFY(written.has_value());
    QFile file(folder.filePath(name));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().trimmed().startsWith(begin));
}

void TestDesk::unwritableReportIsTrouble()
{
    const QTemporaryDir folder;
    const auto nowhere = desk::exportReport(*tests::inventedDay(), path(folder, "no/such/report.html"));
    QCOMPARE(nowhere.error().kind, FailureKind::WriteFailed);
    const auto unknown = desk::exportReport(*tests::inventedDay(), path(folder, "report.docx"));
    QCOMPARE(unknown.error().kind, FailureKind::Usage);
}

void TestDesk::startingAnewForgets()
{
    const QTemporaryDir folder;
    desk::Desk desk(path(folder));
    desk.readNotice(Notice);
    QTRY_VERIFY(!desk.snapshot()->caseFolder.empty());
    const auto kept = desk.snapshot()->caseFolder;
    desk.startAnew();
    QVERIFY(!desk.snapshot()->notice);
    QVERIFY(casefile::CaseFolder::isCase(kept));
}

QTEST_MAIN(TestDesk)
#include "tst_desk.moc"
