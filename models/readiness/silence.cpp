// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/readiness/silence.h"

#include "models/message/ascii.h"

#include <algorithm>

namespace sluicegate::readiness {

namespace {

using attribution::Suspect;

constexpr std::size_t examples = 10;

enum class Judged { Nothing, Spam, Unclear };

bool isOfSource(const maillog::Journey& journey, const Suspect& suspect)
{
    const auto& source = suspect.source;
    if (source.kind == attribution::SourceKind::Mailbox)
        return message::sameText(journey.saslUsername(), source.account);
    if (source.kind == attribution::SourceKind::Client)
        return !source.client.empty() && journey.clientIp() == source.client;
    return source.uid && journey.uid() == source.uid;
}

bool isKnownClient(const maillog::Journey& journey, const Suspect& suspect)
{
    return !journey.clientIp().empty() && std::ranges::contains(suspect.clients, journey.clientIp());
}

// By name, or where a line names none (LOGIN that failed early), by where the spam came from.
bool isRefusal(const maillog::Event& event, const Suspect& suspect)
{
    using maillog::EventKind;
    if (event.kind != EventKind::AuthFailure && event.kind != EventKind::LimitReject)
        return false;
    const auto& account = suspect.source.account;
    return event.user.empty() ? std::ranges::contains(suspect.clients, event.ip)
                              : !account.empty() && message::sameText(event.user, account);
}

template <typename Judge>
Tally tally(const maillog::History& log, const Suspect& suspect, base::Instant since, Judge judge)
{
    Tally tally;
    for (std::uint32_t i = 0; i < log.size(); ++i) {
        const maillog::Journey journey = log.journey(i);
        const base::Instant arrived = journey.arrived().value_or(journey.first());
        if (journey.last() <= since || arrived <= since)
            continue;
        const Judged judged = judge(journey);
        if (judged == Judged::Nothing)
            continue;
        if (journey.rejectedByMilter()) {
            ++tally.refused;
            continue;
        }
        ++(judged == Judged::Spam ? tally.spam : tally.unclear);
        if (judged == Judged::Spam)
            tally.lastSpam = std::max(tally.lastSpam.value_or(arrived), arrived);
        if (const auto lines = journey.lines(); !lines.empty() && tally.evidence.size() < examples)
            tally.evidence.push_back(log.evidence(lines.front()));
    }
    for (const maillog::Event& event : log.events())
        if (event.at > since && isRefusal(event, suspect))
            tally.refused += event.count;
    return tally;
}

} // namespace

// The server's clock may differ from ours, by which the acts are dated.
base::Instant onServer(const triage::Analysis& analysis, base::Instant here)
{
    const auto& clock = analysis.bundle.clock;
    return clock.server && clock.here ? here + (*clock.server - *clock.here) : here;
}

// The owner who writes on with the new password is no spammer.
Tally tallyOf(const triage::Analysis& analysis, const Suspect& suspect, base::Instant since)
{
    return tally(*analysis.log, suspect, since, [&](const maillog::Journey& journey) {
        const bool spam = std::ranges::contains(suspect.journeys, journey.index())
            || (isOfSource(journey, suspect) && isKnownClient(journey, suspect));
        return spam ? Judged::Spam : Judged::Nothing;
    });
}

NewsJudge::NewsJudge(const triage::Analysis& analysis, Suspect suspect, bool isClosed)
    : m_suspect(std::move(suspect)), m_isClosed(isClosed)
{
    auto spam = m_suspect.journeys;
    std::ranges::sort(spam);
    const std::uint32_t all = analysis.log ? analysis.log->size() : 0;
    for (std::uint32_t i = 0; i < all; ++i) {
        const maillog::Journey journey = analysis.log->journey(i);
        if (isOfSource(journey, m_suspect) && !std::ranges::binary_search(spam, i)
            && !journey.clientIp().empty() && !isKnownClient(journey, m_suspect))
            m_owners.emplace_back(journey.clientIp());
    }
    std::ranges::sort(m_owners);
    m_owners.erase(std::ranges::unique(m_owners).begin(), m_owners.end());
}

Tally NewsJudge::tally(const maillog::History& news, base::Instant since) const
{
    return readiness::tally(news, m_suspect, since, [this](const maillog::Journey& journey) {
        if (!isOfSource(journey, m_suspect))
            return Judged::Nothing;
        if (m_isClosed || isKnownClient(journey, m_suspect))
            return Judged::Spam;
        const bool owner = std::ranges::binary_search(m_owners, journey.clientIp());
        return owner ? Judged::Nothing : Judged::Unclear;
    });
}

} // namespace sluicegate::readiness
