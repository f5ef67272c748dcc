// SPDX-License-Identifier: GPL-3.0-or-later
// Losing patience at any moment of a long triage: unpacking, converting, reading, attributing.
#include "models/triage/analysis.h"
#include "tests/bench/loggenerator.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <random>
#include <thread>

#include <zlib.h>

using namespace sluicegate;

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

// Without an optimising compiler, or under sanitizers, a tenth of it takes as long.
#if defined(__OPTIMIZE__) && !defined(SLUICEGATE_SANITIZED)
constexpr std::uint64_t scale = 1;
#else
constexpr std::uint64_t scale = 16;
#endif
constexpr std::uint64_t mebibyte = (1 << 20) / scale;

const base::Instant now = *base::parseIso("2027-06-01T12:00:00Z");

// Writes a generated log part by part: each may be packed, and is as large as asked for.
class Logs {
public:
    explicit Logs(const QTemporaryDir& folder, std::uint64_t bytes)
        : m_folder(folder), m_generator({.bytes = bytes, .seed = 5, .keepJourneys = false})
    {
        QDir().mkpath(folder.filePath(QStringLiteral("var/log")));
    }

    void plain(const QString& name, std::uint64_t bytes)
    {
        QFile file(m_folder.filePath(QStringLiteral("var/log/") + name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        write(bytes, [&](const std::string& text) { file.write(text.data(), qint64(text.size())); });
    }

    void packed(const QString& name, std::uint64_t bytes)
    {
        const QString path = m_folder.filePath(QStringLiteral("var/log/") + name);
        gzFile file = ::gzopen(qPrintable(path), "wb1");
        QVERIFY(file);
        write(bytes, [&](const std::string& text) { ::gzwrite(file, text.data(), unsigned(text.size())); });
        ::gzclose(file);
    }

    // journald's export of the same.
    void exported(const QString& name, std::uint64_t bytes)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        qint64 micros = 1793491200000000;
        write(bytes, [&](const std::string& text) {
            for (const QByteArray& line : QByteArray::fromStdString(text).split('\n'))
                if (const auto colon = line.indexOf(": ", 16); colon > 0)
                    file.write("{\"__REALTIME_TIMESTAMP\":\"" + QByteArray::number(micros += 1000)
                        + "\",\"_HOSTNAME\":\"mail\",\"SYSLOG_IDENTIFIER\":\"postfix/"
                          "smtp\",\"SYSLOG_PID\":\"7\","
                          "\"MESSAGE\":\""
                        + line.mid(colon + 2).replace('\\', "\\\\").replace('"', "\\\"") + "\"}\n");
        });
    }

    void requests(const QString& name, std::uint64_t lines)
    {
        const QString path = m_folder.filePath(QStringLiteral("var/log/apache2/") + name);
        QDir().mkpath(m_folder.filePath(QStringLiteral("var/log/apache2")));
        gzFile file = ::gzopen(qPrintable(path), name.endsWith(QStringLiteral(".gz")) ? "wb1" : "wbT");
        QVERIFY(file);
        for (std::uint64_t n = 0; n < lines; ++n)
            ::gzprintf(file,
                "198.51.100.%d - - [%02d/Nov/2026:%02d:%02d:%02d +0000] \"POST /contact.php?n=%d HTTP/1.1\" "
                "200 %d "
                "\"-\" \"Mozilla/5.0\"\n",
                int(n % 250), int(1 + n * 5 / lines), int(n / 3600 % 24), int(n / 60 % 60), int(n % 60),
                int(n), int(n % 5000));
        ::gzclose(file);
    }

    std::string notice() const
    {
        return "Spam from your server mail.example:\nMessage-ID: <" + m_generator.truth().someMessageId
            + ">\n";
    }

private:
    template <typename Put> void write(std::uint64_t bytes, Put put)
    {
        std::uint64_t written = 0;
        for (bool more = true; more && written < bytes;) {
            std::string text;
            more = m_generator.write(text);
            put(text);
            written += text.size();
        }
    }

    const QTemporaryDir& m_folder;
    bench::LogGenerator m_generator;
};

Milliseconds since(Clock::time_point begin)
{
    return Clock::now() - begin;
}

// How long a triage goes on after it was told to stop at that moment; nothing if it was done before.
std::optional<Milliseconds> cancelTime(
    const evidence::Bundle& bundle, const notice::Notice& notice, Milliseconds moment)
{
    std::stop_source stop;
    std::atomic<bool> done = false;
    std::jthread triage([&] {
        static_cast<void>(triage::analyse(bundle, notice, {}, now, stop.get_token()));
        done = true;
    });
    std::this_thread::sleep_for(moment);
    if (done)
        return {};
    const auto begin = Clock::now();
    stop.request_stop();
    triage.join();
    return since(begin);
}

} // namespace

class CancelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void endsSoonWheneverCancelled_data();
    void endsSoonWheneverCancelled();
};

void CancelTest::endsSoonWheneverCancelled_data()
{
    QTest::addColumn<bool>("journal");
    QTest::newRow("files") << false;
    QTest::newRow("journald's export") << true;
}

void CancelTest::endsSoonWheneverCancelled()
{
    QFETCH(bool, journal);
    QTemporaryDir folder;
    Logs logs(folder, 1024 * mebibyte);
    if (journal) {
        QDir().mkpath(folder.filePath(QStringLiteral("commands")));
        logs.exported(QStringLiteral("commands/journalctl-mail"), 48 * mebibyte);
    } else {
        logs.packed(QStringLiteral("maillog.2.gz"), 64 * mebibyte);
        logs.plain(QStringLiteral("maillog.1"), 96 * mebibyte);
        logs.plain(QStringLiteral("maillog"), 96 * mebibyte);
    }
    logs.requests(QStringLiteral("access.log"), 300'000 / scale);
    logs.requests(QStringLiteral("access.log.1.gz"), 300'000 / scale);
    const auto notice = notice::read(logs.notice());
    QVERIFY(notice.has_value() && notice->ids.size() == 1);
    const auto bundle = evidence::fromFolder(folder.path().toStdString());
    QVERIFY(bundle.has_value());
    const auto begin = Clock::now();
    const auto whole = triage::analyse(*bundle, *notice, {}, now);
    const Milliseconds length = since(begin);
    QVERIFY(whole.has_value() && (*whole)->log);
    QVERIFY(!(*whole)->facts.requests.empty()); // all of it was read

    std::mt19937 dice(std::random_device {}());
    std::vector<std::pair<Milliseconds, Milliseconds>> times; // how long, and at which moment
    constexpr Milliseconds budget = std::chrono::seconds(6);
    for (int n = 0; n < 6 || (n < 40 && since(begin) < budget); ++n) {
        const Milliseconds moment = length * (dice() % 1000) / 1000.0;
        if (const auto time = cancelTime(*bundle, *notice, moment))
            times.emplace_back(*time, moment);
    }
    QVERIFY(times.size() >= 3);
    std::ranges::sort(times);
    qInfo("whole: %.0f ms; cancelled %zu times: median %.1f ms, longest %.1f ms (at %.0f ms)", length.count(),
        times.size(), times[times.size() / 2].first.count(), times.back().first.count(),
        times.back().second.count());
    // 100 ms is the promise; a machine that does other things at the same time may take longer.
    QVERIFY(times.back().first < std::chrono::seconds(1));
}

QTEST_GUILESS_MAIN(CancelTest)
#include "tst_cancel.moc"
