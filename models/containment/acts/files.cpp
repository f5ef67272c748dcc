// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for what else lies in the same user's sites: core files that are not as they were made, programs
// changed lately, and programs where a site keeps data. Changes nothing.
#include "models/containment/actions.h"

#include <algorithm>

namespace sluicegate::containment::acts {

namespace {

// All of the user's sites: they share their rights.
std::string homeOf(const std::string& script)
{
    std::size_t parts = 0;
    const std::size_t wanted = script.starts_with("/var/www/vhosts/") ? 5
        : script.starts_with("/home/")                                ? 3
                                                                      : 4;
    for (std::size_t at = 0; at != script.npos; at = script.find('/', at + 1))
        if (++parts == wanted)
            return script.substr(0, at);
    return script.substr(0, script.rfind('/'));
}

// The application is the site's own program: it runs with the rights of the site and no others.
PlannedCommand checkCore(const Target& target)
{
    return {.stage = Stage::CheckCore,
        .script
        = R"sh(d=${1%/*}; while [ -n "$d" ] && [ ! -f "$d/wp-load.php" ]; do d=${d%/*}; done; )sh"
          R"sh([ -n "$d" ] || { echo "no WordPress stands above this file"; exit 0; }; )sh"
          R"sh(command -v wp >/dev/null || { echo "wp-cli is not installed: compare the files with a fresh copy of WordPress"; exit 0; }; )sh"
          R"sh(o=$(stat -c %U "$d") || exit 66; [ "$o" != root ] || { echo "root owns $d, and nothing of a site runs as root"; exit 0; }; )sh"
          R"sh(runuser -u "$o" -- wp core verify-checksums "--path=$d" --skip-plugins --skip-themes 2>&1)sh",
        .arguments = {target.script}};
}

// ctime, as a file's other times are whatever its owner wants.
PlannedCommand listRecent(const Target& target)
{
    return {.stage = Stage::ListRecent,
        .script
        = R"sh(find "$1" -xdev -type f -name "*.ph*" -ctime -30 -printf "%C+ %u %m %s %p\n" | sort -r | head -n 200)sh",
        .arguments = {homeOf(target.script)}};
}

PlannedCommand listMisplaced(const Target& target)
{
    return {.stage = Stage::ListMisplaced,
        .script = R"sh(find "$1" -xdev -type f -name "*.ph*" -size +0 -printf "%C+ %u %m %s %p\n" | )sh"
                  R"sh(grep -E "/(uploads|cache|tmp|images|media|[.]well-known)/" | sort -r | head -n 200)sh",
        .arguments = {homeOf(target.script)}};
}

} // namespace

Plan planCheckFiles(const Target& target)
{
    return {.action = ActionId::CheckFiles,
        .target = target.script,
        .commands = {checkCore(target), listRecent(target), listMisplaced(target)},
        .effects = {Remark::NothingChanges, Remark::ReadsWebsite}};
}

Acted checkFiles(Hand& hand, const Target& target)
{
    Doing doing(hand, "check-files", target.script);
    if (!isSiteFile(target.script))
        return doing.finish();
    for (const PlannedCommand& look : planCheckFiles(target).commands) {
        const auto seen = doing.run(look);
        // Files that differ are a finding, and wp-cli ends with 1 then.
        const bool finding = seen && look.stage == Stage::CheckCore && seen->exitStatus == 1
            && seen->out.contains("checksum");
        if (seen && (seen->exitStatus == 0 || finding))
            doing.judge(Outcome::Done, seen->out);
    }
    return doing.finish();
}

} // namespace sluicegate::containment::acts
