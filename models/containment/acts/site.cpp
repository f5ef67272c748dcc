// SPDX-License-Identifier: GPL-3.0-or-later
// A website, or all of a subscription's, taken off the web by Plesk: the last resort, and the way back.
#include "models/containment/actions.h"

#include "models/message/ascii.h"

#include <algorithm>

namespace sluicegate::containment::acts {

namespace {

struct Way {
    ActionId id;
    std::string_view name;
    Stage stage;
    std::string_view option; // of plesk bin
    std::string_view utility;
    std::string_view wanted; // what the status says then
};
constexpr Way siteOff {ActionId::SuspendSite, "suspend-site", Stage::SwitchOff, "--off", "site", "disabled"};
constexpr Way siteOn {ActionId::ResumeSite, "resume-site", Stage::SwitchOn, "--on", "site", "ok"};
constexpr Way spaceOff {ActionId::SuspendSubscription, "suspend-subscription", Stage::SwitchOff,
    "--webspace-off", "subscription", "disabled"};
constexpr Way spaceOn {ActionId::ResumeSubscription, "resume-subscription", Stage::SwitchOn, "--webspace-on",
    "subscription", "ok"};

// A subscription bears the name of its main domain, and so does its folder.
std::string nameFor(const Way& way, const Target& target)
{
    constexpr std::string_view homes = "/var/www/vhosts/";
    if (way.utility == "site" || !target.script.starts_with(homes))
        return target.domain;
    const auto rest = std::string_view(target.script).substr(homes.size());
    const auto folder = rest.substr(0, rest.find('/'));
    return isDomain(folder) && folder != "system" ? std::string(folder) : target.domain;
}

PlannedCommand probe(const Way& way)
{
    return {.stage = Stage::Probe, .script = "plesk bin " + std::string(way.utility) + " --help"};
}

PlannedCommand info(Stage stage, const Way& way, const Target& target)
{
    return {.stage = stage, .script = R"(plesk bin site --info "$1")", .arguments = {nameFor(way, target)}};
}

PlannedCommand turn(const Way& way, const Target& target)
{
    return {.stage = way.stage,
        .script = "plesk bin " + std::string(way.utility) + ' ' + std::string(way.option) + R"( "$1")",
        .arguments = {nameFor(way, target)}};
}

// "Domain status:                          OK"
std::string statusIn(std::string_view info)
{
    const auto at = message::findText(info, "domain status:");
    if (at == info.npos)
        return {};
    const auto line = info.substr(at, info.find('\n', at) - at);
    return message::lowered(message::trimmed(line.substr(line.find(':') + 1)));
}

bool isWanted(const std::string& status, const Way& way)
{
    const bool up = status.starts_with("ok") || status.starts_with("active");
    return way.wanted == "ok" ? up : !up;
}

Plan plan(const Way& way, const Target& target, ActionId undo)
{
    return {.action = way.id,
        .target = nameFor(way, target),
        .commands = {probe(way), info(Stage::Remember, way, target), turn(way, target),
            info(Stage::Verify, way, target)},
        .undo = undo};
}

Acted run(Hand& hand, const Target& target, const Way& way)
{
    Doing doing(hand, way.name, nameFor(way, target));
    if (!isDomain(nameFor(way, target)))
        return doing.finish();
    const auto help = doing.run(probe(way));
    if (!help)
        return doing.finish();
    // Plesk's own exit status for its help is not known: what it says counts.
    if (!help->out.contains(way.option) && !help->err.contains(way.option)) {
        if (help->exitStatus == 0)
            doing.judge(Outcome::Failed, "this Plesk has no " + std::string(way.option));
        return doing.finish();
    }
    doing.judge(Outcome::Done);
    const auto before = doing.run(info(Stage::Remember, way, target));
    if (!before || before->exitStatus != 0)
        return doing.finish();
    if (const auto status = statusIn(before->out); !status.empty() && isWanted(status, way)) {
        doing.add(way.stage, Outcome::AlreadySo, {});
        return doing.finish();
    }
    const auto turned = doing.run(turn(way, target));
    if (!turned || turned->exitStatus != 0)
        return doing.finish();
    const auto now = doing.run(info(Stage::Verify, way, target));
    if (!now || now->exitStatus != 0)
        return doing.finish();
    const auto status = statusIn(now->out);
    if (status.empty())
        doing.judge(Outcome::MustBeChecked, "the server does not show the status");
    else if (!isWanted(status, way))
        doing.judge(Outcome::Failed, "the status is " + status);
    return doing.finish();
}

} // namespace

Plan planSuspendSite(const Target& target)
{
    Plan made = plan(siteOff, target, ActionId::ResumeSite);
    made.effects = {Remark::LastResort, Remark::SiteIsGone, Remark::MailOfDomainStops, Remark::TasksMayGoOn};
    return made;
}

Acted suspendSite(Hand& hand, const Target& target)
{
    return run(hand, target, siteOff);
}

Plan planResumeSite(const Target& target)
{
    return plan(siteOn, target, ActionId::SuspendSite);
}

Acted resumeSite(Hand& hand, const Target& target)
{
    return run(hand, target, siteOn);
}

Plan planSuspendSubscription(const Target& target)
{
    Plan made = plan(spaceOff, target, ActionId::ResumeSubscription);
    made.effects = {Remark::LastResort, Remark::AllSitesOfSubscription, Remark::SiteIsGone,
        Remark::MailOfDomainStops, Remark::TasksMayGoOn};
    return made;
}

Acted suspendSubscription(Hand& hand, const Target& target)
{
    return run(hand, target, spaceOff);
}

Plan planResumeSubscription(const Target& target)
{
    return plan(spaceOn, target, ActionId::SuspendSubscription);
}

Acted resumeSubscription(Hand& hand, const Target& target)
{
    return run(hand, target, spaceOn);
}

} // namespace sluicegate::containment::acts
