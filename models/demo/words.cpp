// SPDX-License-Identifier: GPL-3.0-or-later
// The small words of a shell: echo, printf, command, env, xargs, test.
#include "models/demo/programs.h"

#include <charconv>

namespace sluicegate::demo::programs {

int echo(Call& call)
{
    const bool bare = call.args.size() > 1 && call.args[1] == "-n";
    for (std::size_t i = bare ? 2 : 1; i < call.args.size(); ++i)
        call.out += (i > (bare ? 2u : 1u) ? " " : "") + call.args[i];
    call.out += bare ? "" : "\n";
    return 0;
}

int printf(Call& call)
{
    if (call.args.size() < 2)
        return call.complain("usage: printf format [arg ...]", 2);
    const std::string& format = call.args[1];
    std::size_t next = 2;
    do {
        const std::size_t before = next;
        for (std::size_t i = 0; i < format.size(); ++i) {
            const char following = i + 1 < format.size() ? format[i + 1] : '\0';
            if (format[i] == '%' && (following == 's' || following == 'd' || following == 'b')) {
                call.out += next < call.args.size() ? call.args[next] : "";
                ++next;
                ++i;
            } else if (format[i] == '%' && following == '%') {
                call.out += format[i++];
            } else if (format[i] == '\\' && (following == 'n' || following == 't' || following == '\\')) {
                call.out += following == 'n' ? '\n' : following == 't' ? '\t' : '\\';
                ++i;
            } else {
                call.out += format[i];
            }
        }
        if (next == before)
            break;
    } while (next < call.args.size());
    return 0;
}

int succeed(Call&)
{
    return 0;
}

int failing(Call&)
{
    return 1;
}

int command(Call& call)
{
    if (call.args.size() < 3 || call.args[1] != "-v")
        return call.shell.execute({call.args.begin() + 1, call.args.end()}, call.input, call.out, call.err);
    const Program* program = findProgram(call.args[2]);
    if (!program)
        return 127;
    call.out += (program->path.empty() ? std::string(program->name) : std::string(program->path)) + '\n';
    return 0;
}

int exportNames(Call& call)
{
    for (std::size_t i = 1; i < call.args.size(); ++i) {
        const auto equals = call.args[i].find('=');
        if (equals != std::string::npos)
            call.shell.variables()[call.args[i].substr(0, equals)] = call.args[i].substr(equals + 1);
    }
    return 0;
}

// env, nice, ionice, timeout and sudo run the program behind their own options.
int env(Call& call)
{
    std::size_t at = 1;
    for (; at < call.args.size(); ++at) {
        const std::string& arg = call.args[at];
        const auto equals = arg.find('=');
        if (!arg.starts_with('-') && equals != std::string::npos && call.args.front() == "env") {
            call.shell.variables()[arg.substr(0, equals)] = arg.substr(equals + 1);
        } else if (arg == "-n" && call.args.front() == "nice") {
            ++at;
        } else if (arg == "--") {
            ++at;
            break;
        } else if (!arg.starts_with('-') && (call.args.front() != "timeout" || at > 1)) {
            break;
        }
    }
    if (at >= call.args.size())
        return 0;
    return call.shell.execute(
        {call.args.begin() + std::ptrdiff_t(at), call.args.end()}, call.input, call.out, call.err);
}

// sh -c SCRIPT NAME ARGUMENT...
int sh(Call& call)
{
    if (call.args.size() < 3 || call.args[1] != "-c")
        return call.complain(
            "0: cannot open " + (call.args.size() > 1 ? call.args[1] : "stdin") + ": No such file", 2);
    const auto from = call.args.begin() + std::ptrdiff_t(std::min<std::size_t>(4, call.args.size()));
    return call.shell.child(call.args[2], {from, call.args.end()}, call.input, call.out, call.err);
}

// runuser -u USER -- PROGRAM ARGUMENT...
int runuser(Call& call)
{
    const auto& args = call.args;
    if (args.size() < 5 || args[1] != "-u" || args[3] != "--")
        return call.complain("no command was specified");
    if (!call.world.fileText("/etc/passwd").contains('\n' + args[2] + ':'))
        return call.complain("user " + args[2] + " does not exist");
    const std::string before = call.world.files.actAs(args[2]);
    const int status = call.shell.execute({args.begin() + 4, args.end()}, call.input, call.out, call.err);
    call.world.files.actAs(before);
    return status;
}

int xargs(Call& call)
{
    std::vector<std::string> words(call.args.begin() + 1, call.args.end());
    std::size_t each = 100000;
    while (!words.empty() && words.front().starts_with('-')) {
        std::string option = words.front();
        words.erase(words.begin());
        if (option == "-n" && !words.empty()) {
            option += words.front();
            words.erase(words.begin());
        }
        if (option.starts_with("-n"))
            std::from_chars(option.data() + 2, option.data() + option.size(), each);
        else if (option != "-r")
            return call.complain("invalid option -- '" + option.substr(1) + '\'');
    }
    if (words.empty())
        words.emplace_back("echo");
    std::vector<std::string> items;
    for (std::size_t at = 0; at < call.input.size();) {
        const auto end = std::min(call.input.find_first_of(" \t\n", at), call.input.size());
        if (end > at)
            items.emplace_back(call.input.substr(at, end - at));
        at = end + 1;
    }
    int status = 0;
    for (std::size_t at = 0; at < items.size(); at += std::max<std::size_t>(each, 1)) {
        std::vector<std::string> line = words;
        const std::size_t end = std::min(items.size(), at + std::max<std::size_t>(each, 1));
        line.insert(line.end(), items.begin() + std::ptrdiff_t(at), items.begin() + std::ptrdiff_t(end));
        status = call.shell.execute(std::move(line), {}, call.out, call.err) == 0 ? status : 123;
    }
    return status;
}

namespace {

bool isSo(Call& call, const std::string& what, const std::string& about)
{
    const bool link = what == "-h" || what == "-L";
    const Node* node
        = call.world.files.find(about, link ? FileTree::LastLink::Keep : FileTree::LastLink::Follow);
    if (what == "-n" || what == "-z")
        return about.empty() == (what == "-z");
    if (!node)
        return false;
    return link        ? node->isLink()
        : what == "-d" ? node->isFolder()
        : what == "-f" ? !node->isFolder()
        : what == "-s" ? node->size > 0
                       : true; // -e -r
}

bool compares(const std::string& left, const std::string& how, const std::string& right)
{
    if (how == "=" || how == "!=")
        return (left == right) == (how == "=");
    long a = 0;
    long b = 0;
    std::from_chars(left.data(), left.data() + left.size(), a);
    std::from_chars(right.data(), right.data() + right.size(), b);
    return how == "-eq" ? a == b
        : how == "-ne"  ? a != b
        : how == "-lt"  ? a < b
        : how == "-le"  ? a <= b
        : how == "-gt"  ? a > b
                        : how == "-ge" && a >= b;
}

} // namespace

int test(Call& call)
{
    std::vector<std::string> words(call.args.begin() + 1, call.args.end());
    if (call.args.front() == "[") {
        if (words.empty() || words.back() != "]")
            return call.complain("missing ]", 2);
        words.pop_back();
    }
    const bool negated = !words.empty() && words.front() == "!";
    if (negated)
        words.erase(words.begin());
    bool holds = false;
    if (words.size() == 1)
        holds = !words[0].empty();
    else if (words.size() == 2)
        holds = isSo(call, words[0], words[1]);
    else if (words.size() == 3)
        holds = compares(words[0], words[1], words[2]);
    return holds != negated ? 0 : 1;
}

} // namespace sluicegate::demo::programs
