// SPDX-License-Identifier: GPL-3.0-or-later
// The watch over a log that real shells read: what it counts, over rotation, gaps, lost connections, and how
// fast it ends.
#include "models/desk/watching.h"
#include "models/evidence/recipes.h"
#include "tests/evidence/thismachine.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <filesystem>
#include <format>
#include <thread>

using namespace sluicegate;
using namespace std::chrono_literals;
using namespace std::string_literals;
using base::FailureKind;
using desk::WatchState;

namespace {

constexpr const char* mailbox = "anna@shop.example";
constexpr const char* thief = "203.0.113.7";
constexpr const char* owner = "198.51.100.9";

/// This machine as a server whose line can be cut.
class Line : public ssh::Server {
public:
    struct Switches {
        std::atomic<bool> cut = false;
        std::atomic<bool> noParts = false; // it has no shell for the script that sends a part of a file
        std::atomic<int> connections = 0;
        std::string key = "SHA256:one";
    };
    explicit Line(Switches& switches) : m_switches(switches) { m_identity.fingerprint = switches.key; }

    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token stop) override
    {
        if (m_switches.cut)
            return base::fail(FailureKind::ConnectionLost, "here", "cut");
        if (m_switches.noParts && command.script == evidence::recipes::piece.script)
            return ssh::Output {{}, "sh: no such thing\n", 127, {}};
        return m_here.run(command, stop);
    }
    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege, const ssh::Sink& sink,
        const ssh::Progress&, std::stop_token) override
    {
        QFile file(QString::fromStdString(path));
        if (!file.open(QIODevice::ReadOnly))
            return base::fail(FailureKind::NotFound, path);
        const auto bytes = file.readAll().toStdString();
        sink(bytes);
        return ssh::FileStat {.size = bytes.size()};
    }
    const ssh::Identity& identity() const override { return m_identity; }

private:
    Switches& m_switches;
    tests::ThisMachine m_here;
    ssh::Identity m_identity;
};

std::string line(base::Instant at, const char* service, const std::string& text)
{
    return std::format("{:%FT%T}+00:00 mail postfix/{}[77]: {}\n",
        std::chrono::floor<std::chrono::seconds>(at), service, text);
}

std::string mail(base::Instant at, const std::string& id, const char* ip)
{
    return line(at, "submission/smtpd",
               id + ": client=h[" + ip + "], sasl_method=PLAIN, sasl_username=" + mailbox)
        + line(at, "qmgr", id + ": from=<x@bank.test>, size=100, nrcpt=1 (queue active)")
        + line(
            at, "smtp", id + ": to=<a@b.test>, relay=none, delay=1, dsn=4.4.1, status=deferred (timed out)");
}

std::string refusal(base::Instant at)
{
    return line(at, "submission/smtpd",
        std::string("warning: h[203.0.113.7]: SASL PLAIN authentication failed: (reason unavailable), "
                    "sasl_username=")
            + mailbox);
}

} // namespace

