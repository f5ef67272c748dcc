// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/worker.h"

#include <csignal>

#include <poll.h>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr auto goodBye = std::chrono::milliseconds(200);
constexpr int idlePoll = 60'000; // nothing to do but to answer the server's own keep-alive questions

void ignoreBrokenPipes()
{
    sigset_t brokenPipe;
    sigemptyset(&brokenPipe);
    sigaddset(&brokenPipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &brokenPipe, nullptr);
}

} // namespace

Worker::Worker() : m_thread([this](const std::stop_token& stop) { loop(stop); }) { }

Worker::~Worker()
{
    const std::function<void()> leave = [this] { release(); };
    post(leave);
    std::unique_lock lock(m_guard);
    awaitEnd(lock, goodBye);
    m_thread.request_stop();
    m_interrupt.wake();
}

void Worker::post(const std::function<void()>& job)
{
    const std::scoped_lock lock(m_guard);
    m_job = &job;
    m_finished = false;
    m_interrupt.wake();
}

void Worker::awaitEnd(std::unique_lock<std::mutex>& lock, std::chrono::milliseconds grace)
{
    if (m_changed.wait_for(lock, grace, [this] { return m_finished; }))
        return;
    m_interrupt.cut();
    m_changed.wait(lock, [this] { return m_finished; });
}

void Worker::perform(
    const std::function<void()>& job, const std::stop_token& stop, std::chrono::milliseconds grace)
{
    const std::scoped_lock caller(m_callers);
    m_interrupt.clear();
    post(job);
    const std::stop_callback onStop(stop, [this] {
        m_interrupt.request();
        const std::scoped_lock lock(m_guard);
        m_changed.notify_all();
    });
    std::unique_lock lock(m_guard);
    m_changed.wait(lock, [this] { return m_finished || m_interrupt.requested(); });
    awaitEnd(lock, grace);
}

Result<void> Worker::adopt(SessionHandle session, std::string subject)
{
    m_session = std::move(session);
    m_event.reset(ssh_event_new());
    ssh_set_blocking(m_session.get(), 0);
    const auto ignore = [](socket_t, int, void*) { return 0; };
    if (!m_event || ssh_event_add_session(m_event.get(), m_session.get()) != SSH_OK
        || ssh_event_add_fd(m_event.get(), m_interrupt.descriptor(), POLLIN, ignore, nullptr) != SSH_OK)
        return fail(FailureKind::Unsupported, subject, "no event loop for the session");
    m_link.session = m_session.get();
    m_link.event = m_event.get();
    m_link.subject = std::move(subject);
    return {};
}

// A lost session is left alone: polling it again would return at once, for ever.
void Worker::idle()
{
    if (m_link.session != nullptr && ssh_is_connected(m_link.session)) {
        ssh_event_dopoll(m_link.event, idlePoll);
    } else {
        pollfd wait {m_interrupt.descriptor(), POLLIN, 0};
        ::poll(&wait, 1, -1);
    }
}

void Worker::loop(const std::stop_token& stop)
{
    ignoreBrokenPipes();
    while (!stop.stop_requested()) {
        const std::function<void()>* job = nullptr;
        {
            const std::scoped_lock lock(m_guard);
            m_interrupt.drain(); // with the guard held: what is posted later wakes again
            job = std::exchange(m_job, nullptr);
        }
        if (job == nullptr) {
            idle();
            continue;
        }
        (*job)();
        const std::scoped_lock lock(m_guard);
        m_finished = true;
        m_changed.notify_all();
    }
}

// libssh's objects end on the thread that used them.
void Worker::release()
{
    if (m_event && m_session) {
        ssh_event_remove_fd(m_event.get(), m_interrupt.descriptor());
        ssh_event_remove_session(m_event.get(), m_session.get());
    }
    if (m_session)
        ssh_disconnect(m_session.get());
    m_link.session = nullptr;
    m_event.reset();
    m_session.reset();
}

} // namespace sluicegate::ssh
