// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/watching.h"

#include "models/containment/hand.h"
#include "models/desk/lognews.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace sluicegate::desk {

using base::FailureKind;
using std::chrono::milliseconds;

namespace {

constexpr milliseconds longestPatience = std::chrono::minutes(1);

// The server or the way to it is away; everything else will not mend itself.
bool mayComeBack(FailureKind kind)
{
    return kind == FailureKind::ConnectionLost || kind == FailureKind::Timeout
        || kind == FailureKind::Unreachable || kind == FailureKind::NameNotResolved
        || kind == FailureKind::Truncated;
}

class Watching {
public:
    Watching(
        const WatchOrder& order, const std::function<void(const WatchState&)>& tell, std::stop_token stop)
        : m_order(order)
        , m_tell(tell)
        , m_stop(std::move(stop))
        , m_judge(*order.analysis, order.analysis->verdict.suspects.front(), order.isClosed)
    {
        m_state.wanted = order.quiet;
        m_state.seen.from = order.analysis->bundle.clock.here.value_or(order.since);
        m_state.seen.since = order.since;
        m_state.seen.until = m_state.seen.from;
    }

    WatchState run()
    {
        auto news = LogNews::behind(*m_order.analysis, m_stop);
        if (!news)
            return end(news.error());
        while (!m_stop.stop_requested()) {
            const auto done = once(*news);
            if (!done)
                return end(done.error());
            if (m_order.endsWhenTold && !m_state.lost && (m_state.isQuiet() || m_state.seen.spam > 0))
                return end({});
            wait(m_state.lost ? m_patience : m_order.every);
        }
        return end({});
    }

private:
    // One connection if need be, and one look.
    base::Result<void> once(LogNews& news)
    {
        base::Result<void> done = connect();
        if (done)
            done = look(news);
        if (done || m_stop.stop_requested() || !mayComeBack(done.error().kind) || !m_everConnected)
            return m_stop.stop_requested() ? base::Result<void>() : done;
        m_server.reset();
        m_patience = m_state.lost ? std::min(2 * m_patience, longestPatience) : m_order.patience;
        m_state.lost = done.error();
        m_state.nextLook = m_patience;
        m_tell(m_state);
        return {};
    }

    base::Result<void> connect()
    {
        if (m_server)
            return {};
        auto server = m_order.connect(m_stop);
        if (!server)
            return std::unexpected(server.error());
        if (auto same = containment::sameServer(**server, m_order.analysis->bundle.hostKey); !same)
            return same;
        m_server = std::move(*server);
        m_state.reconnected += m_everConnected ? 1 : 0;
        m_everConnected = true;
        return {};
    }

    base::Result<void> look(LogNews& news)
    {
        const base::Instant began = m_order.now();
        auto read = news.look(*m_server, m_stop);
        if (!read && read.error().kind == FailureKind::Rotated) {
            if (auto anew = news.startAnew(*m_server, m_stop); !anew)
                return anew;
            ++m_state.gaps;
            disturb(began);
            read = news.look(*m_server, m_stop);
        }
        if (!read)
            return std::unexpected(read.error());
        ++m_state.looks;
        m_state.seen.bytes += *read;
        m_state.seen.until = std::max(began, m_state.seen.until);
        m_state.lost.reset();
        m_state.nextLook = m_order.every;
        count(news);
        m_tell(m_state);
        return {};
    }

    void count(LogNews& news)
    {
        const auto& analysis = *m_order.analysis;
        const base::Instant zero = readiness::onServer(analysis, base::Instant());
        const auto ahead = zero - base::Instant();
        if (const auto history = news.history(m_order.now() + ahead)) {
            const auto tally = m_judge.tally(*history, m_order.since + ahead + readiness::slack);
            m_state.seen.spam = tally.spam;
            m_state.seen.refused = tally.refused;
            m_state.seen.unclear = tally.unclear;
            m_state.evidence = tally.evidence;
            for (base::EvidenceLine& line : m_state.evidence)
                line.line = 0; // counted from where the watch began, it would not be found in the file
            if (tally.lastSpam)
                disturb(*tally.lastSpam - ahead);
        }
        const auto from = std::max(m_order.since, m_state.seen.disturbed.value_or(m_order.since));
        m_state.quiet = std::max(
            std::chrono::seconds(0), std::chrono::floor<std::chrono::seconds>(m_state.seen.until - from));
    }

    void disturb(base::Instant at)
    {
        m_state.seen.disturbed = std::max(at, m_state.seen.disturbed.value_or(at));
    }

    void wait(milliseconds time)
    {
        std::unique_lock lock(m_mutex);
        m_stopped.wait_for(lock, m_stop, time, [] { return false; });
    }

    WatchState end(std::optional<base::Failure> why)
    {
        if (!why || why->kind != FailureKind::Cancelled)
            m_state.ended = std::move(why);
        m_state.over = true;
        m_state.nextLook.reset();
        m_tell(m_state);
        return m_state;
    }

    const WatchOrder& m_order;
    const std::function<void(const WatchState&)>& m_tell;
    std::stop_token m_stop;
    readiness::NewsJudge m_judge;
    WatchState m_state;
    std::unique_ptr<ssh::Server> m_server;
    bool m_everConnected = false;
    milliseconds m_patience {};
    std::mutex m_mutex;
    std::condition_variable_any m_stopped;
};

} // namespace

WatchState watch(
    const WatchOrder& order, const std::function<void(const WatchState&)>& tell, std::stop_token stop)
{
    if (!order.analysis->verdict.suspects.empty())
        return Watching(order, tell, std::move(stop)).run();
    WatchState none;
    none.over = true;
    none.ended = base::Failure {FailureKind::Unsupported, "watch", "the evidence names no source"};
    tell(none);
    return none;
}

} // namespace sluicegate::desk
