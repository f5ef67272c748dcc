// SPDX-License-Identifier: GPL-3.0-or-later
// From the notice's Message-IDs to the journeys they mean.
#include "models/attribution/suspects.h"

#include <algorithm>
#include <unordered_map>

namespace sluicegate::attribution {

namespace {

// Queue ids by the Message-ID in the queue file.
using QueuedIds = std::unordered_map<std::string_view, std::string_view>;

QueuedIds queuedIds(const Facts& facts)
{
    QueuedIds ids;
    for (const auto& [queueId, queued] : facts.queued) {
        std::string_view id = queued.inspection.value("Message-ID");
        if (id.starts_with('<') && id.ends_with('>'))
            id = id.substr(1, id.size() - 2);
        if (!id.empty() && !facts.log->findQueueId(queueId).empty())
            ids.emplace(id, queueId);
    }
    return ids;
}

std::vector<std::uint32_t> journeysOf(
    const Facts& facts, const QueuedIds& queued, const notice::NoticedId& noticed)
{
    std::vector<std::uint32_t> found = facts.log->findMessageId(noticed.id.value);
    if (!found.empty())
        return found;
    if (const auto waiting = queued.find(noticed.id.value); waiting != queued.end())
        return {facts.log->findQueueId(waiting->second).back()};
    // Postfix writes the queue id into an id of its own making; the log may begin after its message-id= line.
    if (!noticed.hintQueueId.empty())
        for (const std::uint32_t life : facts.log->findQueueId(noticed.hintQueueId))
            if (!facts.log->journey(life).hasMessageId())
                found.push_back(life);
    return found;
}

// A returned message leads to what it returns.
std::uint32_t causeOf(const Facts& facts, const Sources& sources, std::uint32_t journey)
{
    for (int steps = 0; steps < 4; ++steps) {
        const maillog::Journey here = facts.log->journey(journey);
        const auto parent = here.parent();
        if (here.entry() != maillog::Entry::Bounce || !parent || sources.ofJourney[*parent] == noSource)
            break;
        journey = *parent;
    }
    return journey;
}

bool isPassing(Path path)
{
    return path == Path::Relay || path == Path::Forward || path == Path::Backscatter;
}

} // namespace

NoticedJourneys findNoticed(const Facts& facts, const Sources& sources)
{
    NoticedJourneys noticed {.of = std::vector<bool>(facts.log->size(), false), .missing = {}};
    if (!facts.notice)
        return noticed;
    const QueuedIds queued = queuedIds(facts);
    for (const notice::NoticedId& id : facts.notice->ids) {
        const auto journeys = journeysOf(facts, queued, id);
        if (journeys.empty())
            noticed.missing.push_back(id.id);
        std::vector<std::uint32_t> causes;
        bool isOwn = false; // written here, and only then sent on by a forward
        for (const std::uint32_t journey : journeys) {
            causes.push_back(causeOf(facts, sources, journey));
            const std::uint32_t source = sources.ofJourney[causes.back()];
            isOwn = isOwn || (source != noSource && !isPassing(sources.all[source].path));
        }
        for (const std::uint32_t cause : causes) {
            const std::uint32_t source = sources.ofJourney[cause];
            if (source != noSource && (!isOwn || !isPassing(sources.all[source].path)))
                noticed.of[cause] = true;
        }
    }
    return noticed;
}

} // namespace sluicegate::attribution
