// SPDX-License-Identifier: GPL-3.0-or-later
// What is new in a log on a server: read by real shells from real files, here and behind a real sshd, over
// every way a log is rotated; and what it costs.
#include "models/evidence/news.h"
#include "models/evidence/recipes.h"
#include "models/maillog/growing.h"
#include "models/ssh/connection.h"
#include "tests/bench/loggenerator.h"
#include "tests/evidence/thismachine.h"
#include "tests/ssh/sshd.h"
#include "tests/support/fakeserver.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <format>

#include <sys/stat.h>

using namespace sluicegate;
using namespace sluicegate::evidence;
using base::FailureKind;
using tests::Counting;
using tests::ThisMachine;

namespace {

struct Taken {
    std::string bytes; // of all files
    std::vector<std::string> begun;
    base::Result<News> news;
};

} // namespace

class NewsTest : public QObject {
    Q_OBJECT

    std::unique_ptr<tests::Sshd> m_sshd;
    ThisMachine m_here;
    std::unique_ptr<ssh::Server> m_there;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Counting> m_server;
    int m_line = 0;

    std::string log() const { return m_folder->filePath(QStringLiteral("maillog")).toStdString(); }

    // What is done on the server, by its own shell; $l is the log.
    void onServer(const QByteArray& script)
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("l"), QString::fromStdString(log()));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral("sh"), {QStringLiteral("-ec"), QString::fromUtf8(script)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(process.exitCode(), 0);
    }

    std::string lines(int count)
    {
        std::string text;
        for (; count > 0; --count, ++m_line)
            text += std::format(
                "Nov 23 {:02}:{:02}:{:02} mail postfix/smtp[{}]: 3A1B2C4D5E: to=<a@b.example>, "
                "relay=mx.example[192.0.2.7]:25, delay=1, dsn=2.0.0, status=sent (250 ok {:x})\n",
                m_line / 3600 % 24, m_line / 60 % 60, m_line % 60, 1000 + m_line % 7, m_line * 2654435761u);
        return text;
    }

    std::string append(const std::string& text)
    {
        QFile file(QString::fromStdString(log()));
        if (!file.open(QIODevice::Append) || file.write(text.data(), qint64(text.size())) < 0)
            qFatal("the log cannot be written");
        return text;
    }

    // As a pull would leave it.
    LogPosition allRead() const
    {
        QFile file(QString::fromStdString(log()));
        struct stat about {};
        if (!file.open(QIODevice::ReadOnly) || ::fstat(file.handle(), &about) != 0)
            qFatal("the log cannot be read");
        return positionBehind(log(),
            {.device = about.st_dev,
                .inode = about.st_ino,
                .size = std::uint64_t(about.st_size),
                .modified = 0},
            file.readAll().toStdString());
    }

    Taken fetch(const LogPosition& from)
    {
        Taken taken;
        taken.news = newsSince(*m_server, from,
            {.more = [&](std::string_view bytes) -> base::Result<void> {
                 taken.bytes += bytes;
                 return {};
             },
                .next = [&](const std::string& path) -> base::Result<void> {
                    taken.begun.push_back(path.substr(path.rfind('/') + 1));
                    return {};
                }},
            ssh::Privilege::Plain);
        return taken;
    }

private Q_SLOTS:
    void initTestCase();
    void init();
    void costsOnlyTheNewBytes_data() { servers(); }
    void costsOnlyTheNewBytes();
    void followsARenamedFile_data() { servers(); }
    void followsARenamedFile();
    void staysWithTheRenamedFileUntilTheNewOneIsUsed_data() { servers(); }
    void staysWithTheRenamedFileUntilTheNewOneIsUsed();
    void followsACopiedAndTruncatedFile_data() { servers(); }
    void followsACopiedAndTruncatedFile();
    void readsTheRestFromAPackedFile_data();
    void readsTheRestFromAPackedFile();
    void saysWhenThePlaceIsGone_data() { servers(); }
    void saysWhenThePlaceIsGone();
    void isNotFooledByAnInodeUsedAgain_data() { servers(); }
    void isNotFooledByAnInodeUsedAgain();
    void takesAnyName_data() { servers(); }
    void takesAnyName();
    void readsLinesCutAnywhere();
    void feedsAGrowingHistory_data() { servers(); }
    void feedsAGrowingHistory();
    void believesNoHostileAnswer_data();
    void believesNoHostileAnswer();
    void stopsWhenTheTakerDoes();

private:
    void servers()
    {
        QTest::addColumn<bool>("remote");
        QTest::newRow("this machine") << false;
        QTest::newRow("a real sshd") << true;
    }
    bool choose()
    {
        const bool remote = *static_cast<bool*>(QTest::qData("remote", qMetaTypeId<bool>()));
        if (remote && !m_there)
            return false;
        m_server = std::make_unique<Counting>(remote ? *m_there : m_here);
        return true;
    }
};

