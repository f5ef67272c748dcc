// SPDX-License-Identifier: GPL-3.0-or-later
// A new password for a mailbox whose login stands in a file of Dovecot's: hashed by Dovecot itself, and the
// file replaced whole.
#include "models/containment/actions.h"

#include "models/containment/freshpassword.h"
#include "models/message/ascii.h"

#include <algorithm>

namespace sluicegate::containment::acts {

namespace {

PlannedCommand settings()
{
    return {.stage = Stage::FindFile, .script = "doveconf -n"};
}

// $1: the file, $2: the mailbox, $3: the scheme of the hash it has now. Only its owner may be able to write
// where the file is: else somebody could put a link in its place meanwhile.
PlannedCommand look(const std::string& file, const Target& target)
{
    return {.stage = Stage::Remember,
        .script
        = R"sh([ -f "$1" ] && [ ! -h "$1" ] || { echo "it is no regular file" >&2; exit 67; }; d=${1%/*}; )sh"
          R"sh([ "$(cd -P -- "$d" && pwd -P)" = "$d" ] && [ "$(stat -c %u "$d")" = 0 ] && [ "$(stat -c %A "$d" | cut -c9)" = "-" ] )sh"
          R"sh(|| { echo "others may write where the file is" >&2; exit 67; }; )sh"
          R"sh(U=$2 awk -F: "\$1 == ENVIRON[\"U\"] { n++; h = \$2 } END { if (n != 1) exit 66; )sh"
          R"sh(print match(h, /^[{][A-Za-z0-9.-]+[}]/) ? substr(h, 2, RLENGTH - 2) : \"\" }" "$1" )sh"
          R"sh(|| { echo "the mailbox does not stand in it once" >&2; exit 66; })sh",
        .arguments = {file, target.mailbox}};
}

// The password comes on standard input and no command line ever holds it or its hash. The new file begins as
// a copy, so that owner, mode and label are the old one's, and has as many lines.
PlannedCommand change(const std::string& file, const Target& target, std::string scheme)
{
    return {.stage = Stage::SetPassword,
        .script
        = R"sh(umask 077; IFS= read -r p; h=$(printf "%s\n%s\n" "$p" "$p" | doveadm pw -s "$3") || exit 70; )sh"
          R"sh(m="{$3}"; [ "${h#"$m"}" != "$h" ] || { echo "no hash was made" >&2; exit 70; }; )sh"
          R"sh(cp -a -- "$1" "$1.before-sluicegate" && t=$(mktemp "$1.XXXXXX") && cp -a -- "$1" "$t" || exit 73; )sh"
          R"sh(U=$2 H=$h awk -F: "BEGIN { OFS = \":\" } \$1 == ENVIRON[\"U\"] { \$2 = ENVIRON[\"H\"]; n++ } { print } )sh"
          R"sh(END { exit n == 1 ? 0 : 1 }" "$1" >"$t" && [ "$(wc -l <"$t")" -ge "$(wc -l <"$1")" ] && mv -T -- "$t" "$1" )sh"
          R"sh(|| { rm -f -- "$t"; echo "the file was left as it is" >&2; exit 73; })sh",
        .arguments = {file, target.mailbox, std::move(scheme)},
        .lines = 1};
}

PlannedCommand tryLogin(const Target& target)
{
    return {.stage = Stage::Verify,
        .script = R"sh(doveadm auth test "$1")sh",
        .arguments = {target.mailbox},
        .lines = 1};
}

PlannedCommand forget(const Target& target)
{
    return {.stage = Stage::ForgetLogins,
        .script = R"(doveadm auth cache flush "$1")",
        .arguments = {target.mailbox}};
}

// 2.4: "passwd_file_path = /etc/dovecot/users"; 2.3: in a passdb "driver = passwd-file" and "args = scheme=X
// /file".
std::vector<std::string> filesIn(std::string_view settings)
{
    std::vector<std::string> files;
    std::string args;
    bool inPassdb = false, isFile = false;
    while (!settings.empty()) {
        const auto line = message::trimmed(settings.substr(0, settings.find('\n')));
        settings.remove_prefix(std::min(settings.find('\n'), settings.size() - 1) + 1);
        const auto value = message::trimmed(line.substr(std::min(line.find('=') + 1, line.size())));
        if (line.starts_with("passdb ")) {
            inPassdb = true;
            isFile = false;
            args.clear();
        } else if (inPassdb && line.starts_with("passwd_file_path")) {
            files.emplace_back(value);
        } else if (inPassdb && line.starts_with("driver") && value == "passwd-file") {
            isFile = true;
        } else if (inPassdb && line.starts_with("args")) {
            args = value.substr(value.find_last_of(' ') + 1);
        } else if (inPassdb && line == "}") {
            if (isFile && !args.empty())
                files.push_back(args);
            inPassdb = false;
        }
    }
    return files;
}

// %d in it would name another file for each domain, and a file of a website is not Dovecot's.
bool isPlainFile(const std::string& file)
{
    return file.starts_with('/')
        && file.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-")
        == file.npos
        && !file.contains("//") && !file.contains("/../");
}

std::optional<std::string> findFile(Doing& doing)
{
    const auto conf = doing.run(settings());
    if (!conf || conf->exitStatus != 0)
        return {};
    const auto files = filesIn(conf->out);
    if (files.size() != 1 || !isPlainFile(files.front())) {
        doing.judge(Outcome::Failed,
            files.empty()          ? "Dovecot keeps its passwords in no file: change it where they are kept"
                : files.size() > 1 ? "Dovecot has more than one file of passwords: change it by hand"
                                   : "the file's name holds variables: " + files.front());
        return {};
    }
    doing.judge(Outcome::Done, files.front());
    return files.front();
}

} // namespace

Plan planFilePassword(const Target& target)
{
    return {.action = ActionId::ChangeFilePassword,
        .target = target.mailbox,
        .commands = {settings(), look("FILE", target), change("FILE", target, "SCHEME"), forget(target),
            tryLogin(target)},
        .effects = {Remark::OwnerMustBeTold, Remark::SessionsSurvive, Remark::ReceivingGoesOn,
            Remark::FileBesideStays},
        .cannotBeUndone = {Remark::OldPasswordIsGone}};
}

Acted changeFilePassword(Hand& hand, const Target& target)
{
    Doing doing(hand, "change-password-file", target.mailbox);
    const auto file = isMailbox(target.mailbox) ? findFile(doing) : std::nullopt;
    if (!file)
        return doing.finish();
    const auto there = doing.run(look(*file, target));
    if (!there || there->exitStatus != 0)
        return doing.finish();
    // Plain text in the file is no reason to write plain text again.
    std::string scheme(message::trimmed(there->out));
    if (scheme.empty() || message::lowered(scheme).starts_with("plain")
        || message::lowered(scheme).starts_with("clear"))
        scheme = "SHA512-CRYPT";
    std::string password = freshPassword();
    const auto changed = doing.runSecret(change(*file, target, scheme), password + '\n');
    if (changed && changed->exitStatus == 0) {
        doing.run(forget(target));
        doing.runSecret(tryLogin(target), password + '\n');
    }
    Acted acted = doing.finish();
    // Without an answer the new one may be in force: whoever works on must know it.
    if (!changed || changed->exitStatus == 0)
        acted.secret = std::move(password);
    return acted;
}

} // namespace sluicegate::containment::acts
