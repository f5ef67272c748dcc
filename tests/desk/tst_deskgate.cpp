// SPDX-License-Identifier: GPL-3.0-or-later
// The whole way through the gate on the invented server: shut, cleared, overtaken evidence said, watched,
// passed over with a reason, unblocked, and all of it in the journal.
#include "models/desk/desk.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace sluicegate;
using containment::ActionId;
using readiness::ConditionId;
using readiness::State;
using readiness::Why;

class TestDeskGate : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::unique_ptr<desk::Desk> m_desk;

    const desk::Snapshot& now() const { return *m_desk->snapshot(); }
    const readiness::Condition* condition(ConditionId id) const
    {
        return now().gate ? now().gate->find(id) : nullptr;
    }
    bool is(ConditionId id, State state, Why why) const
    {
        const auto* found = condition(id);
        return found && found->state == state && found->why == why;
    }
    void act(ActionId action)
    {
        m_desk->plan(action, 1);
        QTRY_VERIFY(now().handling && now().handling->plan.action == action);
        m_desk->apply();
        QTRY_VERIFY_WITH_TIMEOUT(!now().running && now().handling->ran(), 60000);
        QVERIFY2(
            now().handling->whole(), now().trouble ? now().trouble->failure.detail.c_str() : "not whole");
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_desk = std::make_unique<desk::Desk>(m_folder.path().toStdString());
        m_desk->startDemo("harbor");
        QTRY_VERIFY_WITH_TIMEOUT(!now().running && now().gate, 60000);
        m_desk->setQuiet(std::chrono::minutes(0));
    }

    void isShutAtFirst()
    {
        QVERIFY(!now().gate->permit);
        QVERIFY(is(ConditionId::SourceShut, State::NotMet, Why::NotDone));
        QVERIFY(is(ConditionId::QueueClean, State::NotMet, Why::StillQueued));
        m_desk->recordUnblock(); // nothing without a permit
        QTest::qWait(100);
        QVERIFY(!now().unblocked);
    }

    void actsOvertakeTheEvidence()
    {
        for (const ActionId action :
            {ActionId::ChangePassword, ActionId::EndSessions, ActionId::ReviewMailbox, ActionId::ClearQueue})
            act(action);
        QTRY_VERIFY(is(ConditionId::QueueClean, State::Unknown, Why::OldEvidence));
        QVERIFY(readiness::remedyOf(*condition(ConditionId::QueueClean)) == readiness::Remedy::Pull);
        QTRY_VERIFY(is(ConditionId::SourceSilent, State::Unknown, Why::OldEvidence));
    }

    // From where the old evidence ended, without pulling it again.
    void theWatchGoesOn()
    {
        m_desk->startWatch();
        QVERIFY(now().watch && !now().watch->over);
        QTRY_VERIFY_WITH_TIMEOUT(now().watch->looks > 0 || now().watch->over, 30000);
        QVERIFY2(!now().watch->ended, now().watch->ended ? now().watch->ended->detail.c_str() : "");
        QCOMPARE(now().watch->seen.spam, 0u);
        QTRY_VERIFY(is(ConditionId::SourceSilent, State::Met, Why::Fine));
        QElapsedTimer time;
        time.start();
        QVERIFY(m_desk->stopWatch());
        QVERIFY(now().watch->over);
        QVERIFY(time.elapsed() < 100);
        QVERIFY(!m_desk->stopWatch());
    }

    void freshEvidenceIsWatchedOn()
    {
        m_desk->startWatch();
        QTRY_VERIFY_WITH_TIMEOUT(now().watch->looks > 0, 30000);
        const auto before = now().analysis;
        m_desk->pullAgain();
        QTRY_VERIFY_WITH_TIMEOUT(!now().running && now().analysis != before, 60000);
        QTRY_VERIFY(is(ConditionId::QueueClean, State::Met, Why::Fine));
        QTRY_VERIFY_WITH_TIMEOUT(now().watch && !now().watch->over && now().watch->looks > 0, 30000);
        QVERIFY(now().watch->seen.from == now().analysis->bundle.clock.here);
        m_desk->stopWatch();
    }

    void aReasonOpensTheGate()
    {
        m_desk->waive(ConditionId::NothingElse, "  ");
        QTRY_VERIFY(now().trouble && now().trouble->failure.kind == base::FailureKind::Usage);
        QVERIFY(!now().gate->permit);
        for (const readiness::Condition& each : now().gate->conditions)
            if (!each.stands())
                m_desk->waive(each.id, "seen by hand");
        QTRY_VERIFY(now().gate->permit.has_value());
        m_desk->recordUnblock();
        QTRY_VERIFY(now().unblocked);
    }

    void theJournalHasAllOfIt()
    {
        m_desk->readJournal();
        QTRY_VERIFY(now().journal);
        QVERIFY(!now().journal->brokenAt);
        for (const char* kind :
            {"connected", "pulled", "command", "action-ended", "watch", "watched", "waived", "unblocked"})
            QVERIFY2(
                std::ranges::contains(now().journal->steps, std::string(kind), &casefile::JournalStep::kind),
                kind);
    }

    void aProfileIsChosenByItsFile()
    {
        m_desk->setProfile(m_folder.filePath(QStringLiteral("none.json")).toStdString());
        QVERIFY(now().trouble && now().trouble->failure.kind == base::FailureKind::NotFound);
        QCOMPARE(now().profile->profile, profile::generic());
    }
};

QTEST_GUILESS_MAIN(TestDeskGate)
#include "tst_deskgate.moc"
