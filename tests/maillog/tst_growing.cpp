// SPDX-License-Identifier: GPL-3.0-or-later
// Storage and histories that grow while somebody looks at what they were.
#include "models/maillog/arena.h"
#include "models/maillog/growing.h"
#include "tests/bench/loggenerator.h"
#include "tests/maillog/tojson.h"
#include "tests/maillog/truth.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <format>
#include <future>
#include <random>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

const Options options {.now = base::Instant(std::chrono::sys_days(std::chrono::year(2026) / 11 / 24)),
    .zone = std::chrono::hours(1),
    .since = {},
    .until = {}};

using Dice = std::mt19937_64;

struct File {
    std::string path;
    std::string bytes;
};
using Files = std::vector<File>;

std::string generated(Dice& dice, std::uint64_t bytes)
{
    // Some of them begin in the last days of a year.
    const std::int64_t start = dice() % 2 == 0 ? 1793491200 : 1767200000;
    bench::LogGenerator generator({.bytes = bytes,
        .seed = dice() % 1000,
        .style = dice() % 2 == 0 ? bench::Style::Traditional : bench::Style::Zoned,
        .ids = dice() % 2 == 0 ? bench::Ids::Short : bench::Ids::Long,
        .start = start});
    std::string out;
    while (generator.write(out)) { }
    return out;
}

