// SPDX-License-Identifier: GPL-3.0-or-later
// One model's own worker thread: the newest job wins, and answers come back on the model's thread.
#pragma once

#include <QObject>
#include <QThreadPool>

#include <stop_token>

namespace sluicegate::items {

/// Owned by the QObject it answers to; waits for its thread when it dies, so a job may hold on to nothing.
class Background {
public:
    explicit Background(QObject* context) : m_context(context) { m_pool.setMaxThreadCount(1); }
    ~Background()
    {
        m_source.request_stop();
        m_pool.waitForDone();
    }

    /// Stops what runs and starts `job(token)`.
    template <typename Job> void start(Job job)
    {
        m_source.request_stop();
        m_source = std::stop_source();
        m_pool.start([job = std::move(job), token = m_source.get_token()]() mutable { job(token); });
    }

    /// From within a job: hands `take` to the context's thread, where the job's own token is asked once more.
    template <typename Take> void deliver(std::stop_token token, Take take) const
    {
        QMetaObject::invokeMethod(
            m_context,
            [token, take = std::move(take)]() mutable {
                if (!token.stop_requested())
                    take();
            },
            Qt::QueuedConnection);
    }

    void stop() { m_source.request_stop(); }

private:
    QObject* m_context;
    std::stop_source m_source;
    QThreadPool m_pool;
};

} // namespace sluicegate::items
