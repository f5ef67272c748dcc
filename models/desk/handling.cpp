// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/handling.h"

#include "models/words/actions.h"
#include "models/words/words.h"

#include <QStringList>

namespace sluicegate::desk {

using containment::ActionId;
using containment::Object;

std::vector<const attribution::Suspect*> suspects(const triage::Analysis& analysis, int rank)
{
    std::vector<const attribution::Suspect*> chosen;
    for (const attribution::Suspect& suspect : analysis.verdict.suspects)
        if (rank == 0 || suspect.rank == rank)
            chosen.push_back(&suspect);
    return chosen;
}

namespace {

containment::Plan planOnQueue(const triage::Analysis& analysis, const containment::Ledger& ledger,
    ActionId action, int rank, const containment::Exclusions& exclusions)
{
    if (action == ActionId::RestoreQueue)
        return containment::planRestore(ledger, {});
    std::vector<base::QueueId> ids;
    QStringList names;
    for (const attribution::Suspect* suspect : suspects(analysis, rank)) {
        ids.insert(ids.end(), suspect->queueIds.begin(), suspect->queueIds.end());
        names << words::name(suspect->source);
    }
    return containment::planClearing(containment::select(analysis.facts.queue, ids, exclusions),
        names.join(QStringLiteral(", ")).toStdString());
}

} // namespace

containment::Target targetFor(const triage::Analysis& analysis, int rank, std::uint64_t saved)
{
    containment::Target target;
    std::uint64_t queued = 0;
    for (const attribution::Suspect* suspect : suspects(analysis, rank)) {
        const containment::Target one = containment::targetOf(*suspect);
        queued += one.queued;
        if (target.mailbox.empty() && target.script.empty() && target.user.empty())
            target = one;
    }
    target.queued = queued;
    target.saved = saved;
    return target;
}

std::uint64_t savedIn(const containment::Ledger& ledger)
{
    return containment::planRestore(ledger, {}).selection.items.size();
}

base::Result<Handling> plan(const triage::Analysis& analysis, const containment::Ledger& ledger, ActionId id,
    int rank, const containment::Exclusions& exclusions)
{
    const containment::Action& action = containment::action(id);
    const containment::Target target = targetFor(analysis, rank, savedIn(ledger));
    if (const auto against = containment::obstacle(action, target, containment::groundOf(analysis.bundle)))
        return base::fail(base::FailureKind::Unsupported, words::name(id).toStdString(),
            words::text(*against).toStdString());
    containment::Plan made = action.object == Object::Queue
        ? planOnQueue(analysis, ledger, id, rank, exclusions)
        : action.plan(target);
    return Handling {.plan = std::move(made), .target = target, .rank = rank};
}

Handling perform(containment::Hand& hand, Handling planned, const containment::Report& report)
{
    const containment::Action& action = containment::action(planned.plan.action);
    switch (action.id) {
    case ActionId::ClearQueue:
        planned.ending = containment::clearQueue(hand, planned.plan.selection, report);
        break;
    case ActionId::RestoreQueue:
        planned.ending = containment::restoreQueue(hand, {}, report);
        break;
    default:
        planned.acted = action.run(hand, planned.target);
    }
    return planned;
}

} // namespace sluicegate::desk
