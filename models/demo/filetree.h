// SPDX-License-Identifier: GPL-3.0-or-later
// The invented server's files: who owns them, when they changed, and their bytes once somebody asks.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo {

struct Node {
    unsigned mode = 0; // with the type bits, as stat gives them
    std::string owner;
    std::string group;
    std::int64_t modified = 0;
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::string source; // where the bytes come from, see FileTree::read()
    bool loaded = false;
    std::string bytes;

    bool isFolder() const;
    bool isLink() const;
};

class FileTree {
public:
    /// Gives a resource's bytes, unpacked if `packed`.
    using Load = std::function<std::string(const std::string& resource, bool packed)>;

    FileTree() = default;
    /// One line per node: mode, owner, group, mtime, inode, size, source, path.
    FileTree(std::string_view listing, Load load);

    /// Follows links in the folders of a path, and in its last part unless told otherwise; null if nothing is
    /// there.
    enum class LastLink { Follow, Keep };
    Node* find(std::string_view path, LastLink last = LastLink::Follow);
    /// The bytes of a regular file.
    const std::string& read(Node& node);
    void append(std::string_view path, std::string_view bytes, std::int64_t now);
    /// The names in a folder, sorted.
    std::vector<std::string> names(std::string_view folder);
    /// The paths a shell pattern stands for, sorted; none if nothing matches.
    std::vector<std::string> glob(std::string_view pattern);

private:
    std::string real(std::string_view path, LastLink last, int depth = 0) const;

    std::map<std::string, Node, std::less<>> m_nodes;
    Load m_load;
};

} // namespace sluicegate::demo
