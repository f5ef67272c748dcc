// SPDX-License-Identifier: GPL-3.0-or-later
// The table of programs, and when each of them reads its standard input.
#include "models/demo/programs.h"

#include <algorithm>

namespace sluicegate::demo {

namespace {

using Args = std::span<const std::string>;

bool never(Args)
{
    return false;
}

bool always(Args)
{
    return true;
}

// A filter reads its input when no file is named, or "-" is.
bool withoutFile(Args args, std::string_view known, std::size_t otherOperands = 0)
{
    const Options found = options(args, known);
    return found.operands.size() <= otherOperands
        || std::ranges::contains(
            found.operands.begin() + std::ptrdiff_t(otherOperands), found.operands.end(), "-");
}

bool catReads(Args args)
{
    return withoutFile(args, "n");
}

bool headReads(Args args)
{
    return withoutFile(args, "n:c:q");
}

bool grepReads(Args args)
{
    const Options found = options(args, "FEicnhHvloqswrRe:m:A:B:C:");
    return !found.has('r') && !found.has('R')
        && withoutFile(args, "FEicnhHvloqswrRe:m:A:B:C:", found.has('e') ? 0 : 1);
}

bool sortReads(Args args)
{
    return withoutFile(args, "nrufk:t:");
}

bool uniqReads(Args args)
{
    return withoutFile(args, "cdu");
}

bool wcReads(Args args)
{
    return withoutFile(args, "lcw");
}

bool cutReads(Args args)
{
    return withoutFile(args, "d:f:c:");
}

bool shReads(Args args)
{
    return std::ranges::contains(args, "-c");
}

bool postsuperReads(Args args)
{
    return std::ranges::contains(args, "-");
}

// env, nice, timeout: whatever the program behind them does.
bool wrappedReads(Args args)
{
    for (std::size_t i = 1; i < args.size(); ++i) {
        const Program* program = findProgram(args[i]);
        if (program && program->run != programs::env)
            return program->readsInput(args.subspan(i));
    }
    return false;
}

constexpr Program all[] = {
    {"cat", "/usr/bin/cat", programs::cat, catReads},
    {"head", "/usr/bin/head", programs::head, headReads},
    {"tail", "/usr/bin/tail", programs::tail, headReads},
    {"wc", "/usr/bin/wc", programs::wc, wcReads},
    {"zcat", "/usr/bin/zcat", programs::zcat, catReads},
    {"grep", "/usr/bin/grep", programs::grep, grepReads},
    {"zgrep", "/usr/bin/zgrep", programs::zgrep, grepReads},
    {"sort", "/usr/bin/sort", programs::sort, sortReads},
    {"uniq", "/usr/bin/uniq", programs::uniq, uniqReads},
    {"cut", "/usr/bin/cut", programs::cut, cutReads},
    {"ls", "/usr/bin/ls", programs::ls, never},
    {"stat", "/usr/bin/stat", programs::stat, never},
    {"find", "/usr/bin/find", programs::find, never},
    {"date", "/usr/bin/date", programs::date, never},
    {"hostname", "/usr/bin/hostname", programs::hostname, never},
    {"id", "/usr/bin/id", programs::id, never},
    {"whoami", "/usr/bin/whoami", programs::whoami, never},
    {"uname", "/usr/bin/uname", programs::uname, never},
    {"getent", "/usr/bin/getent", programs::getent, never},
    {"ss", "/usr/sbin/ss", programs::ss, never},
    {"tr", "/usr/bin/tr", programs::tr, always},
    {"dirname", "/usr/bin/dirname", programs::dirname, never},
    {"basename", "/usr/bin/basename", programs::basename, never},
    {"mkdir", "/usr/bin/mkdir", programs::mkdir, never},
    {"rmdir", "/usr/bin/rmdir", programs::rmdir, never},
    {"rm", "/usr/bin/rm", programs::rm, never},
    {"mv", "/usr/bin/mv", programs::mv, never},
    {"cp", "/usr/bin/cp", programs::cp, never},
    {"chmod", "/usr/bin/chmod", programs::chmod, never},
    {"chown", "/usr/bin/chown", programs::chown, never},
    {"mktemp", "/usr/bin/mktemp", programs::mktemp, never},
    {"touch", "/usr/bin/touch", programs::touch, never},
    {"sh", "/usr/bin/sh", programs::sh, shReads},
    {"runuser", "/usr/sbin/runuser", programs::runuser, wrappedReads},
    {"curl", "/usr/bin/curl", programs::curl, never},
    {"wp", "/usr/local/bin/wp", programs::wp, never},
    {"sed", "/usr/bin/sed", programs::sed, never},
    {"sendmail", "/usr/sbin/sendmail", programs::sendmail, always},
    {"postmap", "/usr/sbin/postmap", programs::postmap, never},
    {"echo", "", programs::echo, never},
    {"printf", "", programs::printf, never},
    {"true", "", programs::succeed, never},
    {":", "", programs::succeed, never},
    {"false", "", programs::failing, never},
    {"command", "", programs::command, never},
    {"export", "", programs::exportNames, never},
    {"test", "", programs::test, never},
    {"[", "", programs::test, never},
    {"env", "/usr/bin/env", programs::env, wrappedReads},
    {"nice", "/usr/bin/nice", programs::env, wrappedReads},
    {"ionice", "/usr/bin/ionice", programs::env, wrappedReads},
    {"timeout", "/usr/bin/timeout", programs::env, wrappedReads},
    {"sudo", "/usr/bin/sudo", programs::env, wrappedReads},
    {"xargs", "/usr/bin/xargs", programs::xargs, always},
    {"postqueue", "/usr/sbin/postqueue", programs::postqueue, never},
    {"mailq", "/usr/bin/mailq", programs::mailq, never},
    {"postcat", "/usr/sbin/postcat", programs::postcat, never},
    {"postconf", "/usr/sbin/postconf", programs::postconf, never},
    {"postsuper", "/usr/sbin/postsuper", programs::postsuper, postsuperReads},
    {"plesk", "/usr/sbin/plesk", programs::plesk, never},
    {"doveadm", "/usr/bin/doveadm", programs::doveadm, never},
    {"doveconf", "/usr/bin/doveconf", programs::doveconf, never},
};

} // namespace

const Program* findProgram(std::string_view name)
{
    const bool isPath = name.starts_with('/');
    for (const Program& program : all) {
        if (isPath ? program.path == name : program.name == name)
            return &program;
    }
    return nullptr;
}

bool Options::has(char letter) const
{
    return std::ranges::contains(given, letter, &Given::letter);
}

std::optional<std::string> Options::value(char letter) const
{
    for (auto at = given.rbegin(); at != given.rend(); ++at) {
        if (at->letter == letter)
            return at->value;
    }
    return {};
}

Options options(std::span<const std::string> args, std::string_view known)
{
    Options found;
    bool over = false;
    for (std::size_t i = 1; i < args.size(); ++i) {
        const std::string& arg = args[i];
        if (over || arg.size() < 2 || arg.front() != '-') {
            found.operands.push_back(arg);
            continue;
        }
        if (arg == "--") {
            over = true;
            continue;
        }
        if (arg.starts_with("--")) {
            found.given.push_back({'-', arg});
            continue;
        }
        if (arg[1] >= '0' && arg[1] <= '9') { // head -20
            found.given.push_back({'n', arg.substr(1)});
            continue;
        }
        for (std::size_t at = 1; at < arg.size(); ++at) {
            const auto place = known.find(arg[at]);
            if (place == std::string_view::npos || arg[at] == ':') {
                found.unknown = found.unknown ? found.unknown : arg[at];
                continue;
            }
            if (place + 1 == known.size() || known[place + 1] != ':') {
                found.given.push_back({arg[at], {}});
                continue;
            }
            std::string value = arg.substr(at + 1);
            if (value.empty() && i + 1 < args.size())
                value = args[++i];
            found.given.push_back({arg[at], std::move(value)});
            break;
        }
    }
    return found;
}

const std::string* openFile(Call& call, const std::string& path)
{
    Node* node = call.world.files.find(path);
    if (!node)
        call.complain(path + ": No such file or directory");
    else if (node->isFolder())
        call.complain(path + ": Is a directory");
    else
        return &call.world.files.read(*node);
    return nullptr;
}

std::vector<std::string_view> linesOf(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

} // namespace sluicegate::demo
