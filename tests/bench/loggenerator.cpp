// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/loggenerator.h"

#include "tests/bench/dice.h"
#include "tests/bench/logline.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <format>
#include <queue>
#include <unordered_map>

namespace sluicegate::bench {

namespace {

constexpr std::int64_t second = 1'000'000; // microseconds
constexpr std::uint32_t badSite = 10'007;

// A message as planned; the truth takes from it what the written lines tell.
struct Plan {
    TrueJourney all;
    std::uint32_t written = nobody; // its place in the truth
    int linesLeft = 0;
    bool removed = false;
};

std::string stamp(std::int64_t at, Style style)
{
    const std::chrono::sys_time<std::chrono::microseconds> time {std::chrono::microseconds(at)};
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    return style == Style::Traditional ? std::format("{:%b %e %T}", whole)
                                       : std::format("{:%FT%T}.{:06}+00:00", whole, at % second);
}

} // namespace

struct LogGenerator::World {
    explicit World(const Settings& wanted);
    void step();
    void emit(std::string& out);
    void note(Line& line);
    void noteJourney(Line& line, Plan& plan);

    std::string newId();
    std::uint32_t plan(std::string entry, const std::string& sender, std::uint32_t recipients);
    void say(std::int64_t at, std::uint32_t journey, Fact fact, const std::string& program,
        const std::string& text, Outcome outcome = {}, std::uint32_t other = nobody);
    std::string idOf(std::uint32_t journey) { return plans[journey].all.queueId; }

    void submission(
        const std::string& login, const std::string& ip, const std::string& sender, std::uint32_t recipients);
    void fromOutside();
    void fromSite(std::uint32_t uid, const std::string& sender, std::uint32_t recipients);
    void spam();
    void overLimit();
    void refuseOverLimit(std::uint32_t journey, const std::string& client);
    void noise();
    void accept(std::uint32_t journey, const std::string& program);
    void deliver(std::uint32_t journey, bool toUs);
    std::int64_t attempt(
        std::uint32_t journey, const std::string& to, std::int64_t at, bool toUs, bool& bounced, bool& stuck);
    std::int64_t say(
        std::uint32_t journey, const std::string& to, std::int64_t at, const char* status, bool toUs);
    void bounce(std::uint32_t parent, std::int64_t at);
    std::string stranger();