class TestWatch : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    Line::Switches m_switches;
    base::Instant m_shut;
    int m_id = 0;

    std::string log() const { return m_folder->filePath(QStringLiteral("maillog")).toStdString(); }
    std::string id() { return std::format("3A1B2C4{:03X}", ++m_id); }
    base::Instant later() const { return m_shut + 20s; }

    void append(const std::string& text)
    {
        QFile file(QString::fromStdString(log()));
        QVERIFY(file.open(QIODevice::Append));
        QCOMPARE(file.write(text.data(), qint64(text.size())), qint64(text.size()));
    }

    /// Evidence of this log as a pull leaves it, shut just then.
    desk::WatchOrder order()
    {
        auto analysis = std::make_shared<triage::Analysis>();
        const auto copy = m_folder->filePath(QStringLiteral("copy")).toStdString();
        const auto setting = m_folder->filePath(QStringLiteral("setting")).toStdString();
        std::filesystem::copy_file(log(), copy, std::filesystem::copy_options::overwrite_existing);
        QFile own(QString::fromStdString(setting));
        (void)own.open(QIODevice::WriteOnly);
        own.write(QByteArray::fromStdString(log()) + '\n');
        own.close();
        analysis->bundle.hostKey = "SHA256:one";
        analysis->bundle.clock = {m_shut, m_shut, 0s};
        for (const auto& [path, local] :
            {std::pair(log(), copy), std::pair("commands/maillog_file"s, setting)}) {
            evidence::Item& item = analysis->bundle.items.emplace_back();
            item.path = path;
            item.local = local;
            item.bytes = std::filesystem::file_size(local);
        }
        maillog::Source source {.path = log(), .bytes = *base::Bytes::map(copy)};
        analysis->log
            = *maillog::History::read({source}, {.now = m_shut, .zone = {}, .since = {}, .until = {}});
        attribution::Suspect anna;
        anna.cause = attribution::Cause::MailboxPassword;
        anna.source.kind = attribution::SourceKind::Mailbox;
        anna.source.account = mailbox;
        anna.clients = {thief};
        anna.journeys = {0};
        analysis->verdict.suspects = {anna};
        desk::WatchOrder order {.analysis = analysis, .since = m_shut};
        order.every = 40ms;
        order.patience = 30ms;
        order.quiet = 1h;
        order.connect = [this](std::stop_token) -> base::Result<std::unique_ptr<ssh::Server>> {
            if (m_switches.cut)
                return base::fail(FailureKind::Unreachable, "here", "refused");
            ++m_switches.connections;
            return std::make_unique<Line>(m_switches);
        };
        return order;
    }

    /// Watches until `enough` says so, at most ten seconds. `look` hears of every state.
    WatchState watched(const desk::WatchOrder& order, const std::function<void(const WatchState&)>& look,
        const std::function<bool(const WatchState&)>& enough)
    {
        std::stop_source stop;
        QElapsedTimer time;
        time.start();
        return desk::watch(
            order,
            [&](const WatchState& state) {
                look(state);
                if (enough(state) || time.elapsed() > 10000)
                    stop.request_stop();
            },
            stop.get_token());
    }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_shut = std::chrono::floor<std::chrono::seconds>(evidence::systemNow()) - 1min;
        m_switches.cut = false;
        m_switches.noParts = false;
        m_switches.connections = 0;
        m_switches.key = "SHA256:one";
        append(mail(m_shut - 1h, id(), thief) + mail(m_shut - 30min, id(), owner));
    }

    void countsWhatIsNew_data()
    {
        QTest::addColumn<bool>("noParts");
        QTest::addColumn<int>("before");
        QTest::newRow("by parts") << false << 0;
        QTest::newRow("whole files, where a server sends no parts") << true << 0;
        QTest::newRow("by parts of a long log") << false << 3000;
    }

    void countsWhatIsNew()
    {
        QFETCH(bool, noParts);
        QFETCH(int, before);
        m_switches.noParts = noParts;
        std::string many;
        for (int i = 0; i < before; ++i)
            many += line(m_shut - 10min, "smtpd", std::format("connect from h[192.0.2.{}]", i % 250));
        append(many);
        const auto order = this->order();
        const auto state = watched(
            order,
            [&](const WatchState& now) {
                QCOMPARE(now.seen.spam, now.looks > 3 ? 1u : 0u);
                if (now.looks == 1)
                    append(refusal(later()) + mail(later(), id(), owner));
                if (now.looks == 2)
                    append(mail(later(), id(), "192.0.2.77").substr(0, 100)); // a line under way
                if (now.looks == 3)
                    append("\n" + mail(later(), id(), thief) + refusal(later()));
            },
            [](const WatchState& now) { return now.looks == 5; });
        QCOMPARE(state.seen.spam, 1u);
        QCOMPARE(state.seen.refused, 2u);
        QCOMPARE(state.seen.since, m_shut);
        QVERIFY(state.seen.until > m_shut && state.over && !state.ended && !state.isQuiet());
        QCOMPARE(*state.seen.disturbed, later());
        QVERIFY(!state.evidence.empty());
        QCOMPARE(state.gaps, 0u);
        QCOMPARE(m_switches.connections.load(), 1);
    }

    void quietIsReached()
    {
        auto order = this->order();
        order.quiet = 61s; // shut a minute ago
        order.endsWhenTold = true;
        const auto state = watched(order, [](const WatchState&) {}, [](const WatchState&) { return false; });
        QVERIFY(state.isQuiet() && state.over && state.quiet >= 61s);
        append(mail(later(), id(), thief));
        const auto loud = watched(order, [](const WatchState&) {}, [](const WatchState&) { return false; });
        QVERIFY(!loud.isQuiet());
        QCOMPARE(loud.looks, 1u);
    }

    void rotationIsFollowed()
    {
        const auto order = this->order();
        const auto state = watched(
            order,
            [&](const WatchState& now) {
                if (now.looks == 1)
                    append(mail(later(), id(), thief));
                if (now.looks == 2) {
                    append(mail(later(), id(), thief));
                    std::filesystem::rename(log(), log() + ".1");
                    append(mail(later(), id(), thief) + refusal(later()));
                }
            },
            [](const WatchState& now) { return now.looks == 4; });
        QCOMPARE(state.seen.spam, 3u);
        QCOMPARE(state.seen.refused, 1u);
        QCOMPARE(state.gaps, 0u);
    }

    // Lines may be gone that were never read: it is said, and quiet begins anew.
    void aGapIsSaid()
    {
        const auto order = this->order();
        const auto state = watched(
            order,
            [&](const WatchState& now) {
                if (now.looks == 1) {
                    std::filesystem::remove(log());
                    append(mail(later(), id(), thief));
                }
            },
            [](const WatchState& now) { return now.looks == 3; });
        QCOMPARE(state.gaps, 1u);
        QCOMPARE(state.seen.spam, 1u);
        QVERIFY(state.quiet < 30s);
    }

    void aLostConnectionIsMadeAnew()
    {
        const auto order = this->order();
        int lost = 0;
        const auto state = watched(
            order,
            [&](const WatchState& now) {
                lost += now.lost ? 1 : 0;
                if (now.looks == 2 && !now.lost) {
                    m_switches.cut = true;
                    append(mail(later(), id(), thief));
                }
                if (lost == 3)
                    m_switches.cut = false;
            },
            [](const WatchState& now) { return now.looks == 4; });
        QCOMPARE(lost, 3);
        QCOMPARE(state.reconnected, 1u);
        QVERIFY(!state.lost && !state.ended);
        QCOMPARE(state.seen.spam, 1u);
    }

    // What will not mend itself ends the watch and says why.
    void someThingsEndIt()
    {
        auto order = this->order();
        const auto never = [](const WatchState&) { return false; };
        const auto nothing = [](const WatchState&) { };
        m_switches.cut = true;
        QCOMPARE(watched(order, nothing, never).ended->kind, FailureKind::Unreachable); // at the first try
        m_switches.cut = false;
        m_switches.key = "SHA256:another";
        QCOMPARE(watched(order, nothing, never).ended->kind, FailureKind::Mismatch);
        m_switches.key = "SHA256:one";
        std::filesystem::rename(log(), m_folder->filePath(QStringLiteral("gone")).toStdString());
        QCOMPARE(watched(order, nothing, never).ended->kind, FailureKind::NotFound);
        auto loose = std::make_shared<triage::Analysis>(*order.analysis);
        loose->bundle.hostKey.clear();
        order.analysis = loose;
        QCOMPARE(watched(order, nothing, never).ended->kind, FailureKind::Unsupported);
        loose->verdict.suspects.clear();
        QCOMPARE(watched(order, nothing, never).ended->kind, FailureKind::Unsupported);
    }

    void endsAtOnce_data()
    {
        QTest::addColumn<bool>("connecting");
        QTest::newRow("while it waits for the next look") << false;
        QTest::newRow("while it connects") << true;
    }

    void endsAtOnce()
    {
        QFETCH(bool, connecting);
        auto order = this->order();
        order.every = 1h;
        if (connecting)
            order.connect = [](std::stop_token stop) -> base::Result<std::unique_ptr<ssh::Server>> {
                while (!stop.stop_requested())
                    std::this_thread::sleep_for(1ms);
                return base::fail(FailureKind::Cancelled, "here");
            };
        std::stop_source stop;
        std::atomic<bool> over = false;
        std::thread worker([&] {
            const auto state = desk::watch(order, [](const WatchState&) { }, stop.get_token());
            over = state.over && !state.ended;
        });
        QTest::qWait(300);
        QVERIFY(!over);
        QElapsedTimer time;
        time.start();
        stop.request_stop();
        worker.join();
        QVERIFY2(time.elapsed() < 100, qPrintable(QString::number(time.elapsed())));
        QVERIFY(over);
    }
};

QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
