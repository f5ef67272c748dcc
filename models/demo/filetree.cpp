// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/filetree.h"

#include <charconv>
#include <fnmatch.h>
#include <sys/stat.h>

namespace sluicegate::demo {

namespace {

std::string_view word(std::string_view& text)
{
    const auto end = text.find(' ');
    const auto first = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return first;
}

template <typename Number> Number number(std::string_view text, int base = 10)
{
    Number value {};
    std::from_chars(text.data(), text.data() + text.size(), value, base);
    return value;
}

std::vector<std::string> parts(std::string_view path)
{
    std::vector<std::string> found;
    for (std::size_t at = 0; at < path.size();) {
        const auto end = std::min(path.find('/', at), path.size());
        const auto part = path.substr(at, end - at);
        if (part == ".." && !found.empty())
            found.pop_back();
        else if (!part.empty() && part != "." && part != "..")
            found.emplace_back(part);
        at = end + 1;
    }
    return found;
}

} // namespace

bool Node::isFolder() const
{
    return S_ISDIR(mode);
}

bool Node::isLink() const
{
    return S_ISLNK(mode);
}

FileTree::FileTree(std::string_view listing, Load load) : m_load(std::move(load))
{
    while (!listing.empty()) {
        const auto end = listing.find('\n');
        auto line = listing.substr(0, end);
        listing.remove_prefix(end == std::string_view::npos ? listing.size() : end + 1);
        Node node;
        node.mode = number<unsigned>(word(line), 8);
        node.owner = word(line);
        node.group = word(line);
        node.modified = number<std::int64_t>(word(line));
        node.inode = number<std::uint64_t>(word(line));
        node.size = number<std::uint64_t>(word(line));
        node.source = word(line);
        m_nodes.emplace(std::string(line), std::move(node));
    }
}

std::string FileTree::real(std::string_view path, LastLink last, int depth) const
{
    std::string at;
    const auto names = parts(path.starts_with('/') ? std::string(path) : m_folder + '/' + std::string(path));
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string next = at + '/' + names[i];
        const auto node = m_nodes.find(next);
        const bool followed = i + 1 < names.size() || last == LastLink::Follow;
        if (node == m_nodes.end() || !node->second.isLink() || !followed || depth > 8) {
            at = next;
            continue;
        }
        const std::string target = node->second.source.substr(1);
        at = real(target.starts_with('/') ? target : at + '/' + target, LastLink::Follow, depth + 1);
    }
    return at.empty() ? "/" : at;
}

Node* FileTree::find(std::string_view path, LastLink last)
{
    const auto node = m_nodes.find(real(path, last));
    return node == m_nodes.end() ? nullptr : &node->second;
}

const std::string& FileTree::read(Node& node)
{
    if (node.loaded)
        return node.bytes;
    node.loaded = true;
    const char kind = node.source.empty() ? '-' : node.source.front();
    if (kind == '+' || kind == '~')
        node.bytes = m_load(node.source.substr(1), kind == '~');
    else if (kind == '=') // a file that is only there to be listed
        node.bytes = node.source == "=" ? std::string(node.size, '\n') : std::string();
    node.size = node.bytes.size();
    return node.bytes;
}

bool FileTree::isFolder(std::string_view realPath) const
{
    const auto node = m_nodes.find(realPath);
    return realPath == "/" || (node != m_nodes.end() && node->second.isFolder());
}

Node FileTree::fresh(unsigned mode, std::int64_t now)
{
    Node node;
    node.mode = mode;
    node.owner = m_user;
    node.group = m_user == "root" ? "root" : "psacln";
    node.modified = now;
    node.inode = m_inode++;
    node.loaded = true;
    return node;
}

bool FileTree::write(std::string_view path, std::string_view bytes, std::int64_t now, Write how)
{
    const std::string at = real(path, LastLink::Follow);
    if (isFolder(at) || !isFolder(real(at.substr(0, at.rfind('/')), LastLink::Follow))
        || bytes.size() > m_room)
        return false;
    m_room -= bytes.size();
    auto [node, isNew] = m_nodes.try_emplace(at);
    if (isNew)
        node->second = fresh(S_IFREG | 0644u, now);
    if (how == Write::Anew) {
        node->second.bytes.clear();
        node->second.loaded = true;
    } else {
        read(node->second);
    }
    node->second.bytes += bytes;
    node->second.size = node->second.bytes.size();
    node->second.modified = now;
    return true;
}

bool FileTree::makeFolder(std::string_view path, std::int64_t now)
{
    const std::string at = real(path, LastLink::Keep);
    if (m_nodes.contains(at) || at == "/" || !isFolder(real(at.substr(0, at.rfind('/')), LastLink::Follow)))
        return false;
    m_nodes.emplace(at, fresh(S_IFDIR | 0755u, now));
    return true;
}

bool FileTree::remove(std::string_view path)
{
    const std::string at = real(path, LastLink::Keep);
    const auto node = m_nodes.find(at);
    if (node == m_nodes.end() || (node->second.isFolder() && !names(at).empty()))
        return false;
    m_nodes.erase(node);
    return true;
}

bool FileTree::rename(std::string_view from, std::string_view to)
{
    const std::string source = real(from, LastLink::Keep);
    const std::string target = real(to, LastLink::Keep);
    if (!m_nodes.contains(source) || isFolder(target)
        || !isFolder(real(target.substr(0, target.rfind('/')), LastLink::Follow))
        || target.starts_with(source + '/'))
        return false;
    m_nodes.erase(target);
    std::vector<std::string> moved {source};
    for (auto at = m_nodes.upper_bound(source + '/');
        at != m_nodes.end() && at->first.starts_with(source + '/'); ++at)
        moved.push_back(at->first);
    for (const std::string& old : moved) {
        auto node = m_nodes.extract(old);
        node.key() = target + old.substr(source.size());
        m_nodes.insert(std::move(node));
    }
    return true;
}

void FileTree::append(std::string_view path, std::string_view bytes, std::int64_t now)
{
    Node* node = find(path);
    if (!node)
        return;
    read(*node);
    node->bytes += bytes;
    node->size = node->bytes.size();
    node->modified = now;
}

std::vector<std::string> FileTree::names(std::string_view folder)
{
    std::string prefix = real(folder, LastLink::Follow);
    if (prefix != "/")
        prefix += '/';
    std::vector<std::string> found;
    for (auto at = m_nodes.upper_bound(prefix); at != m_nodes.end() && at->first.starts_with(prefix); ++at) {
        const auto rest = std::string_view(at->first).substr(prefix.size());
        if (!rest.contains('/'))
            found.emplace_back(rest);
    }
    return found;
}

std::vector<std::string> FileTree::glob(std::string_view pattern)
{
    std::vector<std::string> found {""};
    for (const std::string& part : parts(pattern)) {
        std::vector<std::string> next;
        for (const std::string& folder : found) {
            for (const std::string& name : names(folder.empty() ? "/" : folder)) {
                if (::fnmatch(part.c_str(), name.c_str(), FNM_PERIOD) == 0)
                    next.push_back(folder + '/' + name);
            }
        }
        found = std::move(next);
    }
    return pattern.starts_with('/') ? found : std::vector<std::string>();
}

} // namespace sluicegate::demo
