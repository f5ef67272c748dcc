// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's part at the gate: judging it, the operator's words, the watch over the log, the unblock.
#include "models/desk/desk.h"

#include "models/base/operator.h"

namespace sluicegate::desk {

using base::FailureKind;

base::Instant Desk::now() const
{
    return m_demo && m_snapshot->demo ? m_demo->now() : evidence::systemNow();
}

void Desk::judge()
{
    const auto analysis = m_snapshot->analysis;
    if (!analysis)
        return;
    // The journal has this machine's times.
    const auto ahead = now() - evidence::systemNow();
    onClerk([this, analysis, ahead, quiet = quiet()](Clerk& clerk) {
        if (!clerk.folder)
            return;
        auto notes = clerk.folder->ledger()->notes();
        for (containment::Note& note : notes)
            if (note.at)
                *note.at += ahead;
        readiness::Facts facts = readiness::factsOf(*analysis, notes, evidence::systemNow() + ahead);
        facts.watch = quiet;
        auto gate = std::make_shared<const readiness::Gate>(readiness::evaluate(facts));
        const bool unblocked = facts.unblocked.has_value();
        QMetaObject::invokeMethod(this, [this, analysis, unblocked, gate = std::move(gate)] {
            if (m_snapshot->analysis != analysis)
                return;
            change(Part::Gate, [&](Snapshot& next) {
                next.gate = gate;
                next.unblocked = unblocked;
            });
            // A watch counts from one moment only.
            const auto& watch = m_snapshot->watch;
            const bool moved = watch && !watch->over && gate->silentFrom != watch->seen.since;
            if (moved || std::exchange(m_watchAgain, false))
                startWatch();
        });
    });
}

std::chrono::minutes Desk::quiet() const
{
    return m_quiet ? *m_quiet : m_usualQuiet.value_or(m_snapshot->profile->profile.quiet);
}

void Desk::setUsualQuiet(std::optional<std::chrono::minutes> quiet)
{
    m_usualQuiet = quiet;
    judge();
}

void Desk::setProfile(const std::filesystem::path& file)
{
    m_profile = file;
    chooseProfile();
}

// A bad file is said, once, and a good one used.
void Desk::chooseProfile()
{
    const std::string notice = m_snapshot->notice ? m_snapshot->notice->raw : std::string();
    auto choice
        = std::make_shared<const profile::Choice>(profile::choose(notice, m_profile, profile::userFolder()));
    const auto& before = *m_snapshot->profile;
    if (choice->profile == before.profile && choice->troubles == before.troubles)
        return;
    change(Part::Profile, [&](Snapshot& next) { next.profile = choice; });
    if (!choice->troubles.empty())
        fail(Stage::Reading, choice->troubles.front());
    judge();
}

void Desk::probe(Probe what)
{
    if (!m_snapshot->analysis || m_snapshot->running)
        return;
    const auto to = target();
    if (!to)
        return fail(Stage::Acting, to.error());
    begin(Stage::Connecting, to->host,
        [clerk = m_clerk, what, analysis = m_snapshot->analysis, provider = m_snapshot->profile->profile,
            to = *to, asking = m_asking](const Tell&, std::stop_token stop) {
            return desk::probe(
                *clerk, what, analysis, provider, to, asking->asker(stop, [](std::string) { }), stop);
        });
}

void Desk::noteOpened(const std::string& page)
{
    onClerk([page](Clerk& clerk) { (void)clerk.record("opened-page", page); });
}

void Desk::readJournal()
{
    onClerk([this](Clerk& clerk) {
        std::shared_ptr<const casefile::JournalView> view;
        if (clerk.folder)
            if (auto read = clerk.folder->view())
                view = std::make_shared<const casefile::JournalView>(std::move(*read));
        QMetaObject::invokeMethod(this, [this, view = std::move(view)] {
            change(Part::Journal, [&](Snapshot& next) { next.journal = view; });
        });
    });
}

void Desk::setQuiet(std::chrono::minutes quiet)
{
    m_quiet = quiet;
    if (m_snapshot->watch)
        change(Part::Watch, [quiet](Snapshot& next) { next.watch->wanted = quiet; });
    judge();
}

/// Writes into the journal, and judges anew what it says then.
void Desk::note(std::function<base::Result<void>(containment::Ledger&)> write)
{
    onClerk([this, write = std::move(write)](Clerk& clerk) {
        const base::Result<void> noted = clerk.folder
            ? write(*clerk.folder->ledger())
            : base::Result<void>(base::fail(FailureKind::NotFound, "case", "no case is open"));
        QMetaObject::invokeMethod(this, [this, noted] {
            if (!noted)
                return fail(Stage::Acting, noted.error());
            judge();
        });
    });
}

void Desk::waive(readiness::ConditionId id, const std::string& reason)
{
    const auto gate = m_snapshot->gate;
    if (!gate || !gate->find(id))
        return;
    note([gate, id, reason](containment::Ledger& ledger) {
        return readiness::recordWaiver(*gate->find(id), reason, base::operatorName(), ledger);
    });
}

void Desk::withdrawWaiver(readiness::ConditionId id)
{
    note([id](containment::Ledger& ledger) {
        return readiness::withdrawWaiver(id, base::operatorName(), ledger);
    });
}

void Desk::recordUnblock()
{
    const auto gate = m_snapshot->gate;
    if (gate && gate->permit)
        note([gate](containment::Ledger& ledger) { return readiness::recordUnblock(*gate->permit, ledger); });
}

void Desk::startWatch()
{
    const auto analysis = m_snapshot->analysis;
    const auto gate = m_snapshot->gate;
    if (!analysis || !gate || !gate->silentFrom)
        return;
    if (!m_target)
        return fail(
            Stage::Connecting, {FailureKind::NotFound, m_snapshot->target, "nothing was connected to yet"});
    WatchOrder order {.analysis = analysis, .since = *gate->silentFrom, .isClosed = gate->isClosed};
    order.quiet = quiet();
    if (m_demo && m_snapshot->demo)
        order.now = m_demo->now;
    order.connect = [target = *m_target, demo = m_demo, asking = m_asking](
                        std::stop_token stop) -> base::Result<std::unique_ptr<ssh::Server>> {
        ssh::Target to = target;
        if (to.connectedSocket >= 0) {
            const base::Result<int> socket = demo->server->connectedPair();
            if (!socket)
                return std::unexpected(socket.error());
            to.connectedSocket = *socket;
        }
        return ssh::connect(to, asking->asker(stop, [](std::string) { }), stop);
    };
    WatchState begun {.seen = {.from = *gate->silentFrom, .since = *gate->silentFrom}};
    begun.wanted = quiet();
    change(Part::Watch, [&](Snapshot& next) { next.watch = begun; });
    onClerk([](Clerk& clerk) { (void)clerk.record("watch", "begun"); });
    m_watch.run(
        this,
        [this, order](std::stop_token stop) {
            return watch(
                order,
                [this, stop](const WatchState& state) {
                    QMetaObject::invokeMethod(this, [this, stop, state] {
                        if (!stop.stop_requested())
                            showWatch(state);
                    });
                },
                stop);
        },
        [](const WatchState&) {});
}

void Desk::showWatch(const WatchState& state)
{
    const auto before = m_snapshot->watch;
    change(Part::Watch, [&](Snapshot& next) {
        const auto wanted = next.watch ? next.watch->wanted : state.wanted;
        next.watch = state;
        next.watch->wanted = wanted;
    });
    if (state.lost && !(before && before->lost))
        onClerk([failure = *state.lost](Clerk& clerk) {
            (void)clerk.record("watch", std::string(base::name(failure.kind)) + ' ' + failure.detail);
        });
    if (!state.lost && before && state.looks != before->looks)
        note([seen = state.seen](
                 containment::Ledger& ledger) { return readiness::recordWatched(seen, ledger); });
    if (state.ended)
        fail(Stage::Acting, *state.ended);
}

bool Desk::stopWatch()
{
    if (!m_snapshot->watch || m_snapshot->watch->over)
        return false;
    m_watch.stop();
    change(Part::Watch, [](Snapshot& next) {
        next.watch->over = true;
        next.watch->nextLook.reset();
        next.watch->lost.reset();
    });
    onClerk([](Clerk& clerk) { (void)clerk.record("watch", "ended"); });
    return true;
}

} // namespace sluicegate::desk
