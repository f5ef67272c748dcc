// SPDX-License-Identifier: GPL-3.0-or-later
// A login that may send nothing where plain Postfix takes mail: a table of stopped logins, asked before
// anything else about the sender.
#include "models/containment/actions.h"

#include "models/message/ascii.h"

#include <algorithm>

namespace sluicegate::containment::acts {

namespace {

constexpr std::string_view table = "/etc/postfix/sluicegate-stopped";
constexpr std::string_view check = "check_sasl_access texthash:/etc/postfix/sluicegate-stopped";

PlannedCommand show(Stage stage)
{
    return {.stage = stage, .script = "postconf -h smtpd_sender_restrictions"};
}

// A service with restrictions of its own would not see ours.
PlannedCommand overrides()
{
    return {.stage = Stage::Probe,
        .script
        = R"sh(postconf -h mail_version smtpd_delay_reject; postconf -P | grep smtpd_sender_restrictions; true)sh"};
}

// $1: the table, $2: the login, $3: "REJECT ..." or nothing to take it out. Its folder is root's.
PlannedCommand write(Stage stage, const Target& target, std::string answer)
{
    const bool last = answer.empty(); // nothing else is set after it
    return {.stage = stage,
        .script
        = R"sh([ ! -h "$1" ] || exit 67; t=$(mktemp "$1.XXXXXX") && chmod 644 "$t" || exit 73; )sh"
          R"sh({ [ ! -e "$1" ] || U=$2 awk "tolower(\$1) != ENVIRON[\"U\"]" "$1"; [ -z "$3" ] || echo "$2 $3"; } >"$t" && )sh"
          R"sh(mv -T "$t" "$1" || { rm -f "$t"; exit 73; })sh"
            + std::string(last ? "; postfix reload" : ""),
        .arguments = {std::string(table), message::lowered(target.mailbox), std::move(answer)}};
}

PlannedCommand set(Stage stage, std::string value)
{
    return {.stage = stage,
        .script = R"(postconf -e "smtpd_sender_restrictions=$1" && postfix reload)",
        .arguments = {std::move(value)}};
}

// What the table answers, and how Postfix counts the setting: both must be so.
PlannedCommand ask(const Target& target)
{
    return {.stage = Stage::Verify,
        .script
        = R"sh(postmap -q "$2" "texthash:$1"; [ $? -le 1 ] && postconf -h smtpd_sender_restrictions)sh",
        .arguments = {std::string(table), message::lowered(target.mailbox)}};
}

constexpr std::string_view verdict = "REJECT this login is stopped";

std::string withCheck(std::string_view value)
{
    const auto rest = message::trimmed(value);
    return rest.empty() ? std::string(check) : std::string(check) + ", " + std::string(rest);
}

bool isStopped(const ssh::Output& said)
{
    return said.out.contains(verdict) && said.out.contains(check);
}

// "3.10.4", then "yes", then what master.cf says.
bool isSafe(Doing& doing, const ssh::Output& said)
{
    const auto line = said.out.find('\n');
    const auto rest
        = message::trimmed(std::string_view(said.out).substr(std::min(line + 1, said.out.size())));
    const bool old
        = said.out.starts_with("2.1") ? said.out.substr(0, 4) < "2.11" : said.out.starts_with("2.");
    if (old)
        doing.judge(Outcome::Failed, "this Postfix is older than 2.11 and cannot stop one login");
    else if (rest.contains("smtpd_sender_restrictions"))
        doing.judge(Outcome::Failed, "master.cf has sender restrictions of its own: " + std::string(rest));
    else
        return said.exitStatus == 0;
    return false;
}

} // namespace

Plan planStopLogin(const Target& target)
{
    return {.action = ActionId::StopLogin,
        .target = target.mailbox,
        .commands
        = {overrides(), show(Stage::Remember), write(Stage::SwitchOff, target, std::string(verdict)),
            set(Stage::SwitchOff, withCheck("")), ask(target)},
        .effects = {Remark::OwnerCannotSend, Remark::ReceivingGoesOn, Remark::ReloadsMailServer},
        .undo = ActionId::AllowLogin};
}

Acted stopLogin(Hand& hand, const Target& target)
{
    Doing doing(hand, "stop-login", target.mailbox);
    const auto probed = isMailbox(target.mailbox) ? doing.run(overrides()) : std::nullopt;
    if (!probed || !isSafe(doing, *probed))
        return doing.finish();
    const auto before = doing.run(show(Stage::Remember));
    if (!before || before->exitStatus != 0)
        return doing.finish();
    // The table first: a check of a table that is not there would refuse everybody.
    const auto written = doing.run(write(Stage::SwitchOff, target, std::string(verdict)));
    if (!written || written->exitStatus != 0)
        return doing.finish();
    const bool has = before->out.contains(check);
    const auto done = doing.run(
        set(Stage::SwitchOff, has ? std::string(message::trimmed(before->out)) : withCheck(before->out)));
    if (!done || done->exitStatus != 0)
        return doing.finish();
    const auto now = doing.run(ask(target));
    if (now && now->exitStatus == 0)
        doing.judge(
            isStopped(*now) ? Outcome::Done : Outcome::Failed, isStopped(*now) ? std::string() : now->out);
    return doing.finish();
}

Plan planAllowLogin(const Target& target)
{
    return {.action = ActionId::AllowLogin,
        .target = target.mailbox,
        .commands = {write(Stage::SwitchOn, target, {}), ask(target)},
        .effects = {Remark::ReloadsMailServer},
        .undo = ActionId::StopLogin};
}

// The setting stays, with one login fewer in its table: another may be stopped by it. Postfix reads such a
// table once, when a process starts.
Acted allowLogin(Hand& hand, const Target& target)
{
    Doing doing(hand, "allow-login", target.mailbox);
    if (!isMailbox(target.mailbox))
        return doing.finish();
    const auto written = doing.run(write(Stage::SwitchOn, target, {}));
    if (!written || written->exitStatus != 0)
        return doing.finish();
    const auto now = doing.run(ask(target));
    if (now && now->exitStatus == 0)
        doing.judge(now->out.contains(verdict) ? Outcome::Failed : Outcome::Done, {});
    return doing.finish();
}

} // namespace sluicegate::containment::acts
