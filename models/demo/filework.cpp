// SPDX-License-Identifier: GPL-3.0-or-later
// What changes files: mkdir, rmdir, rm, mv, cp, chmod, chown, mktemp, touch.
#include "models/demo/programs.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace sluicegate::demo::programs {

namespace {

using LastLink = FileTree::LastLink;

std::string nameOf(std::string_view path)
{
    return std::string(path.substr(path.rfind('/') + 1));
}

// The name of a number in /etc/passwd or /etc/group, and the other way round nothing changes.
std::string nameOfId(World& world, std::string_view file, std::string_view id)
{
    const std::string text = world.fileText(file);
    for (const std::string_view line : linesOf(text)) {
        const auto first = line.find(':');
        const auto second = line.find(':', first + 1);
        if (first != line.npos && second != line.npos
            && line.substr(second + 1, line.find(':', second + 1) - second - 1) == id)
            return std::string(line.substr(0, first));
    }
    return id == "0" ? "root" : std::string(id);
}

/// Where `mv a b` and `cp a b` end: in b, when it is a folder.
std::string target(Call& call, const Options& given, const std::string& source, const std::string& to)
{
    const Node* node = call.world.files.find(to);
    return node && node->isFolder() && !given.has('T') ? to + '/' + nameOf(source) : to;
}

int missing(Call& call, std::string_view what, const std::string& path)
{
    return call.complain(std::format("cannot {} '{}': No such file or directory", what, path));
}

} // namespace

int mkdir(Call& call)
{
    const Options given = options(call.args, "pm:");
    FileTree& files = call.world.files;
    for (const std::string& path : given.operands) {
        for (std::size_t at = path.find('/', 1); given.has('p') && at != path.npos;
            at = path.find('/', at + 1))
            files.makeFolder(path.substr(0, at), call.world.now());
        const Node* node = files.find(path);
        if (!files.makeFolder(path, call.world.now()) && !(given.has('p') && node && node->isFolder()))
            return node ? call.complain(std::format("cannot create directory '{}': File exists", path))
                        : missing(call, "create directory", path);
    }
    return 0;
}

int rmdir(Call& call)
{
    for (const std::string& path : options(call.args, "").operands) {
        const Node* node = call.world.files.find(path, LastLink::Keep);
        if (!node || !node->isFolder() || !call.world.files.remove(path))
            return call.complain(std::format("failed to remove '{}': {}", path,
                node ? "Directory not empty" : "No such file or directory"));
    }
    return 0;
}

int rm(Call& call)
{
    const Options given = options(call.args, "rRf");
    FileTree& files = call.world.files;
    int status = 0;
    for (const std::string& path : given.operands) {
        Node* node = files.find(path, LastLink::Keep);
        if (node && node->isFolder() && (given.has('r') || given.has('R'))) {
            std::vector<std::string> all {path};
            for (std::size_t i = 0; i < all.size(); ++i) {
                const Node* each = files.find(all[i], LastLink::Keep);
                const auto below
                    = each && each->isFolder() ? files.names(all[i]) : std::vector<std::string>();
                for (const std::string& name : below)
                    all.push_back(all[i] + '/' + name);
            }
            for (auto at = all.rbegin(); at != all.rend(); ++at)
                files.remove(*at);
        } else if (node && node->isFolder()) {
            status = call.complain(std::format("cannot remove '{}': Is a directory", path));
        } else if (!files.remove(path) && !given.has('f')) {
            status = missing(call, "remove", path);
        }
    }
    return status;
}

int mv(Call& call)
{
    const Options given = options(call.args, "Tnf");
    if (given.operands.size() != 2)
        return call.complain("missing file operand");
    const std::string& from = given.operands[0];
    if (!call.world.files.find(from, LastLink::Keep))
        return missing(call, "stat", from);
    const std::string to = target(call, given, from, given.operands[1]);
    if (given.has('n') && call.world.files.find(to, LastLink::Keep))
        return 0; // as the real one: it says nothing
    return call.world.files.rename(from, to) ? 0 : missing(call, "move to", to);
}

int cp(Call& call)
{
    const Options given = options(call.args, "paTf");
    if (given.operands.size() != 2)
        return call.complain("missing file operand");
    FileTree& files = call.world.files;
    Node* from = files.find(given.operands[0]);
    if (!from || from->isFolder())
        return missing(call, "stat", given.operands[0]);
    const std::string to = target(call, given, given.operands[0], given.operands[1]);
    const std::string bytes = files.read(*from);
    const Node about = *from;
    if (!files.write(to, bytes, call.world.now(), FileTree::Write::Anew))
        return missing(call, "create regular file", to);
    if (Node* made = files.find(to); made && (given.has('p') || given.has('a'))) {
        made->mode = about.mode;
        made->owner = about.owner;
        made->group = about.group;
        made->modified = about.modified;
    }
    return 0;
}

/// The file that --reference names, if there is one.
const Node* reference(const Call& call, const Options& given)
{
    const Node* model = nullptr;
    for (const Options::Given& one : given.given)
        if (one.value.starts_with("--reference="))
            model = call.world.files.find(one.value.substr(12));
    return model;
}

int chmod(Call& call)
{
    Options given = options(call.args, "Rf");
    const Node* model = reference(call, given);
    unsigned bits = model ? model->mode & 07777u : 0;
    if (!model && !given.operands.empty()) {
        const std::string& text = given.operands.front();
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits, 8);
        if (error != std::errc() || end != text.data() + text.size() || bits > 07777u)
            return call.complain(std::format("invalid mode: '{}'", text));
        given.operands.erase(given.operands.begin());
    }
    for (const std::string& path : given.operands) {
        Node* node = call.world.files.find(path);
        if (!node)
            return missing(call, "access", path);
        node->mode = (node->mode & ~07777u) | bits;
    }
    return 0;
}

int chown(Call& call)
{
    Options given = options(call.args, "Rhf");
    const Node* model = reference(call, given);
    std::string owner = model ? model->owner + ':' + model->group : std::string();
    if (!model && !given.operands.empty()) {
        owner = given.operands.front();
        given.operands.erase(given.operands.begin());
    }
    const auto colon = owner.find(':');
    for (const std::string& path : given.operands) {
        Node* node = call.world.files.find(path);
        if (!node)
            return missing(call, "access", path);
        node->owner = nameOfId(call.world, "/etc/passwd", owner.substr(0, colon));
        if (colon != owner.npos)
            node->group = nameOfId(call.world, "/etc/group", owner.substr(colon + 1));
    }
    return 0;
}

int mktemp(Call& call)
{
    const Options given = options(call.args, "dp:");
    FileTree& files = call.world.files;
    std::string path = given.operands.empty() ? "/tmp/tmp.XXXXXXXXXX" : given.operands.front();
    files.makeFolder("/tmp", call.world.now());
    const auto marks = path.find("XXX");
    if (marks == path.npos)
        return call.complain(std::format("too few X's in template '{}'", path));
    path = path.substr(0, marks) + std::format("{:010}", call.world.freshPid());
    const bool made = given.has('d') ? files.makeFolder(path, call.world.now())
                                     : files.write(path, {}, call.world.now(), FileTree::Write::Anew);
    if (!made)
        return missing(call, "create", path);
    files.find(path)->mode &= ~0077u;
    call.out += path + '\n';
    return 0;
}

int touch(Call& call)
{
    for (const std::string& path : options(call.args, "c").operands)
        if (!call.world.files.write(path, {}, call.world.now(), FileTree::Write::Append))
            return missing(call, "touch", path);
    return 0;
}

} // namespace sluicegate::demo::programs
