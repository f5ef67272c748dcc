// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's worker when it changes something on a server.
#include "models/desk/jobs.h"

#include "models/desk/probing.h"

namespace sluicegate::desk {

namespace {

Outcome failed(base::Failure failure)
{
    Outcome outcome;
    outcome.trouble = Trouble {Stage::Acting, std::move(failure)};
    return outcome;
}

std::optional<base::Failure> interruption(const Handling& handling)
{
    return handling.ending ? handling.ending->interrupted : handling.acted->interrupted;
}

} // namespace

Outcome act(Clerk& clerk, const std::shared_ptr<const Handling>& planned, const std::string& hostKey,
    const ssh::Target& target, const ssh::Asker& asker, const Tell& tell, std::stop_token stop)
{
    const std::string name(containment::action(planned->plan.action).name);
    if (!clerk.folder)
        return failed({base::FailureKind::NotFound, name, "no case is open to keep what is changed"});
    if (const auto noted = clerk.record("action", name + ": " + planned->plan.target); !noted)
        return failed(noted.error());
    const auto server = ssh::connect(target, asker, stop);
    if (!server)
        return failed(server.error());
    if (const auto same = containment::sameServer(**server, hostKey); !same)
        return failed(same.error());
    const auto ledger = clerk.folder->ledger();
    containment::Hand hand(**server, *ledger, stop);
    Outcome outcome;
    outcome.handled = std::make_shared<Handling>(perform(hand, *planned, tell.action));
    outcome.saved = savedIn(*ledger);
    if (const auto why = interruption(*outcome.handled))
        outcome.trouble = Trouble {Stage::Acting, *why};
    return outcome;
}

Outcome probe(Clerk& clerk, Probe what, const std::shared_ptr<const triage::Analysis>& analysis,
    const profile::Profile& provider, const ssh::Target& target, const ssh::Asker& asker,
    std::stop_token stop)
{
    if (!clerk.folder)
        return failed({base::FailureKind::NotFound, "case", "no case is open to keep the answers"});
    const auto server = ssh::connect(target, asker, stop);
    if (!server)
        return failed(server.error());
    if (const auto same = containment::sameServer(**server, analysis->bundle.hostKey); !same)
        return failed(same.error());
    const auto ledger = clerk.folder->ledger();
    containment::Hand hand(**server, *ledger, stop);
    base::Result<void> done;
    if (what == Probe::Ports)
        done = testPorts(hand, provider.portTargets);
    else
        done = ownAddresses(hand, *analysis).and_then([&](const std::vector<std::string>& addresses) {
            return askLists(hand, addresses, provider.lists);
        });
    if (!done)
        return failed(done.error());
    Outcome outcome;
    outcome.asked = true;
    return outcome;
}

} // namespace sluicegate::desk
