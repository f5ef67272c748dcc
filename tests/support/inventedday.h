// SPDX-License-Identifier: GPL-3.0-or-later
// One invented day of a mail server as an Analysis made by hand: a stolen login sends much, others a little.
#pragma once

#include "models/triage/analysis.h"

#include <chrono>
#include <format>
#include <map>
#include <memory>
#include <string>

namespace sluicegate::tests {

inline base::Instant dayStart()
{
    return *base::parseIso("2026-11-23T09:00:00Z");
}

struct InventedMail {
    std::string queueId;
    std::string messageId;
    std::string login;
    std::string client;
    std::string to;
    std::string status = "sent";
    std::chrono::seconds at {};
};

inline std::string logOf(const InventedMail& mail)
{
    const auto stamp = [&](int more) {
        std::string iso = base::iso(dayStart() + mail.at + std::chrono::seconds(more));
        iso.pop_back();
        return iso + ".000000+00:00 mx.harbour.example ";
    };
    const std::string& id = mail.queueId;
    return stamp(0) + "postfix/smtpd[101]: " + id + ": client=unknown[" + mail.client
        + "], sasl_method=LOGIN, sasl_username=" + mail.login + "\n" + stamp(0)
        + "postfix/cleanup[102]: " + id + ": message-id=<" + mail.messageId + ">\n" + stamp(1)
        + "postfix/qmgr[103]: " + id + ": from=<" + mail.login + ">, size=2048, nrcpt=1 (queue active)\n"
        + stamp(2) + "postfix/smtp[104]: " + id + ": to=<" + mail.to
        + ">, relay=mx.far.test[203.0.113.5]:25, delay=2, delays=1/0/0/1, dsn=2.0.0, status=" + mail.status
        + " (250 ok)\n"
        + (mail.status == "deferred" ? std::string() : stamp(3) + "postfix/qmgr[103]: " + id + ": removed\n");
}

/// Spam of anna@shop.example, one a second; every tenth deferred, every seventh bounced; and one good mail a
/// minute of ben@law.example.
inline std::string inventedLog(int spam, int good)
{
    std::multimap<std::chrono::seconds, std::string> byTime;
    for (int i = 0; i < spam; ++i) {
        const std::chrono::seconds at(600 + i);
        byTime.emplace(at,
            logOf({.queueId = std::format("4F{:06X}A", i + 1),
                .messageId = std::format("spam{}@shop.example", i),
                .login = "anna@shop.example",
                .client = "203.0.113.77",
                .to = std::format("victim{}@far.test", i),
                .status = i % 10 == 9 ? "deferred"
                    : i % 7 == 6      ? "bounced"
                                      : "sent",
                .at = at}));
    }
    for (int i = 0; i < good; ++i) {
        const std::chrono::seconds at(60 * i);
        byTime.emplace(at,
            logOf({.queueId = std::format("5A{:06X}B", i + 1),
                .messageId = std::format("good{}@law.example", i),
                .login = "ben@law.example",
                .client = "192.0.2.14",
                .to = std::format("client{}@near.test", i),
                .status = "sent",
                .at = at}));
    }
    std::string log;
    for (const auto& [at, lines] : byTime)
        log += lines;
    return log;
}

inline std::shared_ptr<const triage::Analysis> inventedDay(int spam = 40, int good = 12)
{
    auto analysis = std::make_shared<triage::Analysis>();
    analysis->generated = dayStart() + std::chrono::hours(2);
    maillog::Options options;
    options.now = analysis->generated;
    auto log
        = maillog::History::read({{"/var/log/maillog", base::Bytes::own(inventedLog(spam, good))}}, options);
    analysis->log = *log;
    notice::Notice notice;
    notice.raw = "Port 25 of mx.harbour.example was blocked.";
    notice.server = "mx.harbour.example";
    notice.ips = {"198.51.100.20"};
    notice.ports = {25};
    notice.detected = dayStart() + std::chrono::minutes(30);
    notice.detectedHasZone = true;
    for (const char* id : {"spam3@shop.example", "spam5@shop.example", "lost@nowhere.test"}) {
        notice::NoticedId noticed;
        noticed.id.value = id;
        notice.ids.push_back(noticed);
    }
    analysis->notice = notice;
    attribution::Suspect suspect;
    suspect.rank = 1;
    suspect.cause = attribution::Cause::MailboxPassword;
    suspect.confidence = attribution::Confidence::VeryLikely;
    suspect.score = 0.9;
    suspect.source.kind = attribution::SourceKind::Mailbox;
    suspect.source.account = "anna@shop.example";
    suspect.source.domain = "shop.example";
    for (std::uint32_t i = 0; i < analysis->log->size(); ++i) {
        if (analysis->log->journey(i).saslUsername() == "anna@shop.example")
            suspect.journeys.push_back(i);
    }
    suspect.messages = suspect.recipients = suspect.journeys.size();
    attribution::Clue against {
        .rule = "own-network", .weight = -0.2, .count = 1, .values = {}, .evidence = {}};
    attribution::Clue small {.rule = "small", .weight = 0.1, .count = 1, .values = {}, .evidence = {}};
    attribution::Clue large {.rule = "large", .weight = 0.7, .count = 1, .values = {}, .evidence = {}};
    large.evidence.push_back(
        analysis->log->evidence(analysis->log->journey(suspect.journeys.front()).lines().front()));
    suspect.clues = {against, small, large};
    analysis->verdict.situation = attribution::Situation::Named;
    analysis->verdict.suspects = {suspect};
    return analysis;
}

} // namespace sluicegate::tests
