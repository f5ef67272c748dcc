// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's part that plans and runs actions.
#include "models/desk/desk.h"

namespace sluicegate::desk {

using base::FailureKind;

void Desk::plan(containment::ActionId action, int rank, containment::Exclusions exclusions)
{
    const auto analysis = m_snapshot->analysis;
    if (!analysis || m_snapshot->running)
        return;
    onClerk([this, analysis, action, rank, exclusions = std::move(exclusions)](Clerk& clerk) {
        base::Result<Handling> planned = base::fail(FailureKind::NotFound, "case", "no case is open");
        if (clerk.folder)
            planned = desk::plan(*analysis, *clerk.folder->ledger(), action, rank, exclusions);
        QMetaObject::invokeMethod(this, [this, analysis, planned = std::move(planned)] {
            if (m_snapshot->analysis != analysis || m_snapshot->running)
                return;
            if (!planned)
                return fail(Stage::Acting, planned.error());
            change(Part::Action | Part::Trouble, [&](Snapshot& next) {
                next.handling = std::make_shared<Handling>(*planned);
                next.trouble.reset();
            });
        });
    });
}

// The demo's server is reached by a pair of sockets, a new one for each connection.
base::Result<ssh::Target> Desk::target()
{
    if (!m_target)
        return base::fail(FailureKind::NotFound, m_snapshot->target, "nothing was connected to yet");
    ssh::Target target = *m_target;
    if (target.connectedSocket >= 0) {
        const base::Result<int> socket = m_demo->server->connectedPair();
        if (!socket)
            return std::unexpected(socket.error());
        target.connectedSocket = *socket;
    }
    return target;
}

void Desk::apply()
{
    const std::shared_ptr<const Handling> planned = m_snapshot->handling;
    if (!planned || planned->ran() || m_snapshot->running || !m_snapshot->bundle)
        return;
    const auto to = target();
    if (!to)
        return fail(Stage::Acting, to.error());
    m_acting = std::stop_source();
    begin(Stage::Acting, to->host,
        [clerk = m_clerk, planned, hostKey = m_snapshot->bundle->hostKey, to = *to, asking = m_asking,
            stop = m_acting.get_token()](const Tell& tell, std::stop_token) {
            return act(*clerk, planned, hostKey, to, asking->asker(stop, [](std::string) { }), tell, stop);
        });
}

void Desk::pullAgain()
{
    if (m_snapshot->running)
        return;
    if (const auto to = target(); !to)
        fail(Stage::Connecting, to.error());
    else
        connectTo(*to, to->connectedSocket >= 0 ? m_demo->now : evidence::systemNow);
}

} // namespace sluicegate::desk
