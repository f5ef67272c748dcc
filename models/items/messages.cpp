// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/items/messages.h"

#include "models/attribution/queuesplit.h"
#include "models/attribution/scripts.h"

#include <algorithm>

namespace sluicegate::items {

namespace {

void count(Tally& tally, maillog::Status status)
{
    switch (status) {
    case maillog::Status::Sent:
    case maillog::Status::Deliverable:
        ++tally.sent;
        break;
    case maillog::Status::Deferred:
        ++tally.deferred;
        break;
    case maillog::Status::Bounced:
    case maillog::Status::Expired:
    case maillog::Status::Undeliverable:
        ++tally.bounced;
        break;
    case maillog::Status::Rejected:
        tally.rejected = true;
        break;
    case maillog::Status::Unknown:
        break;
    }
}

void markNoticed(Messages& messages)
{
    if (!messages.analysis->notice)
        return;
    for (const notice::NoticedId& id : messages.analysis->notice->ids) {
        for (const std::uint32_t index : messages.analysis->log->findMessageId(id.id.value))
            messages.noticed[index] = true;
    }
}

void markSuspects(Messages& messages)
{
    for (const attribution::Suspect& suspect : messages.analysis->verdict.suspects) {
        for (const std::uint32_t index : suspect.journeys) {
            if (index < messages.size() && messages.suspect[index] == 0)
                messages.suspect[index] = std::uint8_t(std::min(suspect.rank, 255));
        }
    }
}

void addSubject(Messages& messages, std::uint32_t index, std::string_view subject)
{
    if (!subject.empty() && index < messages.size())
        messages.subjects.try_emplace(index, subject);
}

// A copy's own header first; what PHP was asked to send may have been changed on its way.
void addSubjects(Messages& messages, std::stop_token stop)
{
    const attribution::Facts& facts = messages.analysis->facts;
    for (const queue::Entry& entry : facts.queue) {
        const auto copy = facts.queued.find(entry.id.value);
        if (copy == facts.queued.end())
            continue;
        if (const auto life = attribution::lifeOf(*messages.analysis->log, entry))
            addSubject(messages, *life, copy->second.inspection.value("Subject"));
    }
    if (facts.phpMailLogs.empty() || !facts.log)
        return;
    const attribution::Sources sources = attribution::findSources(facts, stop);
    if (stop.stop_requested())
        return;
    for (const auto& [index, call] : attribution::findScripts(facts, sources).calls)
        addSubject(messages, index, call.mail ? std::string_view(call.mail->subject) : std::string_view());
}

} // namespace

std::string_view name(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Open:
        return "open";
    case Outcome::Sent:
        return "sent";
    case Outcome::Deferred:
        return "deferred";
    case Outcome::Bounced:
        return "bounced";
    case Outcome::Rejected:
        return "rejected";
    }
    return {};
}

Outcome Tally::worst() const
{
    if (rejected)
        return Outcome::Rejected;
    if (bounced > 0)
        return Outcome::Bounced;
    if (deferred > 0)
        return Outcome::Deferred;
    return sent > 0 ? Outcome::Sent : Outcome::Open;
}

Tally tally(const maillog::Journey& journey)
{
    Tally result;
    result.rejected = journey.rejectedByMilter();
    const std::vector<maillog::Attempt> attempts = journey.attempts();
    if (attempts.size() == 1) {
        result.recipients = 1;
        count(result, attempts.front().status);
        return result;
    }
    std::unordered_map<std::string_view, maillog::Status> last;
    for (const maillog::Attempt& attempt : attempts)
        last[attempt.to] = attempt.status;
    for (const auto& [to, status] : last)
        count(result, status);
    result.recipients = std::uint32_t(last.size());
    return result;
}

std::string Messages::account(std::uint32_t index) const
{
    const maillog::Journey message = journey(index);
    if (!message.saslUsername().empty())
        return std::string(message.saslUsername());
    if (!message.uid())
        return {};
    const hosting::Account* owner = analysis->facts.hosting.byUid(*message.uid());
    return owner ? owner->user : "uid " + std::to_string(*message.uid());
}

std::string_view Messages::subject(std::uint32_t index) const
{
    const auto found = subjects.find(index);
    return found == subjects.end() ? std::string_view() : std::string_view(found->second);
}

std::shared_ptr<const Messages> Messages::of(
    std::shared_ptr<const triage::Analysis> analysis, std::stop_token stop)
{
    auto messages = std::make_shared<Messages>();
    messages->analysis = std::move(analysis);
    if (!messages->analysis || !messages->analysis->log)
        return messages;
    const std::uint32_t size = messages->analysis->log->size();
    messages->at.reserve(size);
    messages->outcome.reserve(size);
    for (std::uint32_t index = 0; index < size; ++index) {
        if (index % 4096 == 0 && stop.stop_requested())
            return {};
        const maillog::Journey message = messages->journey(index);
        messages->at.push_back(message.first());
        messages->outcome.push_back(tally(message).worst());
    }
    messages->suspect.resize(size);
    messages->noticed.resize(size);
    markSuspects(*messages);
    markNoticed(*messages);
    addSubjects(*messages, stop);
    return messages;
}

} // namespace sluicegate::items