#define CHOOSE_SERVER()                                                                                      \
    if (!choose())                                                                                           \
    QSKIP(qPrintable(tests::Sshd::obstacle()))

void NewsTest::initTestCase()
{
    if (!tests::Sshd::obstacle().isEmpty())
        return;
    m_sshd = std::make_unique<tests::Sshd>();
    const QString user = m_sshd->addUser(QStringLiteral("n"));
    const QString key = m_sshd->makeKey(QStringLiteral("key"), QStringLiteral("ed25519"));
    m_sshd->allowKey(user, key + QStringLiteral(".pub"));
    QVERIFY(m_sshd->start());
    ssh::Target target;
    target.host = "127.0.0.1";
    target.port = m_sshd->port();
    target.user = user.toStdString();
    target.identities = {key.toStdString()};
    target.knownHosts = {m_sshd->path(QStringLiteral("known_hosts")).toStdString()};
    target.acceptNew = ssh::AcceptNew::Yes;
    auto server = ssh::connect(target, {});
    QVERIFY2(server.has_value(), server ? "" : server.error().detail.c_str());
    m_there = std::move(*server);
}

void NewsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    ::chmod(qPrintable(m_folder->path()), 0755);
    m_server = std::make_unique<Counting>(m_here);
    append(lines(2000));
}

void NewsTest::costsOnlyTheNewBytes()
{
    CHOOSE_SERVER();
    LogPosition position = allRead();
    const Taken nothing = fetch(position);
    QVERIFY(nothing.news.has_value());
    QCOMPARE(nothing.bytes, std::string());
    QCOMPARE(nothing.news->position, position);
    for (const int count : {1, 10, 5000}) {
        const std::string more = append(lines(count));
        m_server->received = 0;
        const Taken taken = fetch(position);
        QVERIFY(taken.news.has_value());
        QCOMPARE(taken.bytes, more);
        QVERIFY(taken.begun.empty());
        QCOMPARE(taken.news->bytes, more.size());
        QCOMPARE(taken.news->wire, m_server->received);
        // The last line once more, a line of the listing, a header or two.
        QVERIFY2(m_server->received < more.size() + 600, qPrintable(QString::number(m_server->received)));
        if (count == 5000) // packed on the way
            QVERIFY2(m_server->received < more.size() / 3, qPrintable(QString::number(m_server->received)));
        position = taken.news->position;
        QCOMPARE(position, allRead());
    }
}

// logrotate's "create": renamed, then a new file.
void NewsTest::followsARenamedFile()
{
    CHOOSE_SERVER();
    const LogPosition position = allRead();
    const std::string rest = append(lines(7));
    onServer("mv \"$l\" \"$l.1\"; : >\"$l\"");
    const std::string more = append(lines(5));
    const Taken taken = fetch(position);
    QVERIFY(taken.news.has_value());
    QCOMPARE(taken.bytes, rest + more);
    QCOMPARE(taken.begun, std::vector<std::string> {"maillog"});
    QCOMPARE(taken.news->position, allRead());
    QVERIFY(m_server->received < rest.size() + more.size() + 800);

    // Twice since we looked: the one between is new as a whole.
    const std::string last = append(lines(3));
    onServer("mv \"$l.1\" \"$l.2\"; mv \"$l\" \"$l.1\"; : >\"$l\"");
    const std::string whole = append(lines(20));
    onServer("mv \"$l.2\" \"$l.3\"; mv \"$l.1\" \"$l.2\"; mv \"$l\" \"$l.1\"; : >\"$l\"");
    const std::string newest = append(lines(2));
    const Taken later = fetch(taken.news->position);
    QVERIFY(later.news.has_value());
    QCOMPARE(later.bytes, last + whole + newest);
    QCOMPARE(later.begun, (std::vector<std::string> {"maillog.1", "maillog"}));
    QCOMPARE(later.news->files.size(), 3u);
}

// Until it is told, the daemon writes on to the renamed file.
void NewsTest::staysWithTheRenamedFileUntilTheNewOneIsUsed()
{
    CHOOSE_SERVER();
    LogPosition position = allRead();
    onServer("mv \"$l\" \"$l-20261123\"; : >\"$l\"");
    const Taken first = fetch(position);
    QVERIFY(first.news.has_value());
    QCOMPARE(first.bytes, std::string());
    const std::string late = lines(2);
    QFile renamed(QString::fromStdString(log() + "-20261123"));
    QVERIFY(renamed.open(QIODevice::Append));
    renamed.write(late.data(), qint64(late.size()));
    renamed.close();
    const Taken second = fetch(first.news->position);
    QVERIFY(second.news.has_value());
    QCOMPARE(second.bytes, late);
    const std::string more = append(lines(1));
    const Taken third = fetch(second.news->position);
    QVERIFY(third.news.has_value());
    QCOMPARE(third.bytes, more);
    QCOMPARE(third.news->position, allRead());
}