std::string golden(const QString& name)
{
    QFile file(QStringLiteral(MAILLOG_DATA "/") + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

std::string withCarriageReturns(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        if (c == '\n')
            out += '\r';
        out += c;
    }
    return out;
}

// A log as several files; a later one may begin with lines that the one before ends with.
Files rotated(const std::string& log, Dice& dice)
{
    Files files;
    std::size_t from = 0;
    for (const std::size_t count = 1 + dice() % 4; files.size() + 1 < count;) {
        const std::size_t end = log.find('\n', from + dice() % (log.size() - from));
        if (end == std::string::npos || end + 1 >= log.size())
            break;
        files.push_back({"maillog." + std::to_string(9 - files.size()), log.substr(from, end + 1 - from)});
        from = end + 1;
        for (std::size_t again = dice() % 3 == 0 ? dice() % 30 : 0; again != 0 && from > 1; --again) {
            const std::size_t before = log.rfind('\n', from - 2);
            from = before == std::string::npos ? 0 : before + 1;
        }
    }
    files.push_back({"maillog", log.substr(from)});
    return files;
}

Files someLog(Dice& dice)
{
    static const QStringList inputs
        = QDir(QStringLiteral(MAILLOG_DATA)).entryList({QStringLiteral("*.in")}, QDir::Files, QDir::Name);
    const auto other = [&dice] { return golden(inputs.at(qsizetype(dice() % std::size_t(inputs.size())))); };
    switch (dice() % 5) {
    case 0:
        return {{"one", other()}, {"maillog", other()}};
    case 1:
        return rotated(withCarriageReturns(generated(dice, 20'000)), dice);
    case 2:
        return rotated(golden(QStringLiteral("journal-json.in")), dice);
    case 3: {
        std::string log
            = other() + other() + std::string("\0\xff rubbish\n\n\n", 13) + generated(dice, 30'000);
        if (dice() % 2 == 0)
            log.pop_back();
        return rotated(log, dice);
    }
    default:
        return rotated(generated(dice, 20'000 + dice() % 40'000), dice);
    }
}

QJsonObject whole(const History& history)
{
    QJsonObject object = toJson(history);
    QJsonArray files;
    for (const FileSummary& file : history.summary().files)
        files << QString::fromStdString(
            std::format("{} {} {} {}", file.path, file.bytes, file.lines, file.repeated));
    object[QStringLiteral("files")] = files;
    return object;
}

// The same bytes that the snapshot says it has read, read at once.
base::Result<std::shared_ptr<const History>> atOnce(const History& snapshot, const Files& files)
{
    std::vector<Source> sources;
    for (std::size_t n = 0; n < snapshot.summary().files.size(); ++n) {
        const FileSummary& summary = snapshot.summary().files[n];
        sources.push_back({files[n].path, base::Bytes::own(files[n].bytes.substr(0, summary.bytes))});
    }
    return History::read(std::move(sources), options);
}

bool inOrder(const Files& files)
{
    std::vector<Source> sources;
    for (const File& file : files)
        sources.push_back({file.path, base::Bytes::own(file.bytes)});
    const auto read = History::read(std::move(sources), options);
    return read && std::ranges::equal((*read)->summary().files, files, {}, &FileSummary::path, &File::path);
}

QString difference(const QJsonObject& one, const QJsonObject& other)
{
    if (one == other)
        return {};
    for (const QString& key : one.keys() + other.keys())
        if (one[key].isArray() && one[key].toArray().size() == other[key].toArray().size()) {
            const QJsonArray a = one[key].toArray();
            for (qsizetype n = 0; n < a.size(); ++n)
                if (a[n] != other[key].toArray()[n])
                    return QString::fromUtf8(
                        QJsonDocument(QJsonArray {key, n, a[n], other[key].toArray()[n]}).toJson());
        } else if (one[key] != other[key])
            return QString::fromUtf8(QJsonDocument(QJsonArray {key, one[key], other[key]}).toJson())
                .left(2000);
    return {};
}

} // namespace

class GrowingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void arenaKeepsItsPlaces();
    void arenaSnapshotsStayAsTheyWere();
    void arenaGoesOnInPlaceWhenASnapshotIsGone();
    void tellsWhatReadingAtOnceTells_data();
    void tellsWhatReadingAtOnceTells();
    void tellsTheTruth();
    void waitsForALineToEnd();
    void namesTheYearByTheClock();
    void refusesPackedFiles();
    void refusesFilesOutOfOrder();
    void keepsToTheWindow();
};

void GrowingTest::arenaKeepsItsPlaces()
{
    Arena<std::uint64_t> arena;
    std::vector<const std::uint64_t*> places;
    for (std::uint32_t n = 0; n < 1'000'000; ++n) {
        QCOMPARE(arena.push(n * 3ull), n);
        places.push_back(&arena[n]);
    }
    for (std::uint32_t n = 0; n < arena.size(); ++n)
        if (&arena[n] != places[n] || arena[n] != n * 3ull)
            QFAIL(qPrintable(QString::number(n)));
}

void GrowingTest::arenaSnapshotsStayAsTheyWere()
{
    std::mt19937 dice(7);
    Arena<std::uint64_t> arena;
    std::vector<std::uint64_t> truth;
    std::vector<std::pair<Arena<std::uint64_t>, std::vector<std::uint64_t>>> kept;
    for (int round = 0; round < 40; ++round) {
        for (std::uint32_t n = dice() % 9000; n != 0; --n) {
            truth.push_back(dice());
            arena.push(truth.back());
        }
        for (std::uint32_t n = dice() % 50; n != 0 && !truth.empty(); --n) {
            const std::uint32_t at = dice() % arena.size();
            truth[at] = arena[at] = dice();
        }
        if (dice() % 2 == 0)
            kept.emplace_back(arena.snapshot(), truth);
        if (kept.size() > 5)
            kept.erase(kept.begin() + dice() % 5);
        for (const auto& [snapshot, then] : kept) {
            QCOMPARE(snapshot.size(), then.size());
            for (std::uint32_t n = 0; n < snapshot.size(); ++n)
                if (snapshot[n] != then[n])
                    QFAIL(qPrintable(QString::number(n)));
        }
    }
}

void GrowingTest::arenaGoesOnInPlaceWhenASnapshotIsGone()
{
    Arena<std::uint64_t> arena;
    for (std::uint32_t n = 0; n < 5000; ++n)
        arena.push(n);
    static_cast<void>(arena.snapshot());
    arena[0] = 1; // the first page is of a block: copied once
    const std::uint64_t* copied = &std::as_const(arena)[0];
    static_cast<void>(arena.snapshot());
    arena[0] = 2;
    QCOMPARE(&std::as_const(arena)[0], copied);
    const auto snapshot = arena.snapshot();
    arena[0] = 3;
    QVERIFY(&std::as_const(arena)[0] != copied);
    QCOMPARE(snapshot[0], 2ull);
}

void GrowingTest::tellsWhatReadingAtOnceTells_data()
{
    QTest::addColumn<int>("seed");
    for (int seed = 1; seed <= 40; ++seed)
        QTest::addRow("%d", seed) << seed;
}

void GrowingTest::tellsWhatReadingAtOnceTells()
{
    QFETCH(int, seed);
    Dice dice {std::uint64_t(seed)};
    const Files files = someLog(dice);
    GrowingHistory growing(options);
    std::vector<std::pair<std::shared_ptr<const History>, QJsonObject>> kept;
    const auto look = [&] {
        auto snapshot = growing.snapshot();
        const auto read = atOnce(*snapshot, files);
        QCOMPARE(growing.understood(), read.has_value());
        QCOMPARE(growing.lines(), snapshot->summary().lines);
        QCOMPARE(growing.journeys(), snapshot->size());
        QJsonObject json = whole(*snapshot);
        if (read)
            QCOMPARE(difference(json, whole(**read)), QString());
        kept.emplace_back(std::move(snapshot), std::move(json));
        if (kept.size() > 6)
            kept.erase(kept.begin() + qsizetype(dice() % 6));
    };
    look();
    for (const File& file : files) {
        QVERIFY(growing.begin(file.path).has_value());
        const std::size_t most = std::size_t(1) << (dice() % 18);
        const std::size_t looks = file.bytes.size() / most + 1; // about two
        base::Result<void> taken;
        for (std::size_t at = 0; taken && at < file.bytes.size();) {
            const std::string_view piece = std::string_view(file.bytes).substr(at, 1 + dice() % most);
            taken = growing.take(piece);
            at += piece.size();
            if (dice() % looks == 0)
                look();
        }
        if (taken)
            taken = growing.end();
        look();
        if (!taken) { // only where reading at once would take them in another order
            QCOMPARE(taken.error().kind, base::FailureKind::Unsupported);
            QVERIFY(!inOrder(files));
            return;
        }
    }
    const auto last = growing.snapshot();
    for (std::size_t n = 0; n < files.size(); ++n)
        QCOMPARE(last->summary().files[n].bytes, files[n].bytes.size());
    for (const auto& [snapshot, then] : kept)
        QCOMPARE(difference(whole(*snapshot), then), QString());
}

void GrowingTest::tellsTheTruth()
{
    bench::LogGenerator generator({.bytes = 16 << 20, .seed = 11});
    Options utc = options;
    utc.zone = {};
    GrowingHistory growing(utc);
    QVERIFY(growing.begin("maillog").has_value());
    // Looked at while it grows, by others; and again when it is whole.
    std::vector<std::pair<std::shared_ptr<const History>, std::future<std::uint64_t>>> kept;
    const auto sum = [](const History& history) {
        std::uint64_t lines = 0;
        for (std::uint32_t n = 0; n < history.size(); ++n)
            lines = lines * 31 + history.journey(n).lines().size() + history.journey(n).outcome().sent
                + history.journey(n).saslUsername().size();
        return lines;
    };
    std::string log;
    while (generator.write(log)) { }
    constexpr std::size_t piece = 700'001;
    for (std::size_t at = 0; at < log.size(); at += piece) {
        QVERIFY(growing.take(std::string_view(log).substr(at, piece)).has_value());
        auto snapshot = growing.snapshot();
        auto then = std::async(std::launch::async, [&sum, snapshot] { return sum(*snapshot); });
        kept.emplace_back(std::move(snapshot), std::move(then));
    }
    QVERIFY(growing.end().has_value());
    QCOMPARE(differenceFromTruth(*growing.snapshot(), generator.truth()), QString());
    QCOMPARE(kept.size(), 24u);
    for (auto& [snapshot, then] : kept)
        QCOMPARE(sum(*snapshot), then.get());
}

void GrowingTest::waitsForALineToEnd()
{
    const std::string line = "Nov 23 09:44:08 mail postfix/pickup[1]: 3A1B2C4D5E: uid=33 from=<a@b.example>";
    GrowingHistory growing(options);
    QVERIFY(growing.begin("maillog").has_value());
    for (int n = 0; n < 20; ++n)
        QVERIFY(growing.take(line + "\r\n").has_value());
    QVERIFY(growing.take(line).has_value());
    QCOMPARE(growing.snapshot()->summary().lines, 20u);
    QVERIFY(growing.take("\r").has_value());
    QCOMPARE(growing.snapshot()->summary().lines, 20u);
    QVERIFY(growing.end().has_value());
    QCOMPARE(growing.snapshot()->summary().lines, 21u);
    QCOMPARE(growing.snapshot()->lineText({0, 20 * (line.size() + 2)}), std::string_view(line));
}

void GrowingTest::namesTheYearByTheClock()
{
    GrowingHistory growing(options);
    QVERIFY(growing.begin("maillog").has_value());
    QVERIFY(growing.take("Dec 30 09:44:08 mail postfix/pickup[1]: 3A1B2C4D5E: uid=33 from=<a@b.example>\n")
            .has_value());
    QVERIFY(growing.end().has_value());
    const auto before = growing.snapshot();
    const auto after = growing.snapshot(options.now + std::chrono::days(50));
    QCOMPARE(base::iso(before->journey(0).first()).substr(0, 4), std::string("2025"));
    QCOMPARE(base::iso(after->journey(0).first()).substr(0, 4), std::string("2026"));
    QCOMPARE(base::iso(before->journey(0).first()).substr(0, 4), std::string("2025"));
}

void GrowingTest::refusesPackedFiles()
{
    GrowingHistory growing(options);
    QVERIFY(growing.begin("maillog.1.gz").has_value());
    std::string packed("\x1f\x8b\x08\0", 4);
    packed.append(500, 'x');
    const auto taken = growing.take(packed);
    QVERIFY(!taken);
    QCOMPARE(taken.error().kind, base::FailureKind::Unsupported);
    QCOMPARE(taken.error().subject, std::string("maillog.1.gz"));
    QVERIFY(!growing.begin("maillog"));
    QCOMPARE(growing.snapshot()->size(), 0u);
}

void GrowingTest::refusesFilesOutOfOrder()
{
    const auto line = [](const char* day) {
        return std::format(
            "Nov {} 09:44:08 mail postfix/pickup[1]: 3A1B2C4D5E: uid=33 from=<a@b.example>\n", day);
    };
    GrowingHistory growing(options);
    QVERIFY(growing.begin("maillog").has_value());
    QVERIFY(growing.take(line("22")).has_value());
    QVERIFY(growing.begin("maillog.1").has_value());
    QVERIFY(growing.take(line("20")).has_value());
    const auto ended = growing.end();
    QVERIFY(!ended);
    QCOMPARE(ended.error().kind, base::FailureKind::Unsupported);
    QCOMPARE(growing.snapshot()->size(), 1u);
}

void GrowingTest::keepsToTheWindow()
{
    Dice dice {5};
    const std::string log = generated(dice, 100'000);
    Options window = options;
    const auto all = History::read({{"maillog", base::Bytes::own(log)}}, window);
    QVERIFY(all.has_value());
    window.since = (*all)->journey((*all)->size() / 3).first();
    window.until = (*all)->journey((*all)->size() / 2).first();
    GrowingHistory growing(window);
    QVERIFY(growing.begin("maillog").has_value());
    QVERIFY(growing.take(log).has_value());
    QVERIFY(growing.end().has_value());
    const auto read = History::read({{"maillog", base::Bytes::own(log)}}, window);
    QVERIFY(read.has_value());
    QVERIFY((*read)->size() < (*all)->size() / 2);
    QCOMPARE(difference(whole(*growing.snapshot()), whole(**read)), QString());
    QCOMPARE(difference(whole(*growing.snapshot()), whole(**read)), QString());
}

QTEST_GUILESS_MAIN(GrowingTest)
#include "tst_growing.moc"
