// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/maillog/truth.h"

#include <algorithm>
#include <map>

namespace sluicegate::maillog {

namespace {

bench::TrueJourney told(const History& history, const Journey& journey)
{
    bench::TrueJourney all;
    all.queueId = journey.queueId();
    all.messageId = journey.messageId();
    all.entry = name(journey.entry());
    all.login = journey.saslUsername();
    all.uid = journey.uid();
    all.ip = journey.clientIp();
    if (journey.size()) // else the sender is only what pickup said
        all.sender = journey.sender();
    all.size = journey.size().value_or(0);
    all.recipients = journey.recipientCount().value_or(0);
    for (const Attempt& attempt : journey.attempts())
        all.outcomes.push_back({std::string(attempt.to), std::string(name(attempt.status))});
    const auto seconds = [](const std::optional<base::Instant>& at) -> std::optional<std::int64_t> {
        if (!at)
            return {};
        return std::chrono::floor<std::chrono::seconds>(*at).time_since_epoch().count();
    };
    all.arrived = seconds(journey.arrived());
    all.removed = seconds(journey.removed());
    if (journey.parent())
        all.parent = history.journey(*journey.parent()).queueId();
    all.lines = std::uint32_t(journey.lines().size());
    all.rejected = journey.rejectedByMilter();
    return all;
}

QString differs(const char* what, const std::string& wanted, const std::string& got)
{
    return QStringLiteral("%1: wrote %2, read %3")
        .arg(QLatin1String(what), QString::fromStdString(wanted), QString::fromStdString(got));
}

std::uint64_t countOf(const History& history, EventKind kind)
{
    std::uint64_t count = 0;
    for (const Event& event : history.events())
        count += event.kind == kind ? event.count : 0;
    return count;
}

QString compareSums(const History& history, const bench::Truth& truth)
{
    std::map<std::string, bench::TrueSource> sources;
    for (std::uint32_t n = 0; n < history.size(); ++n) {
        const Journey journey = history.journey(n);
        const bool entered = journey.arrived().has_value();
        if (journey.saslUsername().empty() && !journey.uid())
            continue;
        auto& sums = sources[journey.uid() ? "uid " + std::to_string(*journey.uid())
                                           : "login " + std::string(journey.saslUsername())];
        const Tally tally = journey.tally();
        sums.messages += entered ? 1 : 0;
        sums.sent += tally.sent;
        sums.deferred += tally.deferred;
        sums.bounced += tally.bounced;
        sums.rejected += journey.rejectedByMilter() ? 1 : 0;
    }
    for (const auto& [name, wanted] : truth.sources) {
        const auto& got = sources[name];
        if (wanted.messages != got.messages || wanted.sent != got.sent || wanted.deferred != got.deferred
            || wanted.bounced != got.bounced || wanted.rejected != got.rejected)
            return QStringLiteral("sums of ") + QString::fromStdString(name);
    }
    return sources.size() == truth.sources.size() ? QString() : QStringLiteral("number of sources");
}

} // namespace

QString differenceFromTruth(const bench::TrueJourney& wanted, const bench::TrueJourney& got)
{
    const auto shown
        = [](const auto& number) { return number ? std::to_string(*number) : std::string("none"); };
    const std::tuple<const char*, std::string, std::string> texts[] = {
        {"queue id", wanted.queueId, got.queueId}, {"message id", wanted.messageId, got.messageId},
        {"entry", wanted.entry, got.entry}, {"login", wanted.login, got.login}, {"ip", wanted.ip, got.ip},
        {"sender", wanted.sender, got.sender}, {"parent", wanted.parent, got.parent},
        {"uid", shown(wanted.uid), shown(got.uid)}, {"arrived", shown(wanted.arrived), shown(got.arrived)},
        {"removed", shown(wanted.removed), shown(got.removed)},
        {"size", std::to_string(wanted.size), std::to_string(got.size)},
        {"recipients", std::to_string(wanted.recipients), std::to_string(got.recipients)},
        {"lines", std::to_string(wanted.lines), std::to_string(got.lines)},
        {"rejected", std::to_string(wanted.rejected), std::to_string(got.rejected)},
        {"attempts", std::to_string(wanted.outcomes.size()), std::to_string(got.outcomes.size())}};
    for (const auto& [what, a, b] : texts)
        if (a != b)
            return QString::fromStdString(wanted.queueId + ", ") + differs(what, a, b);
    for (std::size_t n = 0; n < wanted.outcomes.size(); ++n)
        if (!(wanted.outcomes[n] == got.outcomes[n]))
            return differs("attempt", wanted.outcomes[n].to + ' ' + wanted.outcomes[n].status,
                got.outcomes[n].to + ' ' + got.outcomes[n].status);
    return {};
}

QString differenceInCounts(const History& history, const bench::Truth& truth)
{
    const std::tuple<const char*, std::uint64_t, std::uint64_t> counts[]
        = {{"lines", truth.lines, history.summary().lines}, {"unparsed", 0, history.summary().unparsed},
            {"journeys", truth.messages, history.size()},
            {"failed logins", truth.authFailures, countOf(history, EventKind::AuthFailure)},
            {"refusals", truth.rejects, countOf(history, EventKind::Reject)},
            {"limit refusals", truth.limitRejects, countOf(history, EventKind::LimitReject)},
            {"logins", truth.logins, countOf(history, EventKind::Login)}};
    for (const auto& [what, wanted, got] : counts)
        if (wanted != got)
            return differs(what, std::to_string(wanted), std::to_string(got));
    return compareSums(history, truth);
}

QString differenceFromTruth(const History& history, const bench::Truth& truth)
{
    if (const QString difference = differenceInCounts(history, truth); !difference.isEmpty())
        return difference;
    for (std::uint32_t n = 0; n < history.size(); ++n)
        if (const QString difference
            = differenceFromTruth(truth.journeys[n], told(history, history.journey(n)));
            !difference.isEmpty())
            return QStringLiteral("journey %1 ").arg(n) + difference;
    return {};
}

} // namespace sluicegate::maillog
