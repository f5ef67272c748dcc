// SPDX-License-Identifier: GPL-3.0-or-later
// find: by name, type, owner and age.
#include "models/demo/calendar.h"
#include "models/demo/programs.h"

#include <charconv>
#include <fnmatch.h>
#include <format>

namespace sluicegate::demo::programs {

namespace {

struct Test {
    std::string what;
    std::string value;
};

// "-2": less than two; "+2": more than two; "2": two.
bool compares(std::int64_t have, std::string_view wanted)
{
    const char sign = wanted.empty() ? '0' : wanted.front();
    std::int64_t number = 0;
    const std::string_view digits = wanted.substr(sign == '-' || sign == '+' ? 1 : 0);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return sign == '-' ? have < number : sign == '+' ? have > number : have == number;
}

bool passes(Call& call, const std::string& path, const Node& node, const Test& test)
{
    const std::string name = path.substr(path.rfind('/') + 1);
    const std::int64_t age = call.world.now() - node.modified;
    if (test.what == "-name" || test.what == "-iname")
        return ::fnmatch(test.value.c_str(), name.c_str(), test.what == "-iname" ? FNM_CASEFOLD : 0) == 0;
    if (test.what == "-path")
        return ::fnmatch(test.value.c_str(), path.c_str(), 0) == 0;
    if (test.what == "-type")
        return test.value == (node.isFolder() ? "d" : node.isLink() ? "l" : "f");
    if (test.what == "-user")
        return node.owner == test.value;
    if (test.what == "-mtime" || test.what == "-ctime")
        return compares(age / 86400, test.value);
    if (test.what == "-mmin" || test.what == "-cmin")
        return compares(age / 60, test.value);
    if (test.what == "-newerct" || test.what == "-newermt")
        return test.value.starts_with('@') && compares(node.modified, '+' + test.value.substr(1));
    if (test.what == "-size")
        return compares(std::int64_t((node.size + 511) / 512), test.value);
    return true;
}

// -printf, as far as %p %s %u %m %C+ %C@ %T@ %U go; the demo's files have one time, and no uids.
std::string printed(Call& call, const std::string& path, const Node& node, const std::string& format)
{
    std::string text;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char next = i + 1 < format.size() ? format[i + 1] : ' ';
        if (format[i] != '%' && format[i] != '\\') {
            text += format[i];
            continue;
        }
        const bool escaped = format[i++] == '\\';
        if (escaped)
            text += next == 'n' ? '\n' : next == 't' ? '\t' : next;
        else if ((next == 'C' || next == 'T') && format.substr(i + 1).starts_with('@'))
            text += std::format("{}.0000000000", node.modified), ++i;
        else if (next == 'C')
            text += formatted("%Y-%m-%d+%H:%M:%S", node.modified + call.world.zone, call.world.zone, ""), ++i;
        else
            text += next == 'p' ? path
                : next == 's'   ? std::to_string(node.size)
                : next == 'u'   ? node.owner
                : next == 'U'   ? std::string("0")
                : next == 'm'   ? std::format("{:o}", node.mode & 07777u)
                                : std::string(1, next);
    }
    return text;
}

void walk(Call& call, const std::string& path, const std::vector<Test>& tests, const std::string& format,
    std::size_t depth)
{
    Node* node = call.world.files.find(path, FileTree::LastLink::Keep);
    if (!node)
        return;
    bool shown = true;
    for (const Test& test : tests)
        shown = shown && passes(call, path, *node, test);
    if (shown)
        call.out += format.empty() ? path + '\n' : printed(call, path, *node, format);
    if (!node->isFolder() || depth == 0)
        return;
    for (const std::string& name : call.world.files.names(path))
        walk(call, path + (path.ends_with('/') ? "" : "/") + name, tests, format, depth - 1);
}

} // namespace

int find(Call& call)
{
    std::vector<std::string> roots;
    std::vector<Test> tests;
    std::string format;
    std::size_t depth = 40;
    std::size_t at = 1;
    for (; at < call.args.size() && !call.args[at].starts_with('-'); ++at)
        roots.push_back(call.args[at]);
    for (; at < call.args.size(); ++at) {
        const std::string& what = call.args[at];
        if (what == "-print" || what == "-xdev")
            continue;
        constexpr std::string_view known = " -name -iname -path -type -user -mtime -ctime -mmin -cmin "
                                           "-newerct -newermt -maxdepth -size -printf ";
        if (!known.contains(' ' + what + ' '))
            return call.complain("unknown predicate `" + what + '\'');
        if (++at == call.args.size())
            return call.complain("missing argument to `" + what + '\'');
        if (what == "-maxdepth")
            std::from_chars(call.args[at].data(), call.args[at].data() + call.args[at].size(), depth);
        else if (what == "-printf")
            format = call.args[at];
        else
            tests.push_back({what, call.args[at]});
    }
    int status = 0;
    for (const std::string& root : roots) {
        if (call.world.files.find(root))
            walk(call, root, tests, format, depth);
        else
            status = call.complain(std::format("'{}': No such file or directory", root));
    }
    return status;
}

} // namespace sluicegate::demo::programs
