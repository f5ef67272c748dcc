// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/steps.h"

#include "models/words/actions.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace sluicegate::shell {

namespace {

struct Steps {
    Q_DECLARE_TR_FUNCTIONS(Steps)
};

bool runs(const desk::Snapshot& snapshot, std::initializer_list<desk::Stage> stages)
{
    return snapshot.running && std::ranges::find(stages, snapshot.running->stage) != stages.end();
}

bool failed(const desk::Snapshot& snapshot, std::initializer_list<desk::Stage> stages)
{
    return snapshot.trouble && std::ranges::find(stages, snapshot.trouble->stage) != stages.end();
}

StepState notice(const desk::Snapshot& snapshot)
{
    if (!snapshot.notice)
        return {Progress::ToDo, Steps::tr("paste, drop or open")};
    return {Progress::Done, Steps::tr("%n Message-ID(s)", nullptr, int(snapshot.notice->ids.size()))};
}

StepState evidence(const desk::Snapshot& snapshot)
{
    using desk::Stage;
    if (runs(snapshot, {Stage::Reading, Stage::Connecting, Stage::Pulling}))
        return {Progress::Running,
            snapshot.running->totalBytes == 0
                ? Steps::tr("at work")
                : QLocale().formattedDataSize(qint64(snapshot.running->totalBytes), 1)};
    if (failed(snapshot, {Stage::Pulling}))
        return {Progress::Attention, Steps::tr("not whole")};
    // Evidence that was there before stays as whole as it was.
    if (failed(snapshot, {Stage::Connecting}) && !snapshot.bundle)
        return {Progress::Attention, Steps::tr("not connected")};
    if (!snapshot.bundle)
        return {Progress::ToDo, Steps::tr("connect or open files")};
    return {Progress::Done, Steps::tr("%n item(s)", nullptr, int(snapshot.bundle->items.size()))};
}

StepState identify(const desk::Snapshot& snapshot)
{
    if (runs(snapshot, {desk::Stage::Analysing}))
        return {Progress::Running, Steps::tr("reading the log")};
    if (!snapshot.analysis)
        return {Progress::ToDo, Steps::tr("needs the evidence")};
    if (!snapshot.analysis->log)
        return {Progress::Attention, Steps::tr("no mail log")};
    if (!snapshot.notice || snapshot.notice->ids.empty())
        return {Progress::Done, Steps::tr("no ids to look for")};
    const auto found = std::ranges::count_if(snapshot.notice->ids, [&](const notice::NoticedId& id) {
        return !snapshot.analysis->log->findMessageId(id.id.value).empty();
    });
    const auto all = std::ssize(snapshot.notice->ids);
    return {found > 0 ? Progress::Done : Progress::Attention,
        Steps::tr("%1 of %2 ids found").arg(found).arg(all)};
}

StepState source(const desk::Snapshot& snapshot)
{
    if (runs(snapshot, {desk::Stage::Analysing}))
        return {Progress::Running,
            snapshot.preliminary ? Steps::tr("preliminary: newest file only") : Steps::tr("weighing")};
    if (snapshot.preliminary)
        return {Progress::Attention, Steps::tr("preliminary: newest file only")};
    if (!snapshot.analysis)
        return {Progress::ToDo, Steps::tr("needs the evidence")};
    const std::vector<attribution::Suspect>& suspects = snapshot.analysis->verdict.suspects;
    if (suspects.empty())
        return {Progress::Attention, Steps::tr("no suspect")};
    const bool sure = suspects.front().confidence != attribution::Confidence::Insufficient;
    return {sure ? Progress::Done : Progress::Attention, words::name(suspects.front().source)};
}

// The last time an action of these ran in this session, wholly or not.
StepState acting(const desk::Snapshot& snapshot, bool onQueue, const QString& toDo)
{
    const auto isOurs = [&](containment::ActionId action) {
        return (containment::action(action).object == containment::Object::Queue) == onQueue;
    };
    if (runs(snapshot, {desk::Stage::Acting}) && snapshot.handling && isOurs(snapshot.handling->plan.action))
        return {Progress::Running, Steps::tr("at work")};
    for (auto last = snapshot.handled.rbegin(); last != snapshot.handled.rend(); ++last)
        if (isOurs(last->action))
            return {last->whole ? Progress::Done : Progress::Attention,
                !last->whole                                            ? Steps::tr("not finished")
                    : last->action == containment::ActionId::ClearQueue ? Steps::tr("cleared")
                                                                        : words::name(last->action)};
    return {Progress::ToDo, snapshot.analysis ? toDo : Steps::tr("needs the source")};
}

StepState queue(const desk::Snapshot& snapshot)
{
    if (!snapshot.analysis || !snapshot.analysis->queueKnown)
        return acting(snapshot, true, Steps::tr("queue not known"));
    const auto suspect = int(snapshot.analysis->verdict.suspectQueue.size());
    return acting(snapshot, true, Steps::tr("%Ln spam message(s)", nullptr, suspect));
}

StepState gate(const desk::Snapshot& snapshot)
{
    if (!snapshot.gate)
        return {Progress::ToDo, Steps::tr("needs the evidence")};
    if (snapshot.unblocked)
        return {Progress::Done, Steps::tr("recorded")};
    const auto open = std::ranges::count_if(
        snapshot.gate->conditions, [](const readiness::Condition& each) { return !each.stands(); });
    return open == 0 ? StepState {Progress::Done, Steps::tr("ready")}
                     : StepState {Progress::ToDo, Steps::tr("%Ln condition(s) open", nullptr, int(open))};
}

StepState report(const desk::Snapshot& snapshot)
{
    if (!snapshot.exported.empty())
        return {Progress::Done, Steps::tr("written")};
    return {
        Progress::ToDo, snapshot.analysis ? Steps::tr("can be written") : Steps::tr("needs the evidence")};
}

} // namespace

QString stepName(StepId step)
{
    switch (step) {
    case StepId::Notice:
        return Steps::tr("Notice");
    case StepId::Evidence:
        return Steps::tr("Evidence");
    case StepId::Identify:
        return Steps::tr("1  Identify");
    case StepId::Source:
        return Steps::tr("2  Source");
    case StepId::ShutDown:
        return Steps::tr("3  Shut down");
    case StepId::Queue:
        return Steps::tr("Clear queue");
    case StepId::Ready:
        return Steps::tr("Ready to unblock?");
    case StepId::Report:
        return Steps::tr("Report");
    case StepId::Journal:
        return Steps::tr("Journal");
    case StepId::Notes:
        return Steps::tr("Notes and pins");
    }
    return {};
}

StepState stepState(StepId step, const desk::Snapshot& snapshot)
{
    switch (step) {
    case StepId::Notice:
        return notice(snapshot);
    case StepId::Evidence:
        return evidence(snapshot);
    case StepId::Identify:
        return identify(snapshot);
    case StepId::Source:
        return source(snapshot);
    case StepId::ShutDown:
        return acting(snapshot, false, Steps::tr("choose an action"));
    case StepId::Queue:
        return queue(snapshot);
    case StepId::Ready:
        return gate(snapshot);
    case StepId::Report:
        return report(snapshot);
    case StepId::Journal:
    case StepId::Notes:
        break;
    }
    return {};
}

} // namespace sluicegate::shell
