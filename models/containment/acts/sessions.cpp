// SPDX-License-Identifier: GPL-3.0-or-later
// Ends what is logged in: a session outlives a new password, in IMAP and POP as well as in SMTP.
#include "models/containment/actions.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <ranges>
#include <set>

namespace sluicegate::containment::acts {

namespace {

PlannedCommand who(Stage stage, const Target& target)
{
    return {.stage = stage, .script = R"(doveadm who -1 "$1")", .arguments = {target.mailbox}};
}

PlannedCommand kick(const Target& target)
{
    return {.stage = Stage::EndSessions, .script = R"(doveadm kick "$1")", .arguments = {target.mailbox}};
}

// A cached login would let the old password in for a while.
PlannedCommand forget(const Target& target)
{
    return {.stage = Stage::ForgetLogins,
        .script = R"(doveadm auth cache flush "$1")",
        .arguments = {target.mailbox}};
}

PlannedCommand listSmtp(Stage stage)
{
    return {.stage = stage,
        .script = R"sh(ss -Htn state established "( sport = :25 or sport = :465 or sport = :587 )")sh"};
}

PlannedCommand endSmtp(std::vector<std::string> clients)
{
    return {.stage = Stage::EndSessions,
        .script
        = R"sh(for ip in "$@"; do ss -K dst "$ip" "( sport = :25 or sport = :465 or sport = :587 )"; done)sh",
        .arguments = std::move(clients)};
}

// The first line names the columns.
std::size_t sessionsIn(std::string_view listed)
{
    const auto lines = std::size_t(std::ranges::count(listed, '\n'));
    return listed.starts_with("username") && lines > 0 ? lines - 1 : lines;
}

// Peers of ss's lines that are among the source's addresses.
std::vector<std::string> ofTheSource(std::string_view listed, const std::vector<std::string>& clients)
{
    std::set<std::string> found;
    while (!listed.empty()) {
        const auto end = listed.find('\n');
        const auto line = message::trimmed(listed.substr(0, end));
        listed.remove_prefix(end == listed.npos ? listed.size() : end + 1);
        auto peer = line.substr(line.find_last_of(" \t") + 1);
        peer = peer.substr(0, peer.rfind(':'));
        if (peer.starts_with('[') && peer.ends_with(']'))
            peer = peer.substr(1, peer.size() - 2);
        if (peer.starts_with("::ffff:"))
            peer.remove_prefix(7);
        const bool isAddress = message::isIpv4(peer) || message::isIpv6(peer);
        if (isAddress && std::ranges::contains(clients, peer))
            found.emplace(peer);
    }
    return {found.begin(), found.end()};
}

void endMailboxSessions(Doing& doing, const Target& target)
{
    const auto before = doing.run(who(Stage::ListSessions, target));
    if (!before || before->exitStatus != 0)
        return;
    if (sessionsIn(before->out) == 0) {
        doing.add(Stage::EndSessions, Outcome::AlreadySo, {});
        return;
    }
    if (!doing.run(kick(target)))
        return;
    const auto after = doing.run(who(Stage::Verify, target));
    if (after && after->exitStatus == 0 && sessionsIn(after->out) > 0)
        doing.judge(Outcome::Failed, after->out);
}

void endSmtpSessions(Doing& doing, const Target& target)
{
    const auto before = doing.run(listSmtp(Stage::ListSessions));
    if (!before || before->exitStatus != 0)
        return;
    const auto clients = ofTheSource(before->out, target.clients);
    if (clients.empty()) {
        doing.add(Stage::EndSessions, Outcome::AlreadySo, {});
        return;
    }
    if (!doing.run(endSmtp(clients)))
        return;
    const auto after = doing.run(listSmtp(Stage::Verify));
    if (!after || after->exitStatus != 0)
        return;
    // Not every kernel lets ss end a connection, and ss succeeds all the same.
    if (const auto still = ofTheSource(after->out, target.clients); !still.empty())
        doing.judge(Outcome::Failed,
            still.front()
                + " is still connected: this kernel lets ss end no connection. \"postfix stop; postfix "
                  "start\" "
                  "ends all of the mail server's sessions; a reload does not");
}

} // namespace

Plan planEndSessions(const Target& target)
{
    Plan plan {.action = ActionId::EndSessions,
        .target = target.mailbox,
        .commands = {who(Stage::ListSessions, target), kick(target), who(Stage::Verify, target),
            forget(target), listSmtp(Stage::ListSessions), endSmtp({}), listSmtp(Stage::Verify)},
        .effects = {Remark::OwnerIsLoggedOut}};
    auto& clients = plan.commands[5].arguments;
    std::ranges::copy_if(target.clients | std::views::take(5), std::back_inserter(clients),
        [](const std::string& ip) { return message::isIpv4(ip) || message::isIpv6(ip); });
    plan.commands[5].lines = target.clients.size();
    return plan;
}

Acted endSessions(Hand& hand, const Target& target)
{
    Doing doing(hand, "end-sessions", target.mailbox);
    endMailboxSessions(doing, target);
    doing.run(forget(target));
    endSmtpSessions(doing, target);
    return doing.finish();
}

} // namespace sluicegate::containment::acts
