// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/report/sample.h"

#include <cstdlib>
#include <format>

namespace sluicegate::support {

namespace {

using namespace std::chrono_literals;
using attribution::Cause;
using attribution::Clue;
using attribution::Confidence;
using attribution::SourceKind;
using attribution::Suspect;

constexpr auto path = "/var/log/maillog";

base::Instant at(std::string_view text)
{
    const auto read = base::parseIso(text);
    if (!read)
        std::abort();
    return *read;
}

std::string stamp(base::Instant when)
{
    return std::format("{:%FT%T}+00:00", std::chrono::floor<std::chrono::seconds>(when));
}

// One message of a login, from its client line to its delivery.
std::string message(base::Instant when, int number, std::string_view login, std::string_view status)
{
    const std::string head = stamp(when) + " mail ";
    const std::string id = std::format("4F{:04X}A{:03X}", number, number % 4096);
    const std::string dsn = status == "sent" ? "2.0.0" : "4.4.1";
    return head + "postfix/submission/smtpd[711]: " + id + ": client=unknown[198.51.100."
        + std::to_string(number % 250 + 1) + "], sasl_method=PLAIN, sasl_username=" + std::string(login)
        + "\n" + head + "postfix/cleanup[712]: " + id + ": message-id=<" + std::to_string(number) + "@"
        + "mail.shop.example>\n" + head + "postfix/qmgr[9]: " + id + ": from=<" + std::string(login)
        + ">, size=2301, nrcpt=1 (queue active)\n" + head + "postfix/smtp[713]: " + id + ": to=<someone"
        + std::to_string(number)
        + "@elsewhere.test>, relay=mx.elsewhere.test[203.0.113.9]:25, delay=1.2, delays=0.1/0/0.5/0.6, dsn="
        + dsn + ", status=" + std::string(status) + " (250 ok)\n" + head + "postfix/qmgr[9]: " + id
        + ": removed\n";
}

std::string logText()
{
    std::string text;
    int number = 1;
    for (int hour = 0; hour < 30; ++hour) {
        const base::Instant when = at("2026-11-22T06:00:00Z") + hour * 1h;
        const bool burst = hour >= 20 && hour < 24;
        for (int i = 0; i < 3 + hour % 4; ++i, ++number)
            text += message(when + i * 7min, number, "office@shop.example", "sent");
        for (int i = 0; burst && i < 40 - 5 * (hour - 20); ++i, ++number)
            text += message(when + i * 1min, number, "anna@shop.example", i % 3 == 0 ? "deferred" : "sent");
    }
    return text;
}

std::vector<std::uint32_t> journeysOf(const maillog::History& log, std::string_view login)
{
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < log.size(); ++i) {
        if (log.journey(i).saslUsername() == login)
            found.push_back(i);
    }
    return found;
}

std::vector<base::EvidenceLine> linesOf(
    const maillog::History& log, const std::vector<std::uint32_t>& journeys, std::size_t line)
{
    std::vector<base::EvidenceLine> lines;
    for (std::size_t i = 0; i < std::min<std::size_t>(3, journeys.size()); ++i)
        lines.push_back(log.evidence(log.journey(journeys[i]).lines().at(line)));
    return lines;
}

Suspect stolen(const maillog::History& log)
{
    Suspect suspect {
        .rank = 1, .cause = Cause::MailboxPassword, .confidence = Confidence::VeryLikely, .score = 0.97123};
    suspect.source = {.kind = SourceKind::Mailbox, .account = "anna@shop.example", .domain = "shop.example"};
    suspect.journeys = journeysOf(log, "anna@shop.example");
    suspect.messages = suspect.journeys.size();
    suspect.recipients = suspect.messages;
    suspect.deferred = suspect.messages / 3;
    suspect.sent = suspect.messages - suspect.deferred;
    suspect.first = log.journey(suspect.journeys.front()).first();
    suspect.last = log.journey(suspect.journeys.back()).last();
    for (int i = 0; i < 20; ++i)
        suspect.clients.push_back("198.51.100." + std::to_string(i + 7));
    suspect.noticedIds = {{"200@mail.shop.example"}};
    suspect.queueIds = {{"4F0011A011"}, {"4F0012A012"}};
    suspect.clues = {
        Clue {.rule = "noticed", .weight = 0.7, .count = 1, .evidence = linesOf(log, suspect.journeys, 1)},
        Clue {.rule = "many-networks",
            .weight = 2.4,
            .count = 20,
            .values = {"20", "23"},
            .evidence = linesOf(log, suspect.journeys, 0)},
        Clue {.rule = "same-sender",
            .weight = -0.2,
            .count = 110,
            .values = {"anna@shop.example"},
            .evidence = linesOf(log, suspect.journeys, 2)},
    };
    return suspect;
}

Suspect bulk(const maillog::History& log)
{
    Suspect suspect {
        .rank = 2, .cause = Cause::LegitimateBulk, .confidence = Confidence::Possible, .score = 0.2};
    suspect.source
        = {.kind = SourceKind::Mailbox, .account = "office@shop.example", .domain = "shop.example"};
    suspect.journeys = journeysOf(log, "office@shop.example");
    suspect.messages = suspect.recipients = suspect.sent = suspect.journeys.size();
    suspect.clues = {Clue {.rule = "steady-rate", .weight = 1.2, .count = 90, .values = {"4"}}};
    return suspect;
}

queue::Entry waiting(const char* id, const char* sender)
{
    return {.id = {id},
        .place = queue::Place::Deferred,
        .arrival = at("2026-11-23T05:12:00Z"),
        .size = 2301,
        .sender = sender,
        .recipients
        = {{"x@elsewhere.test", "connect to mx.elsewhere.test[203.0.113.9]:25: Connection timed out"}}};
}

void addNotice(triage::Analysis& analysis)
{
    notice::Notice notice;
    notice.kind = notice::Kind::Ovh;
    notice.raw = "invented";
    notice.server = "mail.shop.example";
    notice.ips = {"192.0.2.25"};
    notice.detected = at("2026-11-23T03:30:00Z");
    notice.detectedHasZone = true;
    notice.ports = {25, 465};
    notice.ids = {{.id = {"200@mail.shop.example"}}, {.id = {"gone@elsewhere.test"}}};
    analysis.notice = notice;
}

void addBundle(triage::Analysis& analysis, std::uint64_t bytes)
{
    analysis.bundle.host = "mail.shop.example";
    analysis.bundle.hostKey = "SHA256:invented";
    analysis.bundle.clock.zone = 0s;
    analysis.bundle.items = {
        {.path = path,
            .bytes = bytes,
            .sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"},
        {.path = "commands/postqueue-j",
            .command = "postqueue -j",
            .bytes = 512,
            .sha256 = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
            .provenance = evidence::Provenance::CommandOutput},
        {.path = "/var/log/maillog.1.gz", .bytes = 77, .complete = false, .note = "unexpected end of file"},
    };
}

} // namespace

std::string attack()
{
    static constexpr char bytes[]
        = "\x1b[31m<script>alert(1)</script><img src=x onerror=1>\" '&amp; \0|\xe2\x80\xae"
          "gpj.exe\xe2\x80\xac `code` [a](http://evil.test) @all \xff\xfe";
    return {bytes, sizeof bytes - 1};
}

Sample Sample::nothing()
{
    Sample sample;
    sample.analysis->generated = at("2026-11-23T12:00:00Z");
    sample.analysis->verdict.situation = attribution::Situation::NoMailLog;
    return sample;
}

Sample Sample::incident()
{
    Sample sample = nothing();
    triage::Analysis& analysis = *sample.analysis;
    const std::string text = logText();
    auto log = maillog::History::read(
        {{.path = path, .bytes = base::Bytes::own(text)}}, {.now = at("2026-11-23T12:00:00Z")});
    if (!log)
        std::abort();
    analysis.log = *log;
    analysis.facts.log = analysis.log.get();
    addNotice(analysis);
    addBundle(analysis, text.size());
    analysis.queueKnown = true;
    analysis.facts.queue = {waiting("4F0011A011", "anna@shop.example"),
        waiting("4F0012A012", "anna@shop.example"), waiting("4F0013A013", "office@shop.example")};
    analysis.verdict = {.situation = attribution::Situation::Named,
        .suspects = {stolen(*analysis.log), bulk(*analysis.log)},
        .unexplained = {{"gone@elsewhere.test"}},
        .suspectQueue = {{"4F0011A011"}, {"4F0012A012"}},
        .keepQueue = {{"4F0013A013"}},
        .undecidedQueue = {{{"4F0013A013"}, attribution::Doubt::PlaceUnknown}}};
    return sample;
}

Sample Sample::hostile()
{
    Sample sample = incident();
    triage::Analysis& analysis = *sample.analysis;
    const std::string bad = attack();
    analysis.bundle.host = bad;
    analysis.bundle.hostKey = bad;
    analysis.bundle.warnings = {bad};
    analysis.troubles = {{base::FailureKind::Truncated, bad, bad}};
    for (evidence::Item& item : analysis.bundle.items) {
        item.sha256 = bad;
        item.note = bad;
    }
    analysis.notice->server = bad;
    analysis.notice->ips = {bad};
    analysis.notice->warnings = {bad};
    analysis.notice->ids = {{.id = {bad}}};
    analysis.verdict.unexplained = {{bad}};
    analysis.facts.localAddresses = {bad + "x"};
    for (queue::Entry& entry : analysis.facts.queue) {
        entry.sender = bad;
        entry.recipients = {{bad, bad}};
    }
    for (Suspect& suspect : analysis.verdict.suspects) {
        suspect.source
            = {.kind = SourceKind::Script, .account = bad, .domain = bad, .script = bad, .client = bad};
        suspect.clients = {bad};
        suspect.noticedIds = {{bad}};
        for (Clue& clue : suspect.clues) {
            clue.values = {bad, bad, bad};
            clue.evidence = {{.file = bad, .line = 1, .text = bad}};
        }
        suspect.clues.push_back({.rule = bad, .weight = 0.1, .count = 1, .values = {bad}});
    }
    return sample;
}

Sample Sample::large()
{
    Sample sample = incident();
    triage::Analysis& analysis = *sample.analysis;
    for (int i = 0; i < 20000; ++i) {
        const std::string id = std::format("5A{:06X}", i);
        analysis.facts.queue.push_back(waiting(id.c_str(), "anna@shop.example"));
        analysis.verdict.suspectQueue.push_back({id});
        analysis.bundle.items.push_back({.path = "commands/postcat-q/" + id, .bytes = 2000});
        analysis.notice->ids.push_back({.id = {id + "@mail.shop.example"}});
    }
    const Suspect again = analysis.verdict.suspects.back();
    for (int i = 3; i < 60; ++i) {
        analysis.verdict.suspects.push_back(again);
        analysis.verdict.suspects.back().rank = i;
    }
    return sample;
}

} // namespace sluicegate::support
