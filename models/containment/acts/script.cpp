// SPDX-License-Identifier: GPL-3.0-or-later
// A hostile script out of its website: moved where only root can go, without any permission, and copied into
// the case; and the way back.
#include "models/containment/actions.h"

#include "models/evidence/sha256.h"

#include <algorithm>

namespace sluicegate::containment::acts {

namespace {

constexpr std::string_view store = "/var/lib/sluicegate-quarantine";

// The folder belongs to the very user whose site was broken into: any part of the path may become a link at
// any moment. So the folder is entered first and its real name compared, and then only names in it are used.
// $1: folder, $2: name.
constexpr std::string_view enter
    = R"sh(cd -P -- "$1" 2>/dev/null || { echo "no such folder" >&2; exit 66; }; )sh"
      R"sh([ "$(pwd -P)" = "$1" ] || { echo "the folder is reached by a link" >&2; exit 67; }; )sh";

// $3: where to; the first free name there is printed.
PlannedCommand look(const std::string& script, const std::string& place)
{
    const auto slash = script.rfind('/');
    return {.stage = Stage::Remember,
        .script = std::string(enter)
            + R"sh([ ! -h "./$2" ] || { echo "it is a link" >&2; exit 67; }; )sh"
              R"sh([ -e "./$2" ] || { echo "no such file" >&2; exit 66; }; )sh"
              R"sh([ -f "./$2" ] || { echo "it is no regular file" >&2; exit 67; }; )sh"
              R"sh(p=$3; i=1; while [ -e "$p" ]; do i=$((i+1)); p=$3-$i; done; )sh"
              R"sh(stat -c "%u:%g %a" "./$2" && echo "$p")sh",
        .arguments = {script.substr(0, slash), script.substr(slash + 1), place}};
}

// What was moved is looked at once more where only root can change it. A second name of the file elsewhere
// keeps its permissions: it may be somebody else's file.
PlannedCommand moveAside(const std::string& script, const std::string& place)
{
    const auto slash = script.rfind('/');
    return {.stage = Stage::MoveAside,
        .script = std::string(enter)
            + R"sh(umask 077; mkdir -p -- "${3%/*}" && mkdir -- "$3" || exit 73; )sh"
              R"sh(mv -T -- "./$2" "$3/script" && [ -f "$3/script" ] && [ ! -h "$3/script" ] && )sh"
              R"sh({ [ "$(stat -c %h "$3/script")" -gt 1 ] || chmod 000 "$3/script"; })sh",
        .arguments = {script.substr(0, slash), script.substr(slash + 1), place}};
}

PlannedCommand copy(const std::string& place)
{
    return {.stage = Stage::CopyIntoCase, .script = R"sh(cat -- "$1/script")sh", .arguments = {place}};
}

PlannedCommand seeGone(const std::string& script)
{
    return {.stage = Stage::Verify,
        .script = R"sh([ ! -e "$1" ] && [ ! -h "$1" ] || { echo "there is a file again" >&2; exit 1; })sh",
        .arguments = {script}};
}

// $1: folder, $2: name, $3: where it lies, $4: owner and group, $5: mode.
PlannedCommand moveBack(
    const std::string& script, const std::string& place, std::string owner, std::string mode)
{
    const auto slash = script.rfind('/');
    return {.stage = Stage::MoveBack,
        .script = std::string(enter)
            + R"sh([ ! -e "./$2" ] && [ ! -h "./$2" ] || { echo "another file has its place" >&2; exit 73; }; )sh"
              R"sh(chown "$4" "$3/script" && chmod "$5" "$3/script" && mv -nT -- "$3/script" "./$2" && )sh"
              R"sh([ ! -e "$3/script" ] && rmdir -- "$3")sh",
        .arguments
        = {script.substr(0, slash), script.substr(slash + 1), place, std::move(owner), std::move(mode)}};
}

std::string placeFor(const std::string& script)
{
    return std::string(store) + '/' + evidence::sha256(script).substr(0, 16);
}

struct Looked {
    std::string owner; // "10003:2000"
    std::string mode; // "644"
    std::string place;
};

std::optional<Looked> readLook(std::string_view said)
{
    const auto end = std::min(said.find('\n'), said.size());
    const auto line = said.substr(0, end);
    const auto blank = line.find(' ');
    auto place = said.substr(std::min(end + 1, said.size()));
    place = place.substr(0, place.find('\n'));
    const auto isPlain = [](std::string_view text) {
        return !text.empty() && text.find_first_not_of("0123456789:") == text.npos;
    };
    if (blank == line.npos || !isPlain(line.substr(0, blank)) || !isPlain(line.substr(blank + 1))
        || !place.starts_with(store))
        return {};
    return Looked {
        std::string(line.substr(0, blank)), std::string(line.substr(blank + 1)), std::string(place)};
}

base::Result<void> keepCopy(Doing& doing, const std::string& script, const std::string& bytes)
{
    const std::string_view one[] = {bytes};
    const auto hashes = doing.hand().ledger().keep(one);
    if (!hashes)
        return std::unexpected(hashes.error());
    Note note {"script-saved", script, {}, {{"script", script}}};
    note.rows.push_back({.item = {.id = {script}, .arrival = {}, .size = bytes.size(), .sender = {}},
        .sha256 = hashes->front()});
    doing.judge(Outcome::Done, "sha256 " + hashes->front());
    return doing.hand().ledger().note(note);
}

} // namespace

Plan planQuarantine(const Target& target)
{
    const std::string place = placeFor(target.script);
    return {.action = ActionId::QuarantineScript,
        .target = target.script,
        .commands
        = {look(target.script, place), moveAside(target.script, place), copy(place), seeGone(target.script)},
        .effects = {Remark::SiteMayMissTheFile, Remark::FileIsKept},
        .undo = ActionId::RestoreScript};
}

// The place is in the journal before anything moves, so that a run that was cut finds it again.
Acted quarantineScript(Hand& hand, const Target& target)
{
    Doing doing(hand, "quarantine-script", target.script);
    if (!isSiteFile(target.script))
        return doing.finish();
    const auto looked = doing.run(look(target.script, placeFor(target.script)));
    if (!looked)
        return doing.finish();
    std::optional<std::string> place = doing.recalled("quarantine-script", "place");
    if (looked->exitStatus == 0) {
        const auto found = readLook(looked->out);
        if (!found) {
            doing.judge(Outcome::Failed, looked->out);
            return doing.finish();
        }
        place = found->place;
        if (auto kept = doing.remember({{"place", *place}, {"owner", found->owner}, {"mode", found->mode}});
            !kept)
            doing.stop(kept.error());
        const auto moved = doing.run(moveAside(target.script, *place));
        if (!moved || moved->exitStatus != 0)
            return doing.finish();
    } else if (looked->exitStatus == 66 && place) {
        doing.judge(Outcome::AlreadySo, complaint(*looked));
    } else {
        return doing.finish();
    }
    const auto bytes = doing.run(copy(*place));
    if (bytes && bytes->exitStatus == 0)
        if (auto kept = keepCopy(doing, target.script, bytes->out); !kept)
            doing.stop(kept.error());
    doing.run(seeGone(target.script));
    return doing.finish();
}

Plan planRestoreScript(const Target& target)
{
    return {.action = ActionId::RestoreScript,
        .target = target.script,
        .commands = {moveBack(target.script, placeFor(target.script), "UID:GID", "MODE")},
        .effects = {},
        .undo = ActionId::QuarantineScript};
}

Acted restoreScript(Hand& hand, const Target& target)
{
    Doing doing(hand, "restore-script", target.script);
    const auto place = doing.recalled("quarantine-script", "place");
    const auto owner = doing.recalled("quarantine-script", "owner");
    const auto mode = doing.recalled("quarantine-script", "mode");
    if (!isSiteFile(target.script) || !place || !owner || owner->empty() || !mode || mode->empty())
        doing.add(Stage::MoveBack, Outcome::Failed, "the case does not know where it lies and whose it was");
    else
        doing.run(moveBack(target.script, *place, *owner, *mode));
    return doing.finish();
}

} // namespace sluicegate::containment::acts
