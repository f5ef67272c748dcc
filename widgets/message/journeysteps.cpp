// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/message/journeysteps.h"

#include "models/items/cells.h"
#include "models/words/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <array>
#include <map>

namespace sluicegate::messagescreen {

namespace {

struct Story {
    Q_DECLARE_TR_FUNCTIONS(Story)
};

constexpr std::size_t MostAttempts = 40;

QString cameIn(const items::Messages& messages, std::uint32_t index)
{
    const maillog::Journey journey = messages.journey(index);
    QStringList parts {items::entryName(journey.entry())};
    if (const std::string account = messages.account(index); !account.empty())
        parts += Story::tr("as %1").arg(words::inert(account));
    if (!journey.clientIp().empty())
        parts += Story::tr("from %1").arg(words::inert(journey.clientIp()));
    return parts.join(Story::tr(", "));
}

items::Outcome outcomeOf(maillog::Status status)
{
    switch (status) {
    case maillog::Status::Sent:
    case maillog::Status::Deliverable:
        return items::Outcome::Sent;
    case maillog::Status::Deferred:
        return items::Outcome::Deferred;
    case maillog::Status::Bounced:
    case maillog::Status::Expired:
    case maillog::Status::Undeliverable:
        return items::Outcome::Bounced;
    case maillog::Status::Rejected:
        return items::Outcome::Rejected;
    case maillog::Status::Unknown:
        break;
    }
    return items::Outcome::Open;
}

/// Each recipient once, with its last attempt and how many there were.
void addAttempts(std::vector<StoryStep>& steps, const maillog::Journey& journey)
{
    struct Last {
        maillog::Attempt attempt;
        int count = 0;
    };
    std::map<std::string_view, Last> byRecipient;
    for (const maillog::Attempt& attempt : journey.attempts()) {
        Last& last = byRecipient[attempt.to];
        last.attempt = attempt;
        ++last.count;
    }
    std::size_t shown = 0;
    for (const auto& [to, last] : byRecipient) {
        if (++shown > MostAttempts) {
            steps.push_back(
                {Story::tr("and %n more recipient(s)", nullptr, int(byRecipient.size() - MostAttempts)), {},
                    {}});
            break;
        }
        const items::Outcome outcome = outcomeOf(last.attempt.status);
        QString heading = Story::tr("%1: %2").arg(words::inert(to), items::outcomeName(outcome));
        if (last.count > 1)
            heading = Story::tr("%1, %n attempt(s)", nullptr, last.count).arg(heading);
        steps.push_back({heading, words::inert(last.attempt.response), outcome});
    }
}

} // namespace

std::vector<StoryStep> story(const items::Messages& messages, std::uint32_t index)
{
    const maillog::Journey journey = messages.journey(index);
    std::vector<StoryStep> steps;
    steps.push_back(
        {Story::tr("Came in %1").arg(items::timeText(journey.first())), cameIn(messages, index), {}});
    if (journey.hasSender())
        steps.push_back({journey.sender().empty() ? Story::tr("From the null sender")
                                                  : Story::tr("From %1").arg(words::inert(journey.sender())),
            journey.hasMessageId() ? Story::tr("Message-ID %1").arg(words::inert(journey.messageId()))
                                   : QString(),
            {}});
    if (const auto parent = journey.parent())
        steps.push_back(
            {Story::tr("Caused by %1").arg(words::inert(messages.journey(*parent).queueId())), {}, {}});
    if (journey.rejectedByMilter())
        steps.push_back({Story::tr("Refused by the server's own filter"), {}, items::Outcome::Rejected});
    addAttempts(steps, journey);
    for (const std::uint32_t child : journey.children())
        steps.push_back(
            {Story::tr("Led to %1").arg(words::inert(messages.journey(child).queueId())), {}, {}});
    steps.push_back(
        {journey.removed() ? Story::tr("Left the queue %1").arg(items::timeText(*journey.removed()))
                           : Story::tr("Still in the queue when the log ends"),
            {}, {}});
    return steps;
}

} // namespace sluicegate::messagescreen
