// SPDX-License-Identifier: GPL-3.0-or-later
// Runs jobs of which only the newest one's answer counts.
#pragma once

#include <QFuture>
#include <QThreadPool>
#include <QtConcurrentRun>

#include <stop_token>
#include <type_traits>
#include <utility>

namespace sluicegate::desk {

/// The run's own stop token is asked on the context's thread just before delivery: cancelling the QFuture of
/// a continuation did not keep a stale result out in Qt 6.8.
class Latest {
public:
    explicit Latest(QThreadPool* pool) : m_pool(pool) { }
    ~Latest() { stop(); }
    Latest(const Latest&) = delete;
    Latest& operator=(const Latest&) = delete;

    /// `job(stop_token)` runs on the pool, `deliver(answer)` on the thread of `context`.
    template <typename Job, typename Deliver> void run(QObject* context, Job job, Deliver deliver)
    {
        using Result = std::invoke_result_t<Job&, std::stop_token>;
        stop();
        m_source = std::stop_source();
        const std::stop_token token = m_source.get_token();
        QtConcurrent::run(m_pool, [job = std::move(job), token]() mutable {
            return job(token);
        }).then(context, [deliver = std::move(deliver), token](Result answer) mutable {
            if (!token.stop_requested())
                deliver(std::move(answer));
        });
    }

    void stop() { m_source.request_stop(); }
    std::stop_token token() const { return m_source.get_token(); }

private:
    QThreadPool* m_pool;
    std::stop_source m_source;
};

} // namespace sluicegate::desk
