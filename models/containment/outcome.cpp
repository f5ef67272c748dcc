// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/outcome.h"

namespace sluicegate::containment {

namespace {

std::uint64_t& counter(Totals& totals, Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
        return totals.done;
    case Outcome::AlreadySo:
        return totals.alreadySo;
    case Outcome::Failed:
        return totals.failed;
    case Outcome::MustBeChecked:
        return totals.mustBeChecked;
    case Outcome::NotReached:
        break;
    }
    return totals.notReached;
}

} // namespace

Totals Ending::totals() const
{
    Totals totals;
    for (const ItemOutcome& each : items) {
        ++counter(totals, each.outcome);
        if (each.held && each.outcome != Outcome::Done)
            ++totals.held;
    }
    return totals;
}

bool Ending::whole() const
{
    const Totals all = totals();
    return !interrupted && all.failed == 0 && all.mustBeChecked == 0 && all.notReached == 0;
}

std::string_view name(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Done:
        return "done";
    case Outcome::AlreadySo:
        return "already-so";
    case Outcome::Failed:
        return "failed";
    case Outcome::MustBeChecked:
        return "must-be-checked";
    case Outcome::NotReached:
        break;
    }
    return "not-reached";
}

} // namespace sluicegate::containment
