// SPDX-License-Identifier: GPL-3.0-or-later
// A form that is misused, closed for a while: POST requests to it are refused by a marked block in the site's
// .htaccess, and everything else goes on.
#include "models/containment/actions.h"

#include <algorithm>
#include <charconv>

namespace sluicegate::containment::acts {

namespace {

constexpr std::string_view firstLine = "# BEGIN Sluicegate: this form is closed";
constexpr std::string_view lastLine = "# END Sluicegate";

// The folder is its owner's, who may be the attacker: what is done there is done with no more rights than
// his, so that a link in the way leads nowhere he could not go himself. $1: the folder, $2: the script.
constexpr std::string_view asOwner
    = R"sh(o=$(stat -c %U -- "$1") || exit 66; f=$1; s=$2; shift 2; runuser -u "$o" -- sh -c "$s" sh "$f" "$@")sh";

constexpr std::string_view enter
    = R"sh(cd -P -- "$1" && [ "$(pwd -P)" = "$1" ] || { echo "the folder is reached by a link" >&2; exit 67; }; )sh"
      R"sh([ ! -h .htaccess ] || { echo ".htaccess is a link" >&2; exit 67; }; )sh";

// The new file is made whole beside the old one and takes its place at once.
constexpr std::string_view put
    = R"sh(t=$(mktemp ./.htaccess.XXXXXX) || exit 73; { printf "%s\n" "$2"; [ ! -e .htaccess ] || cat .htaccess; } >"$t" && )sh"
      R"sh({ if [ -e .htaccess ]; then chmod --reference=.htaccess "$t"; else chmod 644 "$t"; fi; } && )sh"
      R"sh(mv -T "$t" .htaccess || { rm -f "$t"; exit 73; })sh";

constexpr std::string_view take
    = R"sh([ -e .htaccess ] || exit 0; t=$(mktemp ./.htaccess.XXXXXX) || exit 73; )sh"
      R"sh(sed "/^# BEGIN Sluicegate/,/^# END Sluicegate/d" .htaccess >"$t" && chmod --reference=.htaccess "$t" && )sh"
      R"sh({ if [ -s "$t" ]; then mv -T "$t" .htaccess; else rm -f "$t" .htaccess; fi; } || { rm -f "$t"; exit 73; })sh";

constexpr std::string_view show = R"sh([ ! -e .htaccess ] || cat .htaccess)sh";

PlannedCommand inFolder(
    Stage stage, const Target& target, std::string_view what, std::vector<std::string> more = {})
{
    PlannedCommand command {.stage = stage,
        .script = std::string(asOwner),
        .arguments = {documentRoot(target), std::string(enter) + std::string(what)}};
    std::ranges::move(more, std::back_inserter(command.arguments));
    return command;
}

// $1: domain, $2: what is asked, $3: "-d" for a POST without content. Asked over this server's own address,
// whatever the name's records say; one line for each scheme.
PlannedCommand ask(Stage stage, const Target& target, std::string path, bool post)
{
    return {.stage = stage,
        .script
        = R"sh(ip=$(hostname -I | cut -d" " -f1); for scheme in https http; do )sh"
          R"sh(echo "$scheme $(curl -sk -m 10 -o /dev/null -w "%{http_code}" --connect-to "::$ip:" )sh"
            + std::string(post ? R"sh(-d "" )sh" : "") + R"sh("$scheme://$1$2")"; done)sh",
        .arguments = {target.domain, std::move(path)},
        .asRoot = false};
}

std::vector<int> statuses(std::string_view said)
{
    std::vector<int> all;
    while (!said.empty()) {
        const auto line = said.substr(0, said.find('\n'));
        said.remove_prefix(std::min(line.size() + 1, said.size()));
        int status = 0;
        const auto digits = line.substr(line.rfind(' ') + 1);
        std::from_chars(digits.data(), digits.data() + digits.size(), status);
        if (status > 0)
            all.push_back(status);
    }
    return all;
}

std::string patternOf(std::string_view text)
{
    std::string pattern;
    for (const char c : text) {
        if (c == '.' || c == '-')
            pattern += '\\';
        pattern += c;
    }
    return pattern;
}

// Apache compares the path as it was asked for, before any rewriting: this stands first in the file.
std::string blockFor(const Target& target)
{
    std::string_view rest = target.endpoint;
    const auto path = rest.substr(0, rest.find('?'));
    rest.remove_prefix(std::min(path.size() + 1, rest.size()));
    std::string condition = "%{REQUEST_METHOD} == 'POST' && %{REQUEST_URI} == '" + std::string(path) + "'";
    while (!rest.empty()) {
        const auto part = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(part.size() + 1, rest.size()));
        if (!part.empty())
            condition += " && %{QUERY_STRING} =~ /(^|&)" + patternOf(part) + "(&|$)/";
    }
    return std::string(firstLine) + "\n<If \"" + condition + "\">\nRequire all denied\n</If>\n"
        + std::string(lastLine);
}

base::Result<void> keepFile(Doing& doing, const Target& target, const std::string& bytes)
{
    const std::string path = documentRoot(target) + "/.htaccess";
    const std::string_view one[] = {bytes};
    const auto hashes = doing.hand().ledger().keep(one);
    if (!hashes)
        return std::unexpected(hashes.error());
    Note note {"file-saved", path, {}, {{"file", path}}};
    note.rows.push_back({.item = {.id = {path}, .arrival = {}, .size = bytes.size(), .sender = {}},
        .sha256 = hashes->front()});
    return doing.hand().ledger().note(note);
}

// Not every server lets a site's .htaccess say that: then the whole site would fail.
bool siteFails(Doing& doing, const Target& target, const std::vector<int>& before)
{
    const auto isBad = [](int status) { return status >= 500; };
    const auto now = doing.run(ask(Stage::Verify, target, "/", false));
    if (!now || std::ranges::any_of(before, isBad))
        return false;
    if (!std::ranges::any_of(statuses(now->out), isBad))
        return false;
    doing.judge(Outcome::Failed, "the web server does not accept it: " + now->out);
    return true;
}

void seeClosed(Doing& doing, const Target& target)
{
    const auto said = doing.run(ask(Stage::Verify, target, target.endpoint, true));
    if (!said)
        return;
    const auto all = statuses(said->out);
    const auto refused = std::ranges::count(all, 403);
    const auto moved = std::ranges::count_if(all, [](int status) { return status == 301 || status == 308; });
    if (all.empty())
        doing.judge(Outcome::MustBeChecked, "the web server could not be asked");
    else if (refused > 0 && refused + moved == std::ptrdiff_t(all.size()))
        doing.judge(Outcome::Done, said->out);
    else
        doing.judge(Outcome::Failed, "the form still answers: " + said->out);
}

} // namespace