    Settings settings;
    Dice dice;
    Truth truth;
    std::int64_t now;
    std::uint64_t written = 0;
    std::uint64_t numbered = 0;
    std::priority_queue<Line, std::vector<Line>, std::greater<>> waiting;
    std::unordered_map<std::uint32_t, Plan> plans;
    std::uint32_t planned = 0;
    std::deque<std::pair<std::int64_t, std::string>> freed; // short ids that may be used again
    std::vector<std::string> logins;
    std::vector<std::string> botnet;
};

LogGenerator::World::World(const Settings& wanted)
    : settings(wanted), dice(wanted.seed), now(wanted.start * second)
{
    for (int n = 0; n < 60; ++n)
        logins.push_back(std::format("user{}@site{}.example", n, n % 17));
    for (int n = 0; n < 250; ++n)
        botnet.push_back(std::format("203.0.113.{}", dice.below(254) + 1));
    truth.culprit = dice.pick(logins);
    do {
        truth.newsletter = dice.pick(logins);
    } while (truth.newsletter == truth.culprit);
    if (settings.incident != Incident::Password)
        truth.culprit = std::format("uid {}", badSite);
}

std::string LogGenerator::World::newId()
{
    if (settings.ids == Ids::Short) {
        if (!freed.empty() && freed.front().first + 5 * second < now && dice.percent(30)) {
            std::string id = freed.front().second;
            freed.pop_front();
            return id;
        }
        return std::format("{:05X}{:X}", now % second, 0x1C0000 + planned);
    }
    constexpr std::string_view letters = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
    std::string id;
    for (auto seconds = now / second; seconds > 0; seconds /= 52)
        id.insert(id.begin(), letters[std::size_t(seconds % 52)]);
    auto micros = now % second;
    for (int digit = 0; digit < 4; ++digit, micros /= 52)
        id.insert(id.begin() + 6, letters[std::size_t(micros % 52)]);
    id += 'z';
    for (auto inode = 0x1C0000 + planned; inode > 0; inode /= 51)
        id += letters[inode % 51];
    return id;
}

std::uint32_t LogGenerator::World::plan(
    std::string entry, const std::string& sender, std::uint32_t recipients)
{
    Plan fresh;
    fresh.all.queueId = newId();
    fresh.all.entry = std::move(entry);
    fresh.all.sender = sender;
    fresh.all.recipients = recipients;
    fresh.all.size = 600 + dice.below(40'000);
    if (!dice.percent(3))
        fresh.all.messageId = std::format("{:x}.{:x}@host{}.example", dice.roll(), planned, dice.below(40));
    plans.emplace(planned, std::move(fresh));
    return planned++;
}

void LogGenerator::World::say(std::int64_t at, std::uint32_t journey, Fact fact, const std::string& program,
    const std::string& text, Outcome outcome, std::uint32_t other)
{
    Line line {.at = at,
        .number = numbered++,
        .journey = journey,
        .fact = fact,
        .other = other,
        .outcome = std::move(outcome),
        .text = {}};
    const std::string id = journey == nobody ? std::string() : idOf(journey) + ": ";
    line.text = std::format("{}[{}]: {}{}", program, 1000 + dice.below(3'000'000), id, text);
    if (journey != nobody)
        ++plans[journey].linesLeft;
    waiting.push(std::move(line));
}

std::string LogGenerator::World::stranger()
{
    return std::format("r{}@mail{}.test", dice.below(900'000), dice.below(3'000));
}

void LogGenerator::World::submission(
    const std::string& login, const std::string& ip, const std::string& sender, std::uint32_t recipients)
{
    const std::uint32_t journey = plan("authenticated", sender, recipients);
    Plan& mail = plans[journey];
    mail.all.login = login;
    mail.all.ip = ip;
    say(now - 300'000, nobody, Fact::None, "postfix/submission/smtpd",
        std::format("connect from unknown[{}]", ip));
    say(now - 200'000, nobody, Fact::None, "postfix/submission/smtpd",
        std::format("Anonymous TLS connection established from unknown[{}]: TLSv1.3 with cipher "
                    "TLS_AES_256_GCM_SHA384 (256/256 bits)",
            ip));
    say(now, journey, Fact::Entered, "postfix/submission/smtpd",
        std::format("client=unknown[{}], sasl_method=PLAIN, sasl_username={}", ip, login));
    accept(journey, "postfix/submission/smtpd");
    deliver(journey, false);
}

void LogGenerator::World::fromOutside()
{
    const std::uint32_t journey = plan("relayed", stranger(), 1);
    plans[journey].all.ip = std::format("198.51.100.{}", dice.below(254) + 1);
    const std::string client = std::format("mx{}.test[{}]", dice.below(900), plans[journey].all.ip);
    say(now - 300'000, nobody, Fact::None, "postfix/smtpd", "connect from " + client);
    say(now, journey, Fact::Entered, "postfix/smtpd", "client=" + client);
    accept(journey, "postfix/smtpd");
    deliver(journey, true);
}

void LogGenerator::World::fromSite(std::uint32_t uid, const std::string& sender, std::uint32_t recipients)
{
    const std::uint32_t journey = plan("pickup", sender, recipients);
    plans[journey].all.uid = uid;
    say(now, journey, Fact::Entered, "postfix/pickup", std::format("uid={} from=<web{}>", uid, uid));
    accept(journey, {});
    deliver(journey, false);
}

void LogGenerator::World::spam()
{
    switch (settings.incident) {
    case Incident::Password:
        submission(truth.culprit, dice.pick(botnet), dice.percent(60) ? truth.culprit : stranger(),
            std::uint32_t(1 + dice.below(12)));
        break;
    case Incident::Form:
        fromSite(badSite, std::format("web{}@host1.example", badSite), 1);
        break;
    case Incident::Hack:
        fromSite(badSite, stranger(), std::uint32_t(1 + dice.below(12)));
        break;
    }
}

void LogGenerator::World::accept(std::uint32_t journey, const std::string& program)
{
    const TrueJourney& mail = plans[journey].all;
    say(now + 20'000, journey, Fact::MessageId, "postfix/cleanup",
        std::format("message-id=<{}>", mail.messageId));
    say(now + 60'000, journey, Fact::Queued, "postfix/qmgr",
        std::format("from=<{}>, size={}, nrcpt={} (queue active)", mail.sender, mail.size, mail.recipients));
    if (!program.empty())
        say(now + 80'000, nobody, Fact::None, program,
            std::format("disconnect from unknown[{}] ehlo=2 starttls=1 auth=1 mail=1 rcpt={} data=1 quit=1 "
                        "commands=8",
                mail.ip, mail.recipients));
}

std::int64_t LogGenerator::World::say(
    std::uint32_t journey, const std::string& to, std::int64_t at, const char* status, bool toUs)
{
    const std::string word = status;
    const std::string relay = toUs
        ? "virtual"
        : std::format("mx.{}[198.51.100.{}]:25", to.substr(to.find('@') + 1), dice.below(250) + 1);
    const std::string reply = word == "sent"
        ? (toUs ? "delivered to maildir" : std::format("250 2.0.0 Ok: queued as {:X}", dice.roll() >> 20))
        : word == "deferred" ? "connect to mx.test[198.51.100.9]:25: Connection timed out"
                             : std::format("host mx.test[198.51.100.9] said: 550 5.1.1 <{}>: Recipient "
                                           "address rejected: User unknown (in reply to RCPT TO command)",
                                   to);
    const char* dsn = word == "sent" ? "2.0.0" : word == "deferred" ? "4.4.1" : "5.1.1";
    say(at, journey, Fact::Attempt, toUs ? "postfix/virtual" : "postfix/smtp",
        std::format("to=<{}>, relay={}, delay={}.{}, delays=0.1/0.01/0.3/0.5, dsn={}, status={} ({})", to,
            relay, dice.below(30), dice.below(10), dsn, word, reply),
        {to, word});
    return at;
}

// One recipient until its end; the time of its last line.
std::int64_t LogGenerator::World::attempt(
    std::uint32_t journey, const std::string& to, std::int64_t at, bool toUs, bool& bounced, bool& stuck)
{
    for (int tries = 0; !toUs && tries < 3 && dice.percent(6); ++tries) {
        say(journey, to, at, "deferred", toUs);
        at += std::int64_t(300 + dice.below(900)) * second;
        say(at - second, journey, Fact::Queued, "postfix/qmgr",
            std::format("from=<{}>, size={}, nrcpt={} (queue active)", plans[journey].all.sender,
                plans[journey].all.size, plans[journey].all.recipients));
        if (dice.percent(5)) {
            stuck = true;
            return at;
        }
    }
    const bool fails = dice.percent(toUs ? 2 : 6);
    bounced = bounced || fails;
    return say(journey, to, at, fails ? "bounced" : "sent", toUs);
}

void LogGenerator::World::deliver(std::uint32_t journey, bool toUs)
{
    bool bounced = false;
    bool stuck = false;
    std::int64_t last = now;
    for (std::uint32_t n = 0; n < plans[journey].all.recipients; ++n) {
        const std::string to = toUs ? dice.pick(logins) : stranger();
        const std::int64_t at = now + 150'000 + std::int64_t(dice.below(3'000'000));
        last = std::max(last, attempt(journey, to, at, toUs, bounced, stuck));
    }
    if (stuck)
        return;
    if (bounced && !plans[journey].all.sender.empty())
        bounce(journey, last + 10'000);
    say(last + 40'000, journey, Fact::Removed, "postfix/qmgr", "removed");
    plans[journey].removed = true;
}

void LogGenerator::World::bounce(std::uint32_t parent, std::int64_t at)
{
    const std::uint32_t child = plan("bounce", {}, 1);
    plans[child].all.messageId = std::format("{}.{}@host1.example", at, idOf(child));
    say(at, child, Fact::MessageId, "postfix/cleanup",
        std::format("message-id=<{}>", plans[child].all.messageId));
    say(at + 1'000, parent, Fact::Notice, "postfix/bounce",
        "sender non-delivery notification: " + idOf(child), {}, child);
    say(at + 2'000, child, Fact::Queued, "postfix/qmgr",
        std::format("from=<>, size={}, nrcpt=1 (queue active)", plans[child].all.size));
    say(child, plans[parent].all.sender, at + 200'000, "sent", true);
    say(at + 220'000, child, Fact::Removed, "postfix/qmgr", "removed");
    plans[child].removed = true;
}

void LogGenerator::World::overLimit()
{
    if (settings.incident != Incident::Password) {
        const std::uint32_t journey = plan("pickup", std::format("web{}@host1.example", badSite), 1);
        plans[journey].all.uid = badSite;
        say(now, journey, Fact::Entered, "postfix/pickup",
            std::format("uid={} from=<web{}>", badSite, badSite));
        refuseOverLimit(journey, "localhost[127.0.0.1]");
        return;
    }
    const std::string& ip = dice.pick(botnet);
    const std::uint32_t journey = plan("authenticated", truth.culprit, 1);
    plans[journey].all.login = truth.culprit;
    plans[journey].all.ip = ip;
    say(now, journey, Fact::Entered, "postfix/submission/smtpd",
        std::format("client=unknown[{}], sasl_method=LOGIN, sasl_username={}", ip, truth.culprit));
    refuseOverLimit(journey, std::format("unknown[{}]", ip));
}

void LogGenerator::World::refuseOverLimit(std::uint32_t journey, const std::string& client)
{
    say(now + 20'000, journey, Fact::MessageId, "postfix/cleanup",
        std::format("message-id=<{}>", plans[journey].all.messageId));
    say(now + 40'000, journey, Fact::LimitRejected, "postfix/cleanup",
        std::format("milter-reject: END-OF-MESSAGE from {}: 5.7.0 Your message could not be sent. "
                    "The limit on the number of allowed outgoing messages was exceeded. Try again later.; "
                    "from=<{}> to=<{}> proto=ESMTP helo=<User>",
            client, plans[journey].all.sender, stranger()));
    plans[journey].removed = true;
}

void LogGenerator::World::noise()
{
    const std::string ip = std::format("192.0.2.{}", dice.below(254) + 1);
    switch (dice.below(6)) {
    case 0:
        say(now, nobody, Fact::AuthFailure, "postfix/smtpd",
            std::format("warning: unknown[{}]: SASL LOGIN authentication failed: UGFzc3dvcmQ6", ip));
        break;
    case 1:
        say(now, nobody, Fact::AuthFailure, "postfix/submission/smtpd",
            std::format("warning: unknown[{}]: SASL LOGIN authentication failed: (reason unavailable), "
                        "sasl_username={}",
                ip, dice.pick(logins)));
        break;
    case 2:
        say(now, nobody, Fact::Reject, "postfix/smtpd",
            std::format("NOQUEUE: reject: RCPT from unknown[{}]: 554 5.7.1 <{}>: Relay access denied; "
                        "from=<{}> to=<{}> proto=ESMTP helo=<User>",
                ip, stranger(), stranger(), stranger()));
        break;
    case 3:
        say(now, nobody, Fact::Login, "dovecot",
            std::format("imap-login: Login: user=<{}>, method=PLAIN, rip={}, lip=192.0.2.1, mpid={}, TLS, "
                        "session=<{:x}>",
                dice.pick(logins), ip, dice.below(90'000), dice.roll()));
        break;
    case 4:
        say(now, nobody, Fact::None, "postfix/postscreen",
            std::format("CONNECT from [{}]:{} to [192.0.2.1]:25", ip, dice.below(60'000)));
        break;
    default:
        say(now, nobody, Fact::None, "postfix/smtpd",
            std::format("lost connection after CONNECT from unknown[{}]", ip));
    }
}

void LogGenerator::World::step()
{
    now += std::int64_t(dice.below(700'000));
    const auto turn = dice.below(100);
    if (turn < 25)
        spam();
    else if (turn < 27)
        submission(truth.newsletter, "192.0.2.77", truth.newsletter, std::uint32_t(10 + dice.below(40)));
    else if (turn < 42)
        submission(dice.pick(logins), std::format("192.0.2.{}", dice.below(60) + 100), dice.pick(logins), 1);
    else if (turn < 62)
        fromOutside();
    else if (turn < 72) {
        const auto uid = std::uint32_t(10'000 + dice.below(25));
        fromSite(uid, std::format("web{}@host1.example", uid), 1);
    } else if (turn < 74)
        overLimit();
    else
        noise();
}

void LogGenerator::World::note(Line& line)
{
    ++truth.lines;
    truth.authFailures += line.fact == Fact::AuthFailure;
    truth.rejects += line.fact == Fact::Reject;
    truth.limitRejects += line.fact == Fact::LimitRejected;
    truth.logins += line.fact == Fact::Login;
    if (line.journey == nobody)
        return;
    Plan& plan = plans[line.journey];
    noteJourney(line, plan);
    if (--plan.linesLeft == 0 && plan.removed) {
        if (settings.ids == Ids::Short)
            freed.emplace_back(line.at, plan.all.queueId);
        plans.erase(line.journey);
    }
}

void LogGenerator::World::noteJourney(Line& line, Plan& plan)
{
    const TrueJourney& all = plan.all;
    if (plan.written == nobody) {
        plan.written = std::uint32_t(truth.messages++);
        if (settings.keepJourneys)
            truth.journeys.emplace_back().queueId = all.queueId;
        if (plan.written % 1000 == 500 && !all.messageId.empty())
            truth.someMessageId = all.messageId;
    }
    const std::string source = !all.login.empty() ? "login " + all.login
        : all.uid                                 ? std::format("uid {}", *all.uid)
                                                  : "";
    TrueSource nowhere;
    TrueSource& sums = source.empty() ? nowhere : truth.sources[source];
    sums.messages += line.fact == Fact::Entered;
    sums.sent += line.outcome.status == "sent";
    sums.deferred += line.outcome.status == "deferred";
    sums.bounced += line.outcome.status == "bounced";
    sums.rejected += line.fact == Fact::LimitRejected;
    if (!settings.keepJourneys)
        return;
    TrueJourney& told = truth.journeys[plan.written];
    ++told.lines;
    switch (line.fact) {
    case Fact::Entered:
        told.entry = all.entry;
        told.login = all.login;
        told.uid = all.uid;
        told.ip = all.ip;
        told.arrived = line.at / second;
        break;
    case Fact::MessageId:
        told.messageId = all.messageId;
        break;
    case Fact::Queued:
        told.sender = all.sender;
        told.size = all.size;
        told.recipients = all.recipients;
        if (all.entry == "bounce")
            told.entry = "bounce";
        break;
    case Fact::Attempt:
        told.outcomes.push_back(line.outcome);
        break;
    case Fact::Removed:
        told.removed = line.at / second;
        break;
    case Fact::LimitRejected:
        told.rejected = true;
        break;
    case Fact::Notice:
        if (const auto child = plans.find(line.other);
            child != plans.end() && child->second.written != nobody) {
            truth.journeys[child->second.written].parent = all.queueId;
            truth.journeys[child->second.written].entry = "bounce";
        }
        break;
    default:
        break;
    }
}

void LogGenerator::World::emit(std::string& out)
{
    while (!waiting.empty() && waiting.top().at < now - second && written < settings.bytes) {
        Line line = waiting.top();
        waiting.pop();
        const auto before = out.size();
        out += stamp(line.at, settings.style) + " host1 " + line.text + '\n';
        written += out.size() - before;
        note(line);
    }
}

LogGenerator::LogGenerator(const Settings& settings) : m_world(std::make_unique<World>(settings)) { }
LogGenerator::~LogGenerator() = default;
const Truth& LogGenerator::truth() const
{
    return m_world->truth;
}

bool LogGenerator::write(std::string& out)
{
    for (int steps = 0; steps < 2000 && m_world->written < m_world->settings.bytes; ++steps) {
        m_world->step();
        m_world->emit(out);
    }
    return m_world->written < m_world->settings.bytes;
}

} // namespace sluicegate::bench
