// SPDX-License-Identifier: GPL-3.0-or-later
// ls and stat.
#include "models/demo/calendar.h"
#include "models/demo/programs.h"

#include <algorithm>
#include <format>
#include <sys/stat.h>

namespace sluicegate::demo::programs {

namespace {

std::string modeText(unsigned mode)
{
    std::string text(1, S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : '-');
    for (int shift = 6; shift >= 0; shift -= 3) {
        const unsigned bits = mode >> shift;
        text += bits & 4u ? 'r' : '-';
        text += bits & 2u ? 'w' : '-';
        text += bits & 1u ? 'x' : '-';
    }
    return text;
}

std::string_view kind(const Node& node)
{
    if (node.isFolder())
        return "directory";
    if (node.isLink())
        return "symbolic link";
    return node.size == 0 ? "regular empty file" : "regular file";
}

// The number of a user or group, from /etc/passwd or /etc/group.
std::string idOf(World& world, std::string_view file, std::string_view name)
{
    const std::string text = world.fileText(file);
    for (const std::string_view line : linesOf(text)) {
        const auto first = line.find(':');
        if (line.substr(0, first) != name || first == std::string_view::npos)
            continue;
        const auto second = line.find(':', first + 1);
        return std::string(line.substr(second + 1, line.find(':', second + 1) - second - 1));
    }
    return "0";
}

std::string zoned(const World& world, std::int64_t at)
{
    return formatted("%Y-%m-%d %H:%M:%S.000000000 %z", at + world.zone, world.zone, world.zoneName);
}

std::string conversion(World& world, char what, const std::string& path, const Node& node)
{
    switch (what) {
    case 'd':
        return "64769";
    case 'i':
        return std::to_string(node.inode);
    case 's':
        return std::to_string(node.size);
    case 'X':
    case 'Y':
    case 'Z':
    case 'W':
        return std::to_string(node.modified);
    case 'x':
    case 'y':
    case 'z':
        return zoned(world, node.modified);
    case 'F':
        return std::string(kind(node));
    case 'n':
        return path;
    case 'N':
        return '\'' + path + '\'';
    case 'U':
        return node.owner;
    case 'G':
        return node.group;
    case 'u':
        return idOf(world, "/etc/passwd", node.owner);
    case 'g':
        return idOf(world, "/etc/group", node.group);
    case 'a':
        return std::format("{:o}", node.mode & 07777u);
    case 'f':
        return std::format("{:x}", node.mode);
    case 'A':
        return modeText(node.mode);
    case 'h':
        return node.isFolder() ? "2" : "1";
    case 'b':
        return std::to_string((node.size + 4095) / 4096 * 8);
    case 'B':
        return "512";
    case 'o':
        return "4096";
    case '%':
        return "%";
    default:
        return "?";
    }
}

constexpr std::string_view whole
    = "  File: %n\n  Size: %s\t\tBlocks: %b\t IO Block: %o\t%F\nDevice: fd01h/%dd\tInode: %i\tLinks: %h\n"
      "Access: (0%a/%A)  Uid: (%u/%U)   Gid: (%g/%G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: -";

struct Row {
    std::string name;
    Node* node;
};

std::string when(const World& world, std::int64_t at)
{
    const bool recent = at <= world.now() && world.now() - at < 15778476;
    return formatted(recent ? "%b %e %H:%M" : "%b %e  %Y", at + world.zone, world.zone, world.zoneName);
}

std::string sizeText(std::uint64_t size, bool human)
{
    if (!human || size < 1024)
        return std::to_string(size);
    double value = double(size) / 1024;
    std::size_t unit = 0;
    for (; value >= 1024 && unit < 3; ++unit)
        value /= 1024;
    return std::format("{:.{}f}{}", value, value < 10 ? 1 : 0, "KMGT"[unit]);
}

void printRows(Call& call, const Options& given, std::vector<Row> rows)
{
    if (given.has('t'))
        std::ranges::stable_sort(rows, std::greater {}, [](const Row& row) { return row.node->modified; });
    if (given.has('r'))
        std::ranges::reverse(rows);
    std::size_t owner = 0;
    std::size_t group = 0;
    std::size_t size = 0;
    for (const Row& row : rows) {
        owner = std::max(owner, row.node->owner.size());
        group = std::max(group, row.node->group.size());
        size = std::max(size, sizeText(row.node->size, given.has('h')).size());
    }
    for (const Row& row : rows) {
        if (given.has('i'))
            call.out += std::to_string(row.node->inode) + ' ';
        if (given.has('l'))
            call.out += std::format("{} {} {:<{}} {:<{}} {:>{}} {} ", modeText(row.node->mode),
                row.node->isFolder() ? 2 : 1, row.node->owner, owner, row.node->group, group,
                sizeText(row.node->size, given.has('h')), size, when(call.world, row.node->modified));
        call.out += row.name;
        if (given.has('l') && row.node->isLink())
            call.out += " -> " + row.node->source.substr(1);
        call.out += '\n';
    }
}

void listFolder(Call& call, const Options& given, const std::string& path)
{
    std::vector<Row> rows;
    std::uint64_t blocks = 0;
    std::vector<std::string> names = call.world.files.names(path);
    if (given.has('a'))
        names.insert(names.begin(), {".", ".."});
    for (const std::string& name : names) {
        Node* node = call.world.files.find(path + '/' + name, FileTree::LastLink::Keep);
        if (!node || (name.starts_with('.') && !given.has('a') && !given.has('A')))
            continue;
        rows.push_back({name, node});
        blocks += (node->size + 4095) / 4096 * 4;
    }
    if (given.has('l'))
        call.out += std::format("total {}\n", blocks);
    printRows(call, given, std::move(rows));
}

} // namespace

int ls(Call& call)
{
    Options given = options(call.args, "ladA1trhiFnSRc");
    if (given.unknown)
        return call.complain(std::format("invalid option -- '{}'", given.unknown), 2);
    if (given.operands.empty())
        given.operands.push_back("/root");
    int status = 0;
    std::vector<Row> single;
    std::vector<std::string> folders;
    for (const std::string& path : given.operands) {
        Node* node = call.world.files.find(
            path, given.has('l') || given.has('d') ? FileTree::LastLink::Keep : FileTree::LastLink::Follow);
        if (!node)
            status = call.complain("cannot access '" + path + "': No such file or directory", 2);
        else if (node->isFolder() && !given.has('d'))
            folders.push_back(path);
        else
            single.push_back({path, node});
    }
    const bool titled = given.operands.size() > 1;
    const bool any = !single.empty();
    printRows(call, given, std::move(single));
    for (std::size_t i = 0; i < folders.size(); ++i) {
        if (titled)
            call.out += std::format("{}{}:\n", any || i > 0 ? "\n" : "", folders[i]);
        listFolder(call, given, folders[i]);
    }
    return status;
}

int stat(Call& call)
{
    const Options given = options(call.args, "Lc:t");
    if (given.operands.empty())
        return call.complain("missing operand");
    const std::string format = given.value('c').value_or(std::string(whole));
    int status = 0;
    for (const std::string& path : given.operands) {
        Node* node = call.world.files.find(
            path, given.has('L') ? FileTree::LastLink::Follow : FileTree::LastLink::Keep);
        if (!node) {
            call.err += std::format("stat: cannot statx '{}': No such file or directory\n", path);
            status = 1;
            continue;
        }
        for (std::size_t i = 0; i < format.size(); ++i) {
            if (format[i] == '%' && i + 1 < format.size())
                call.out += conversion(call.world, format[++i], path, *node);
            else
                call.out += format[i];
        }
        call.out += '\n';
    }
    return status;
}

} // namespace sluicegate::demo::programs