void NewsTest::followsACopiedAndTruncatedFile()
{
    CHOOSE_SERVER();
    LogPosition position = allRead();
    for (const int after : {4, 4000}) { // less and more than there was before
        const std::string rest = append(lines(6));
        onServer("cp \"$l\" \"$l.1\"; : >\"$l\"");
        const std::string more = append(lines(after));
        const Taken taken = fetch(position);
        QVERIFY(taken.news.has_value());
        QCOMPARE(taken.bytes, rest + more);
        QCOMPARE(taken.begun, std::vector<std::string> {"maillog"});
        QCOMPARE(taken.news->position, allRead());
        position = taken.news->position;
    }
}

void NewsTest::readsTheRestFromAPackedFile_data()
{
    QTest::addColumn<bool>("remote");
    QTest::addColumn<QByteArray>("pack");
    QTest::addColumn<QByteArray>("ending");
    for (const bool remote : {false, true})
        for (const auto& [pack, ending] :
            {std::pair("gzip", ".gz"), {"xz", ".xz"}, {"bzip2", ".bz2"}, {"zstd --rm -q", ".zst"}})
            QTest::addRow("%s %s", ending, remote ? "a real sshd" : "this machine")
                << remote << QByteArray(pack) << QByteArray(ending);
}

void NewsTest::readsTheRestFromAPackedFile()
{
    CHOOSE_SERVER();
    QFETCH(QByteArray, pack);
    QFETCH(QByteArray, ending);
    append(lines(20'000));
    const LogPosition position = allRead();
    const std::string rest = append(lines(9));
    onServer("mv \"$l\" \"$l.1\"; : >\"$l\"" + QByteArray("; ") + pack + " \"$l.1\"");
    const std::string more = append(lines(5));
    const Taken taken = fetch(position);
    QVERIFY2(taken.news.has_value(), taken.news ? "" : taken.news.error().detail.c_str());
    QCOMPARE(taken.bytes, rest + more);
    QCOMPARE(taken.begun, std::vector<std::string> {"maillog"});
    QCOMPARE(taken.news->files.front(), log() + ".1" + ending.toStdString());
    QVERIFY(m_server->received < rest.size() + more.size() + 1200);
}

void NewsTest::saysWhenThePlaceIsGone()
{
    CHOOSE_SERVER();
    const LogPosition position = allRead();
    append(lines(3));
    onServer(": >\"$l\""); // cut, and no copy
    append(lines(3));
    const Taken cut = fetch(position);
    QVERIFY(!cut.news.has_value());
    QCOMPARE(cut.news.error().kind, FailureKind::Rotated);
    QCOMPARE(cut.news.error().subject, log());
    QVERIFY(cut.bytes.empty() && cut.begun.empty());

    onServer("mv \"$l\" \"$l.1\"; rm \"$l.1\"");
    const Taken gone = fetch(position);
    QVERIFY(!gone.news.has_value());
    QCOMPARE(gone.news.error().kind, FailureKind::NotFound);
}

void NewsTest::isNotFooledByAnInodeUsedAgain()
{
    CHOOSE_SERVER();
    LogPosition position = allRead();
    const std::string rest = append(lines(3));
    onServer("mv \"$l\" \"$l.1\"; cp \"$l.1\" \"$l.2\"; mv \"$l.2\" \"$l.1\"");
    append(lines(4000));
    position.inode = allRead().inode; // another file has it now, and is longer
    const Taken taken = fetch(position);
    QVERIFY(taken.news.has_value());
    QVERIFY(taken.bytes.starts_with(rest));
    QCOMPARE(taken.begun, std::vector<std::string> {"maillog"});
}

void NewsTest::takesAnyName()
{
    CHOOSE_SERVER();
    for (const char* name : {"mail's log; touch x", "$(touch x)", "-n", "*", "a b"}) {
        const std::string path = m_folder->filePath(QString::fromLatin1(name)).toStdString();
        QVERIFY(QFile::copy(QString::fromStdString(log()), QString::fromStdString(path)));
        LogPosition position = allRead();
        struct stat about {};
        QCOMPARE(::stat(path.c_str(), &about), 0);
        position.path = path;
        position.inode = about.st_ino;
        QFile file(QString::fromStdString(path));
        QVERIFY(file.open(QIODevice::Append));
        file.write("a line\n");
        file.close();
        const Taken taken = fetch(position);
        QVERIFY2(taken.news.has_value(), name);
        QCOMPARE(taken.bytes, std::string("a line\n"));
        QVERIFY(!QFile::exists(m_folder->filePath(QStringLiteral("x"))));
    }
}

void NewsTest::readsLinesCutAnywhere()
{
    const std::string whole = lines(3);
    LogPosition position = allRead();
    std::string got;
    for (std::size_t at = 0; at < whole.size(); at += 17) {
        append(whole.substr(at, 17));
        const Taken taken = fetch(position);
        QVERIFY(taken.news.has_value());
        got += taken.bytes;
        position = taken.news->position;
        QCOMPARE(position, allRead());
    }
    QCOMPARE(got, whole);
}

void NewsTest::feedsAGrowingHistory()
{
    CHOOSE_SERVER();
    QFile::remove(QString::fromStdString(log()));
    bench::LogGenerator generator({.bytes = 3 << 20, .seed = 21});
    std::string whole;
    while (generator.write(whole)) { }
    const std::size_t rotation = whole.find('\n', 1'900'000) + 1;
    const std::size_t cuts[] = {0, 900'000, 1'000'123, rotation, 2'500'000, whole.size()};
    maillog::GrowingHistory growing(
        {.now = base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24)),
            .zone = {},
            .since = {},
            .until = {}});
    append(whole.substr(0, cuts[1]));
    LogPosition position = allRead();
    QVERIFY(growing.begin("maillog").has_value());
    QVERIFY(growing.take(whole.substr(0, cuts[1])).has_value());
    for (std::size_t n = 1; n + 1 < std::size(cuts); ++n) {
        append(whole.substr(cuts[n], cuts[n + 1] - cuts[n]));
        if (n == 2)
            onServer("mv \"$l\" \"$l.1\"; : >\"$l\"");
        const auto news = newsSince(*m_server, position,
            {.more = [&](std::string_view bytes) { return growing.take(bytes); },
                .next = [&](const std::string& path) { return growing.begin(path); }},
            ssh::Privilege::Plain);
        QVERIFY(news.has_value());
        position = news->position;
    }
    QVERIFY(growing.end().has_value());
    const auto history = growing.snapshot();
    QCOMPARE(history->summary().lines, generator.truth().lines);
    QCOMPARE(history->size(), generator.truth().journeys.size());
}

void NewsTest::believesNoHostileAnswer_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<int>("kind");
    const auto row = [](const char* name, const QByteArray& answer, FailureKind kind) {
        QTest::newRow(name) << answer << int(kind);
    };
    row("nothing", {}, FailureKind::Hostile);
    row("no header", QByteArray(5000, 'x'), FailureKind::Hostile);
    row("header without numbers", "SGP1 a:b 1 2 raw\n", FailureKind::Hostile);
    row("unknown coding", "SGP1 1:2 3 4 lzma\n", FailureKind::Hostile);
    row("too much", "SGP1 1:2 3 4 raw\n" + QByteArray(2 << 20, 'x'), FailureKind::Hostile);
    row("damaged", "SGP1 1:2 3 4 gzip\n" + QByteArray("\x1f\x8b rubbish"), FailureKind::Truncated);
    row("another line", "SGP1 1:2 3 4 raw\n" + QByteArray(2000, 'x'), FailureKind::Rotated);
}

