// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/words/conditions.h"

#include "models/words/actions.h"
#include "models/words/amounts.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QStringList>

namespace sluicegate::words {

namespace {

using readiness::Condition;
using readiness::ConditionId;
using readiness::State;
using readiness::Why;

struct Conditions {
    Q_DECLARE_TR_FUNCTIONS(Condition)
};

QString listed(const Condition& condition)
{
    QStringList names;
    for (const std::string& value : condition.values)
        names << inert(value);
    return names.join(QStringLiteral(", "));
}

// An action that this program does not know any more keeps the name that the journal has.
QString titled(std::string_view action, Naming naming)
{
    const containment::Action* known = containment::findAction(action);
    const QString id = inert(action);
    if (!known)
        return id;
    return naming == Naming::Titles ? name(known->id) : QStringLiteral("%1 (%2)").arg(name(known->id), id);
}

QString ways(const Condition& condition, Naming naming)
{
    QStringList names;
    for (const std::string& value : condition.values)
        names << titled(value, naming);
    return names.join(QStringLiteral("; "));
}

QString notDone(const Condition& condition, Naming naming)
{
    switch (condition.id) {
    case ConditionId::SourceShut:
        return Conditions::tr("Nothing that shuts the source was done to its end. What can be done: %1.")
            .arg(ways(condition, naming));
    case ConditionId::SessionsEnded:
        return Conditions::tr("Open sessions were not ended after the source was shut. What does it: %1.")
            .arg(titled("end-sessions", naming));
    case ConditionId::MailboxReviewed:
        return Conditions::tr("Nobody looked for forwards and filters yet. What does it: %1.")
            .arg(titled("review-mailbox", naming));
    default:
        return Conditions::tr("The source was not shut yet.");
    }
}

QString fine(const Condition& condition)
{
    switch (condition.id) {
    case ConditionId::SourceShut:
        return condition.values.size() < 2
            ? Conditions::tr("Done: %1.").arg(ways(condition, Naming::Titles))
            : Conditions::tr("Done: %1, for %2.")
                  .arg(titled(condition.values[0], Naming::Titles), inert(condition.values[1]));
    case ConditionId::SourceSilent:
        return condition.refused > 0
            ? Conditions::tr("No spam since it was shut; %Ln attempt(s) were refused, so the lock works.",
                  nullptr, number(condition.refused))
            : Conditions::tr("No spam since it was shut.");
    case ConditionId::QueueClean:
        return Conditions::tr("None of the source's messages is in the queue.");
    case ConditionId::NothingElse:
        return Conditions::tr("No other source was found, and every noticed message is explained.");
    case ConditionId::NothingPastTheMailServer:
        return Conditions::tr("Only the mail server talks to mail ports.");
    case ConditionId::PortsTested:
        return Conditions::tr("The server reaches other mail servers: its ports are open.");
    case ConditionId::NotListed:
        return Conditions::tr("The asked lists do not have it.");
    default:
        break;
    }
    return condition.needed ? Conditions::tr("Done.") : Conditions::tr("Nothing to do against this cause.");
}

QString oldEvidence(const Condition& condition)
{
    if (condition.id == ConditionId::QueueClean && condition.count > 0)
        return Conditions::tr("%Ln message(s) of the spam were in the queue when it was listed, and it was "
                              "worked on since: pull the evidence again.",
            nullptr, number(condition.count));
    if (condition.id == ConditionId::NothingPastTheMailServer)
        return Conditions::tr("%1 talked to mail ports when that was listed; something was done since: pull "
                              "the evidence again.")
            .arg(listed(condition));
    return Conditions::tr("The evidence is older than the shutting: pull it again.");
}

QString notTested(const Condition& condition)
{
    return condition.id == ConditionId::NotListed
        ? Conditions::tr("Not asked: it would tell the lists' owners of this server's address.")
        : Conditions::tr("Not tested: it would ask other people's servers.");
}

} // namespace

QString name(ConditionId id)
{
    switch (id) {
    case ConditionId::SourceShut:
        return Conditions::tr("The source is shut");
    case ConditionId::SessionsEnded:
        return Conditions::tr("Open sessions are ended");
    case ConditionId::MailboxReviewed:
        return Conditions::tr("Forwards and filters were looked at");
    case ConditionId::SourceSilent:
        return Conditions::tr("The source is silent");
    case ConditionId::QueueClean:
        return Conditions::tr("The queue is clean");
    case ConditionId::NothingElse:
        return Conditions::tr("There is no other source");
    case ConditionId::NothingPastTheMailServer:
        return Conditions::tr("Nothing sends past the mail server");
    case ConditionId::PortsTested:
        return Conditions::tr("The ports were tested");
    case ConditionId::NotListed:
        break;
    }
    return Conditions::tr("The address is on no block list");
}

QString name(State state)
{
    switch (state) {
    case State::Met:
        return Conditions::tr("met");
    case State::NotMet:
        return Conditions::tr("not met");
    case State::Unknown:
        break;
    }
    return Conditions::tr("unknown");
}

QString waiver(const readiness::Waiver& waiver)
{
    return Conditions::tr("Passed over by %1 (%2), because: %3")
        .arg(inert(waiver.by), when(waiver.at), inert(waiver.reason));
}

QString text(const Condition& condition, Naming naming)
{
    switch (condition.why) {
    case Why::Fine:
        return fine(condition);
    case Why::NoSource:
        return Conditions::tr("The evidence names no source.");
    case Why::NotDone:
        return notDone(condition, naming);
    case Why::Undone:
        return Conditions::tr("It was shut and opened again. What can be done: %1.")
            .arg(ways(condition, naming));
    case Why::OnlyThePerson:
        return Conditions::tr(
            "No action of this program shuts this cause: do it on the server, then say so with a reason.");
    case Why::SpamSince:
        return Conditions::tr("%Ln message(s) of the spam since it was shut: it is still open.", nullptr,
            number(condition.count));
    case Why::WatchNotOver:
        return Conditions::tr("No spam so far; watch for %Ln more minute(s), then look again.", nullptr,
            number(condition.count));
    case Why::OldEvidence:
        return oldEvidence(condition);
    case Why::NotPulled:
        return Conditions::tr("The evidence for it is not there: pull it.");
    case Why::StillQueued:
        return Conditions::tr(
            "%Ln message(s) of the spam are in the queue: clear it.", nullptr, number(condition.count));
    case Why::OtherSource:
        return Conditions::tr("There is another source: %1.").arg(listed(condition));
    case Why::Unexplained:
        return Conditions::tr(
            "%Ln noticed message(s) are not explained: %1.", nullptr, number(condition.count))
            .arg(listed(condition));
    case Why::ForeignProcess:
        return Conditions::tr("Programs beside the mail server talk to mail ports: %1.")
            .arg(listed(condition));
    case Why::ToBeJudged:
        return Conditions::tr(
            "%Ln message(s) of the account came from addresses that neither its owner nor the "
            "spam used before: pull the evidence again to have them judged.",
            nullptr, number(condition.count));
    case Why::Blocked:
        return Conditions::tr("The server's mail ports are blocked, as is expected before unblocking: %1.")
            .arg(listed(condition));
    case Why::StillBlocked:
        return Conditions::tr("Unblocking is recorded, but the ports are still blocked: %1.")
            .arg(listed(condition));
    case Why::NotTold:
        return condition.id == ConditionId::NotListed
            ? Conditions::tr("The lists do not tell this server's resolver: use a resolver of its own.")
            : Conditions::tr("The test did not tell: no tool for it there, or no address for its targets.");
    case Why::Listed:
        return Conditions::tr("Listed: %1. That is no obstacle; ask for removal once port 25 is quiet.")
            .arg(listed(condition));
    case Why::NotTested:
        break;
    }
    return notTested(condition);
}

} // namespace sluicegate::words
