// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/shell/byhand.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace sluicegate::shell {

namespace {

struct ByHand {
    Q_DECLARE_TR_FUNCTIONS(ByHand)
};

QStringList shutDown(const attribution::Suspect* culprit)
{
    const QStringList steps = culprit ? words::nextSteps(*culprit) : QStringList();
    if (!steps.isEmpty())
        return steps;
    return {ByHand::tr("A stolen password: set a new, strong one in Plesk, used nowhere else."),
        ByHand::tr("An abused form: protect it with a CAPTCHA or an anti-spam plugin, or switch it off."),
        ByHand::tr(
            "A hacked site: take it off line, keep a copy as evidence, clean it, and change its passwords.")};
}

QStringList queue(const desk::Snapshot& snapshot)
{
    QStringList lines;
    if (snapshot.analysis && snapshot.analysis->queueKnown)
        lines += ByHand::tr("The queue held %n suspect message(s) when the evidence was taken.", nullptr,
            int(snapshot.analysis->verdict.suspectQueue.size()));
    lines += ByHand::tr("In Plesk: Tools & Settings, Mail Server Settings, Mail Queue. Select the spam by "
                        "its subject and sender, and delete it.");
    lines += ByHand::tr("Do this after the source is shut down, else the queue fills again. Leave everything "
                        "else in the queue alone.");
    return lines;
}

QStringList ready()
{
    return {ByHand::tr("The source is shut down, and no new spam has appeared in the mail log since."),
        ByHand::tr("No spam is left in the mail queue: it would be sent the moment the port opens."),
        ByHand::tr("Only then press the provider's Unblock button. Too early, and the server's reputation "
                   "suffers for weeks.")};
}

} // namespace

QString byHandTitle(StepId step)
{
    switch (step) {
    case StepId::ShutDown:
        return ByHand::tr("Shut down the source");
    case StepId::Queue:
        return ByHand::tr("Clear the queue");
    default:
        return ByHand::tr("Ready to unblock?");
    }
}

QString byHandSubtitle(StepId step)
{
    switch (step) {
    case StepId::ShutDown:
        return ByHand::tr("So that no more spam is handed in.");
    case StepId::Queue:
        return ByHand::tr("What was caught must not go out later.");
    default:
        return ByHand::tr("The gate is opened only when the water is clean.");
    }
}

QStringList byHand(StepId step, const attribution::Suspect* culprit, const desk::Snapshot& snapshot)
{
    switch (step) {
    case StepId::ShutDown:
        return shutDown(culprit);
    case StepId::Queue:
        return queue(snapshot);
    default:
        return ready();
    }
}

} // namespace sluicegate::shell
