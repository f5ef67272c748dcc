// SPDX-License-Identifier: GPL-3.0-or-later
// Storage and histories that grow while somebody looks at what they were.
#include "models/maillog/arena.h"

#include <QTest>

#include <random>

using namespace sluicegate::maillog;

class GrowingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void arenaKeepsItsPlaces();
    void arenaSnapshotsStayAsTheyWere();
    void arenaGoesOnInPlaceWhenASnapshotIsGone();
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

QTEST_GUILESS_MAIN(GrowingTest)
#include "tst_growing.moc"