void NewsTest::believesNoHostileAnswer()
{
    QFETCH(QByteArray, answer);
    QFETCH(int, kind);
    support::FakeServer fake;
    fake.says(recipes::siblings.script, "1 2 300000 4 regular file|/var/log/maillog\n");
    fake.says(recipes::piece.script, answer.toStdString());
    LogPosition position = positionBehind("/var/log/maillog", {1, 2, 0, 0}, lines(3));
    const auto news = newsSince(fake, position,
        {.more = [](std::string_view) { return base::Result<void>(); },
            .next = [](const std::string&) { return base::Result<void>(); }});
    QVERIFY(!news.has_value());
    QCOMPARE(int(news.error().kind), kind);
}

void NewsTest::stopsWhenTheTakerDoes()
{
    const LogPosition position = allRead();
    append(lines(3));
    const auto news = newsSince(m_here, position,
        {.more = [](std::string_view) -> base::Result<void> {
             return base::fail(FailureKind::WriteFailed, "disk");
         },
            .next = [](const std::string&) { return base::Result<void>(); }},
        ssh::Privilege::Plain);
    QVERIFY(!news.has_value());
    QCOMPARE(news.error().kind, FailureKind::WriteFailed);
}

QTEST_GUILESS_MAIN(NewsTest)
#include "tst_news.moc"
