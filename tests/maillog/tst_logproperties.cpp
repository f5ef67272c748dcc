// SPDX-License-Identifier: GPL-3.0-or-later
// What must hold for every generated log, however its lines were shuffled, cut or copied.
#include "tests/bench/dice.h"
#include "tests/maillog/truth.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

const Options usual {.now = *base::parseIso("2026-11-23T12:00:00Z"), .zone = {}, .since = {}, .until = {}};

Source source(std::string path, std::string bytes)
{
    return {std::move(path), base::Bytes::own(std::move(bytes))};
}

std::vector<std::string_view> linesOf(std::string_view log)
{
    std::vector<std::string_view> lines;
    for (; !log.empty(); log.remove_prefix(lines.back().size()))
        lines.push_back(log.substr(0, log.find('\n') + 1));
    return lines;
}

std::string joined(std::span<const std::string_view> lines)
{
    std::string all;
    for (const std::string_view line : lines)
        all += line;
    return all;
}

// "2026-11-01T00:00:03.123456+00:00 ..."
std::int64_t microseconds(std::string_view line)
{
    return base::parseIso(line.substr(0, line.find(' ')))->time_since_epoch().count();
}

std::string_view between(std::string_view text, std::string_view before, std::string_view behind)
{
    const std::size_t at = text.find(before);
    if (at == std::string_view::npos)
        return {};
    text.remove_prefix(at + before.size());
    return text.substr(0, text.find(behind));
}

// A second, plain way to count: what a piece of a log tells of its queue ids, none of which is used twice.
struct Counted {
    std::set<std::string_view> ids;
    std::map<std::string_view, std::string_view> sourceOf; // login or uid
    std::map<std::string, std::uint64_t> outcomes; // "source status"
};

Counted count(std::span<const std::string_view> lines)
{
    Counted all;
    for (const std::string_view line : lines) {
        const std::string_view id = between(line, "]: ", ": ");
        if (id.size() < 12 || id.find_first_of(" =[") != std::string_view::npos)
            continue; // of no message
        all.ids.insert(id);
        if (const auto login = between(line, "sasl_username=", "\n"); !login.empty())
            all.sourceOf[id] = login;
        else if (const auto uid = between(line, ": uid=", " "); !uid.empty())
            all.sourceOf[id] = uid;
    }
    for (const std::string_view line : lines)
        if (const auto status = between(line, ", status=", " "); !status.empty())
            ++all.outcomes[std::string(all.sourceOf[between(line, "]: ", ": ")]) + ' ' + std::string(status)];
    return all;
}

Counted count(const History& history)
{
    Counted all;
    for (std::uint32_t n = 0; n < history.size(); ++n) {
        const Journey journey = history.journey(n);
        all.ids.insert(journey.queueId());
        const std::string source
            = journey.uid() ? std::to_string(*journey.uid()) : std::string(journey.saslUsername());
        for (const Attempt& attempt : journey.attempts())
            ++all.outcomes[source + ' ' + std::string(name(attempt.status))];
    }
    return all;
}

} // namespace

class LogPropertiesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void seeds()
    {
        QTest::addColumn<quint64>("seed");
        QTest::addColumn<int>("incident");
        QTest::addColumn<bool>("longIds");
        const char* names[] = {"password", "form", "hack"};
        for (quint64 seed = 201; seed <= 206; ++seed)
            for (const bool longIds : {false, true})
                QTest::addRow("seed %d, %s, %s ids", int(seed), names[seed % 3], longIds ? "long" : "short")
                    << seed << int(seed % 3) << longIds;
    }

    // Several processes write: lines that belong together change places within some tenths of a second.
    void countsTheSameWhenShuffled_data() { seeds(); }
    void countsTheSameWhenShuffled()
    {
        const std::string log = generate(bench::Style::Zoned);
        std::vector<std::pair<std::int64_t, std::string_view>> placed;
        for (const std::string_view line : linesOf(log))
            placed.emplace_back(microseconds(line) + std::int64_t(m_dice->below(400'000)), line);
        std::ranges::stable_sort(placed, {}, &std::pair<std::int64_t, std::string_view>::first);
        std::string shuffled;
        for (const auto& [at, line] : placed)
            shuffled += line;
        QVERIFY(shuffled != log);
        const auto history = History::read({source("maillog", shuffled)}, usual);
        QVERIFY(history.has_value());
        QCOMPARE(differenceInCounts(**history, m_generator->truth()), QString());
    }

    // Without its head and its tail a log tells less, but of what is left nothing is lost or made up.
    void countsWhatIsLeftOfACutLog_data() { seeds(); }
    void countsWhatIsLeftOfACutLog()
    {
        QFETCH(bool, longIds);
        const std::string log = generate(bench::Style::Traditional);
        const auto lines = linesOf(log);
        const std::size_t from = lines.size() / 10 + m_dice->below(lines.size() / 4);
        const std::size_t to = lines.size() - lines.size() / 10 - m_dice->below(lines.size() / 4);
        const auto left = std::span(lines).subspan(from, to - from);
        const std::string bytes = joined(left);
        const auto history = History::read({source("maillog", bytes)}, usual);
        QVERIFY(history.has_value());
        QCOMPARE((*history)->summary().lines, std::uint64_t(left.size()));
        if (!longIds)
            return; // short ones are used again: which life a cut one is, only the reader can say
        const Counted wanted = count(left);
        const Counted got = count(**history);
        QCOMPARE((*history)->size(), std::uint32_t(wanted.ids.size()));
        QVERIFY(wanted.ids == got.ids);
        QVERIFY(wanted.outcomes == got.outcomes);
    }

    // Rotated files that overlap, in any order: a run that stands in two of them counts once.
    void countsCopiedRunsOnce_data() { seeds(); }
    void countsCopiedRunsOnce()
    {
        const std::string log = generate(bench::Style::Traditional);
        const auto lines = linesOf(log);
        const auto piece = [&](std::size_t from, std::size_t to) {
            return joined(std::span(lines).subspan(from, std::min(to, lines.size()) - from));
        };
        const std::size_t third = lines.size() / 3;
        const std::size_t overlap = 2 + m_dice->below(third / 2);
        std::vector<Source> files {source("maillog", piece(2 * third, lines.size())),
            source("maillog.processed", piece(third, 2 * third + overlap)),
            source("maillog.processed.1", piece(0, third + 2 + m_dice->below(third / 2)))};
        std::ranges::rotate(files, files.begin() + std::ptrdiff_t(m_dice->below(files.size())));
        const auto history = History::read(std::move(files), usual);
        QVERIFY(history.has_value());
        QCOMPARE(differenceFromTruth(**history, m_generator->truth()), QString());
    }

private:
    std::string generate(bench::Style style)
    {
        QFETCH(quint64, seed);
        QFETCH(int, incident);
        QFETCH(bool, longIds);
        m_dice.emplace(seed);
        m_generator.emplace(bench::Settings {.bytes = 400 << 10,
            .seed = seed,
            .style = style,
            .ids = longIds ? bench::Ids::Long : bench::Ids::Short,
            .incident = bench::Incident(incident)});
        std::string log;
        while (m_generator->write(log))
            continue;
        return log;
    }

    std::optional<bench::Dice> m_dice;
    std::optional<bench::LogGenerator> m_generator;
};

QTEST_GUILESS_MAIN(LogPropertiesTest)
#include "tst_logproperties.moc"
