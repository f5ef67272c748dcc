// SPDX-License-Identifier: GPL-3.0-or-later
// The invented server's files: who owns them, when they changed, and their bytes once somebody asks.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
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
    enum class Write { Anew, Append };
    /// Makes the file if there is none; false where none can be, or no more fits.
    bool write(std::string_view path, std::string_view bytes, std::int64_t now, Write how);
    bool makeFolder(std::string_view path, std::int64_t now);
    /// A file, a link or an empty folder.
    bool remove(std::string_view path);
    /// With everything below it; whatever file stands at `to` is gone.
    bool rename(std::string_view from, std::string_view to);
    /// Where names that do not begin at the root are looked for; without links.
    void enter(std::string_view folder) { m_folder = real(folder, LastLink::Follow); }
    /// Whose files are made from now on; gives who it was before.
    std::string actAs(std::string user) { return std::exchange(m_user, std::move(user)); }
    const std::string& folder() const { return m_folder; }
    /// The names in a folder, sorted.
    std::vector<std::string> names(std::string_view folder);
    /// The paths a shell pattern stands for, sorted; none if nothing matches.
    std::vector<std::string> glob(std::string_view pattern);

private:
    std::string real(std::string_view path, LastLink last, int depth = 0) const;

    bool isFolder(std::string_view realPath) const;
    Node fresh(unsigned mode, std::int64_t now);

    std::map<std::string, Node, std::less<>> m_nodes;
    Load m_load;
    std::string m_folder = "/";
    std::string m_user = "root";
    std::uint64_t m_inode = 900001;
    std::size_t m_room = 64u << 20; // bytes that may be written in all
};

} // namespace sluicegate::demo
