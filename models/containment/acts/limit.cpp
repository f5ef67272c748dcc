// SPDX-License-Identifier: GPL-3.0-or-later
// A mailbox that may send nothing and still receives: Plesk's limit of outgoing messages, set to 0.
#include "models/containment/actions.h"

#include "models/message/ascii.h"

#include <algorithm>

namespace sluicegate::containment::acts {

namespace {

constexpr std::string_view option = "-outgoing-messages-mbox-limit";

// Not every version has the option: its own help tells.
PlannedCommand probe()
{
    return {.stage = Stage::Probe, .script = "plesk bin mail --help"};
}

PlannedCommand info(Stage stage, const Target& target)
{
    return {.stage = stage, .script = R"(plesk bin mail --info "$1")", .arguments = {target.mailbox}};
}

PlannedCommand set(const Target& target, std::string limit)
{
    return {.stage = Stage::SetLimit,
        .script = R"(plesk bin mail --update "$1" -outgoing-messages-mbox-limit "$2")",
        .arguments = {target.mailbox, std::move(limit)}};
}

// "Outgoing messages:  Default (200 messages per hour)", "0 messages per hour": a word that the option takes.
std::string limitIn(std::string_view info)
{
    const auto at = message::findText(info, "outgoing messages:");
    if (at == info.npos)
        return {};
    const auto from = info.find_first_not_of(" \t", info.find(':', at) + 1);
    if (from == info.npos)
        return {};
    std::string word = message::lowered(info.substr(from, info.find_first_of(" \t\r\n", from) - from));
    const bool isNumber = !word.empty() && std::ranges::all_of(word, message::isDigit);
    return isNumber || word == "default" || word == "unlimited" ? word : std::string();
}

bool knowsTheOption(Doing& doing)
{
    const auto help = doing.run(probe());
    if (!help)
        return false;
    // Plesk's own exit status for its help is not known: what it says counts.
    if (help->out.contains(option) || help->err.contains(option)) {
        doing.judge(Outcome::Done);
        return true;
    }
    if (help->exitStatus == 0)
        doing.judge(Outcome::Failed, "this Plesk has no " + std::string(option));
    return false;
}

void setAndSee(Doing& doing, const Target& target, const std::string& limit)
{
    const auto changed = doing.run(set(target, limit));
    if (!changed || changed->exitStatus != 0)
        return;
    const auto now = doing.run(info(Stage::Verify, target));
    if (!now || now->exitStatus != 0)
        return;
    const std::string found = limitIn(now->out);
    if (found.empty())
        doing.judge(Outcome::MustBeChecked, "the server does not show the limit");
    else if (found != limit && (limit != "default" || found == "0")) // what the default is, it may well show
        doing.judge(Outcome::Failed, "the limit is " + found);
}

} // namespace

Plan planLimit(const Target& target)
{
    return {.action = ActionId::LimitMailbox,
        .target = target.mailbox,
        .commands = {probe(), info(Stage::Remember, target), set(target, "0"), info(Stage::Verify, target)},
        .effects = {Remark::OwnerCannotSend, Remark::ReceivingGoesOn},
        .undo = ActionId::UnlimitMailbox};
}

Acted limitMailbox(Hand& hand, const Target& target)
{
    Doing doing(hand, "limit-mailbox", target.mailbox);
    if (!knowsTheOption(doing))
        return doing.finish();
    const auto before = doing.run(info(Stage::Remember, target));
    if (!before || before->exitStatus != 0)
        return doing.finish();
    const std::string limit = limitIn(before->out);
    if (limit == "0") {
        doing.add(Stage::SetLimit, Outcome::AlreadySo, {});
        return doing.finish();
    }
    if (auto kept = doing.remember({{"limit", limit}}); !kept) {
        doing.stop(kept.error());
        return doing.finish();
    }
    setAndSee(doing, target, "0");
    return doing.finish();
}

Plan planUnlimit(const Target& target)
{
    return {.action = ActionId::UnlimitMailbox,
        .target = target.mailbox,
        .commands = {probe(), set(target, "default"), info(Stage::Verify, target)},
        .effects = {Remark::ReceivingGoesOn},
        .undo = ActionId::LimitMailbox};
}

// Back to what it was; to the server's default when that is not known.
Acted unlimitMailbox(Hand& hand, const Target& target)
{
    Doing doing(hand, "unlimit-mailbox", target.mailbox);
    if (!knowsTheOption(doing))
        return doing.finish();
    const auto before = doing.recalled("limit-mailbox", "limit");
    setAndSee(doing, target, before && !before->empty() ? *before : "default");
    return doing.finish();
}

} // namespace sluicegate::containment::acts