Plan planCloseForm(const Target& target)
{
    return {.action = ActionId::CloseForm,
        .target = target.domain + target.endpoint,
        .commands = {ask(Stage::Remember, target, "/", false), inFolder(Stage::SaveFile, target, show),
            inFolder(Stage::CloseForm, target, put, {blockFor(target)}),
            ask(Stage::Verify, target, "/", false), ask(Stage::Verify, target, target.endpoint, true),
            inFolder(Stage::OpenForm, target, take)},
        .effects
        = {Remark::FormIsClosed, Remark::RestOfSiteStays, Remark::NeedsApache, Remark::ProtectTheForm},
        .undo = ActionId::OpenForm};
}

// The last command of the plan runs only when the site fails with the new file.
Acted closeForm(Hand& hand, const Target& target)
{
    Doing doing(hand, "close-form", target.domain + target.endpoint);
    if (documentRoot(target).empty() || !isSiteFile(target.script) || !isEndpoint(target.endpoint))
        return doing.finish();
    const auto before = doing.run(ask(Stage::Remember, target, "/", false));
    const auto file = doing.run(inFolder(Stage::SaveFile, target, show));
    if (!before || !file || file->exitStatus != 0)
        return doing.finish();
    if (file->out.contains(blockFor(target))) {
        doing.add(Stage::CloseForm, Outcome::AlreadySo, {});
        seeClosed(doing, target);
        return doing.finish();
    }
    if (auto kept = keepFile(doing, target, file->out); !kept) {
        doing.stop(kept.error());
        return doing.finish();
    }
    const auto closed = doing.run(inFolder(Stage::CloseForm, target, put, {blockFor(target)}));
    if (!closed || closed->exitStatus != 0)
        return doing.finish();
    if (siteFails(doing, target, statuses(before->out)))
        doing.run(inFolder(Stage::OpenForm, target, take));
    else
        seeClosed(doing, target);
    return doing.finish();
}

Plan planOpenForm(const Target& target)
{
    return {.action = ActionId::OpenForm,
        .target = target.domain + target.endpoint,
        .commands = {inFolder(Stage::OpenForm, target, take), inFolder(Stage::Verify, target, show)},
        .effects = {Remark::ProtectTheForm},
        .undo = ActionId::CloseForm};
}

Acted openForm(Hand& hand, const Target& target)
{
    Doing doing(hand, "open-form", target.domain + target.endpoint);
    if (documentRoot(target).empty() || !isSiteFile(target.script))
        return doing.finish();
    const auto opened = doing.run(inFolder(Stage::OpenForm, target, take));
    if (!opened || opened->exitStatus != 0)
        return doing.finish();
    const auto now = doing.run(inFolder(Stage::Verify, target, show));
    if (now && now->exitStatus == 0)
        doing.judge(now->out.contains(firstLine) ? Outcome::Failed : Outcome::Done, {});
    return doing.finish();
}

} // namespace sluicegate::containment::acts
