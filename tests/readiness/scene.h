// SPDX-License-Identifier: GPL-3.0-or-later
// A server at the gate: its log, what was done, and how the conditions stand.
#pragma once

#include "models/readiness/gate.h"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

namespace sluicegate::tests {

using namespace sluicegate::readiness;
using namespace std::chrono_literals;
using attribution::Cause;

inline const base::Instant shut = *base::parseIso("2026-11-23T10:00:00Z");

inline constexpr const char* mailbox = "anna@shop.example";

inline std::string line(const char* time, const char* service, const std::string& text)
{
    return std::string("2026-11-23T") + time + "+00:00 mail postfix/" + service + "[77]: " + text + '\n';
}

inline std::string mail(const char* time, const std::string& id, const std::string& ip)
{
    return line(time, "submission/smtpd",
               id + ": client=h[" + ip + "], sasl_method=PLAIN, sasl_username=" + mailbox)
        + line(time, "qmgr", id + ": from=<x@bank.test>, size=100, nrcpt=1 (queue active)")
        + line(time, "smtp",
            id + ": to=<a@b.test>, relay=none, delay=1, dsn=4.4.1, status=deferred (timed out)");
}

/// A stolen password, shut at ten by every action there is, and looked at three quarters of an hour later.
struct Scene {
    std::string log = mail("09:30:00", "3A1B2C4D5E", "203.0.113.7");
    attribution::Verdict verdict;
    std::vector<Act> acts {{"change-password", mailbox, shut, true},
        {"end-sessions", mailbox, shut + 1min, true}, {"review-mailbox", mailbox, shut + 2min, true}};
    base::Instant pulled = shut + 45min;
    std::chrono::seconds ahead {}; // the server's clock
    bool queueKnown = true;
    bool sockets = true;
    std::vector<hosting::MailSocket> foreign;
    Waivers waived;
    std::optional<Watched> watched;
    Probes probes;
    std::optional<base::Instant> unblocked;

    Scene()
    {
        attribution::Suspect anna;
        anna.rank = 1;
        anna.cause = Cause::MailboxPassword;
        anna.confidence = attribution::Confidence::VeryLikely;
        anna.source.kind = attribution::SourceKind::Mailbox;
        anna.source.account = mailbox;
        anna.clients = {"203.0.113.7"};
        anna.journeys = {0};
        verdict.situation = attribution::Situation::Named;
        verdict.suspects = {anna};
    }

    Gate gate() const
    {
        triage::Analysis analysis;
        maillog::Source source {.path = "/var/log/maillog", .bytes = base::Bytes::own(log)};
        analysis.log
            = *maillog::History::read({source}, {.now = pulled, .zone = {}, .since = {}, .until = {}});
        analysis.queueKnown = queueKnown;
        analysis.verdict = verdict;
        analysis.facts.sockets = foreign;
        analysis.bundle.clock = {pulled + ahead, pulled, 0s};
        if (sockets)
            analysis.bundle.items.emplace_back().path = "commands/ss";
        return evaluate({.analysis = analysis,
            .acts = acts,
            .now = pulled,
            .waived = waived,
            .watched = watched,
            .probes = probes,
            .unblocked = unblocked});
    }
};

inline Condition find(const Gate& gate, ConditionId id)
{
    return *std::ranges::find(gate.conditions, id, &Condition::id);
}

inline Waiver wordFor(const Condition& condition)
{
    return {"customer's risk, told by telephone", "ben", shut, condition.why, condition.count};
}

inline std::string shown(const Gate& gate, ConditionId id)
{
    const Condition condition = find(gate, id);
    return std::string(name(condition.state)) + ' ' + std::string(name(condition.why));
}

} // namespace sluicegate::tests
