// SPDX-License-Identifier: GPL-3.0-or-later
// WordPress takes no registrations and no comments of strangers: two settings, changed by wp-cli as the
// site's own user; and the way back.
#include "models/containment/actions.h"

#include "models/message/ascii.h"

#include <array>

namespace sluicegate::containment::acts {

namespace {

struct Setting {
    std::string_view name;
    std::string_view closed;
};
constexpr std::array<Setting, 2> settings {{{"users_can_register", "0"}, {"comment_registration", "1"}}};

// $1: the file the request went to; what stands behind it are wp-cli's own words. Plugins and themes are left
// out: they may be what was broken into.
constexpr std::string_view wp
    = R"sh(d=${1%/*}; shift; while [ -n "$d" ] && [ ! -f "$d/wp-load.php" ]; do d=${d%/*}; done; )sh"
      R"sh([ -n "$d" ] || { echo "no WordPress stands above this file" >&2; exit 66; }; )sh"
      R"sh(command -v wp >/dev/null || { echo "wp-cli is not installed: switch it off in the site's own settings" >&2; exit 69; }; )sh"
      R"sh(o=$(stat -c %U "$d") || exit 66; [ "$o" != root ] || { echo "root owns $d, and nothing of a site runs as root" >&2; exit 77; }; )sh"
      R"sh(runuser -u "$o" -- wp "$@" "--path=$d" --skip-plugins --skip-themes)sh";

PlannedCommand get(Stage stage, const Target& target, const Setting& setting)
{
    return {.stage = stage,
        .script = std::string(wp),
        .arguments = {target.script, "option", "get", std::string(setting.name)}};
}

PlannedCommand set(Stage stage, const Target& target, const Setting& setting, std::string value)
{
    return {.stage = stage,
        .script = std::string(wp),
        .arguments = {target.script, "option", "update", std::string(setting.name), std::move(value)}};
}

std::string valueIn(const std::string& said)
{
    const auto value = message::trimmed(said);
    return value == "0" || value == "1" || value.empty() ? std::string(value) : "?";
}

void setAndSee(
    Doing& doing, const Target& target, Stage stage, const Setting& setting, const std::string& value)
{
    const auto changed = doing.run(set(stage, target, setting, value));
    if (!changed || changed->exitStatus != 0)
        return;
    const auto now = doing.run(get(Stage::Verify, target, setting));
    if (now && now->exitStatus == 0 && valueIn(now->out) != value)
        doing.judge(Outcome::Failed, std::string(setting.name) + " is " + now->out);
}

Plan plan(const Target& target, ActionId action, Stage stage, ActionId undo)
{
    Plan made {.action = action, .target = target.script, .undo = undo};
    for (const Setting& setting : settings) {
        made.commands.push_back(get(Stage::Remember, target, setting));
        made.commands.push_back(set(stage, target, setting,
            stage == Stage::SwitchOff ? std::string(setting.closed) : std::string("BEFORE")));
        made.commands.push_back(get(Stage::Verify, target, setting));
    }
    return made;
}

} // namespace

Plan planCloseRegistration(const Target& target)
{
    Plan made = plan(target, ActionId::CloseRegistration, Stage::SwitchOff, ActionId::OpenRegistration);
    made.effects = {Remark::NobodyRegisters, Remark::ReadsWebsite, Remark::ProtectTheForm};
    return made;
}

Acted closeRegistration(Hand& hand, const Target& target)
{
    Doing doing(hand, "close-registration", target.script);
    if (!isSiteFile(target.script))
        return doing.finish();
    for (const Setting& setting : settings) {
        const auto before = doing.run(get(Stage::Remember, target, setting));
        if (!before || before->exitStatus != 0)
            break;
        const std::string value = valueIn(before->out);
        if (value == "?") {
            doing.judge(Outcome::Failed, "not a value that can be put back: " + before->out);
            break;
        }
        if (value == setting.closed) {
            doing.add(Stage::SwitchOff, Outcome::AlreadySo, std::string(setting.name));
            continue;
        }
        if (auto kept = doing.remember({{std::string(setting.name), value}}); !kept) {
            doing.stop(kept.error());
            break;
        }
        setAndSee(doing, target, Stage::SwitchOff, setting, std::string(setting.closed));
    }
    return doing.finish();
}

Plan planOpenRegistration(const Target& target)
{
    Plan made = plan(target, ActionId::OpenRegistration, Stage::SwitchOn, ActionId::CloseRegistration);
    std::erase_if(made.commands, [](const PlannedCommand& each) { return each.stage == Stage::Remember; });
    return made;
}

Acted openRegistration(Hand& hand, const Target& target)
{
    Doing doing(hand, "open-registration", target.script);
    if (!isSiteFile(target.script))
        return doing.finish();
    for (const Setting& setting : settings) {
        if (const auto before = doing.recalled("close-registration", setting.name))
            setAndSee(doing, target, Stage::SwitchOn, setting, *before);
        else
            doing.add(Stage::SwitchOn, Outcome::AlreadySo,
                std::string(setting.name) + " was not changed by this case");
    }
    return doing.finish();
}

} // namespace sluicegate::containment::acts
