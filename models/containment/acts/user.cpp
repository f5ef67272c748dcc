// SPDX-License-Identifier: GPL-3.0-or-later
// A system user whose scripts may hand no mail to sendmail: the gentlest stop for a website, which stays up.
#include "models/containment/actions.h"

#include <algorithm>

namespace sluicegate::containment::acts {

namespace {

// sendmail and postdrop read it at each start, so that nothing needs to be reloaded.
PlannedCommand show(Stage stage)
{
    return {.stage = stage, .script = "postconf -h authorized_submit_users"};
}

PlannedCommand set(Stage stage, std::string value)
{
    return {.stage = stage,
        .script = R"(postconf -e "authorized_submit_users=$1")",
        .arguments = {std::move(value)}};
}

std::vector<std::string> parts(std::string_view value)
{
    std::vector<std::string> all;
    for (std::size_t at = 0; at < value.size();) {
        const auto from = value.find_first_not_of(", \t\r\n", at);
        if (from == value.npos)
            break;
        const auto end = std::min(value.find_first_of(", \t\r\n", from), value.size());
        all.emplace_back(value.substr(from, end - from));
        at = end;
    }
    return all;
}

std::string joined(const std::vector<std::string>& all)
{
    std::string value;
    for (const std::string& part : all)
        value += (value.empty() ? "" : ", ") + part;
    return value;
}

// The first that fits a user counts, so a refusal stands in front.
std::string without(const std::string& user, std::string_view value)
{
    auto all = parts(value);
    std::erase(all, '!' + user);
    return joined(all);
}

// An empty list would let nobody submit.
std::string with(const std::string& user, std::string_view value)
{
    const std::string rest = without(user, value);
    return '!' + user + ", " + (rest.empty() ? "static:anyone" : rest);
}

void setAndSee(Doing& doing, Stage stage, const std::string& value)
{
    const auto changed = doing.run(set(stage, value));
    if (!changed || changed->exitStatus != 0)
        return;
    const auto now = doing.run(show(Stage::Verify));
    if (now && now->exitStatus == 0 && parts(now->out) != parts(value))
        doing.judge(Outcome::Failed, "the server shows another value: " + now->out);
}

} // namespace

Plan planStopUser(const Target& target)
{
    return {.action = ActionId::StopUserMail,
        .target = target.user,
        .commands = {show(Stage::Remember), set(Stage::ForbidUser, with(target.user, "static:anyone")),
            show(Stage::Verify)},
        .effects = {Remark::UserCannotSubmit, Remark::SmtpStaysOpen},
        .undo = ActionId::AllowUserMail};
}

Acted stopUserMail(Hand& hand, const Target& target)
{
    Doing doing(hand, "stop-user-mail", target.user);
    if (!isUserName(target.user))
        return doing.finish();
    const auto before = doing.run(show(Stage::Remember));
    if (!before || before->exitStatus != 0)
        return doing.finish();
    const auto old = parts(before->out);
    if (!old.empty() && old.front() == '!' + target.user) {
        doing.add(Stage::ForbidUser, Outcome::AlreadySo, {});
        return doing.finish();
    }
    if (auto kept = doing.remember({{"authorized_submit_users", joined(old)}}); !kept)
        doing.stop(kept.error());
    setAndSee(doing, Stage::ForbidUser, with(target.user, before->out));
    return doing.finish();
}

Plan planAllowUser(const Target& target)
{
    return {.action = ActionId::AllowUserMail,
        .target = target.user,
        .commands = {show(Stage::Remember), set(Stage::AllowUser, "static:anyone"), show(Stage::Verify)},
        .effects = {},
        .undo = ActionId::StopUserMail};
}

Acted allowUserMail(Hand& hand, const Target& target)
{
    Doing doing(hand, "allow-user-mail", target.user);
    if (!isUserName(target.user))
        return doing.finish();
    const auto before = doing.run(show(Stage::Remember));
    if (!before || before->exitStatus != 0)
        return doing.finish();
    const std::string value = without(target.user, before->out);
    if (parts(value) == parts(before->out))
        doing.add(Stage::AllowUser, Outcome::AlreadySo, {});
    else
        setAndSee(doing, Stage::AllowUser, value.empty() ? "static:anyone" : value);
    return doing.finish();
}

} // namespace sluicegate::containment::acts
