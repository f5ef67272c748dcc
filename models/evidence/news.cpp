// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/news.h"

#include "models/evidence/logname.h"
#include "models/evidence/output.h"
#include "models/evidence/piece.h"
#include "models/evidence/sha256.h"

#include <algorithm>
#include <format>
#include <optional>

namespace sluicegate::evidence {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr std::uint64_t firstPiece = 256 << 10; // a log that is looked at often has few news
constexpr std::uint64_t plainPiece = 16 << 20;
constexpr std::uint64_t packedPiece = 256 << 20; // the server unpacks from the begin for each

bool samePlace(const LogName& one, const LogName& other)
{
    return !olderThan(one, other) && !olderThan(other, one);
}

class Search {
public:
    Search(ssh::Server& server, const LogPosition& position, const NewsTaker& taker, ssh::Privilege privilege,
        const std::stop_token& stop)
        : m_server(server), m_from(position), m_taker(taker), m_privilege(privilege), m_stop(stop)
    {
    }

    Result<News> run()
    {
        if (auto listed = list(); !listed)
            return std::unexpected(listed.error());
        auto holder = findHolder();
        if (!holder)
            return std::unexpected(holder.error());
        if (!*holder)
            return fail(FailureKind::Rotated, m_from.path,
                std::format("byte {} of it is not found any more: cut, or rotated away", m_from.offset));
        m_news.position = m_from;
        Result<void> done = rest(m_files[**holder]);
        for (std::size_t n = **holder + 1; done && n < m_files.size(); ++n)
            if (m_files[n].stat.size != 0) // else who writes may still write to the renamed one
                done = whole(m_files[n]);
        return done.transform([this] { return std::move(m_news); });
    }

private:
    // Of the log's own rotations, oldest first; of a packed file and its plain twin only the plain one.
    Result<void> list()
    {
        ssh::Command command {
            std::string(recipes::siblings.script), {m_from.path}, {}, m_privilege, recipes::siblings.timeout};
        const auto output = m_server.run(command, m_stop);
        if (!output)
            return std::unexpected(output.error());
        m_news.wire += output->out.size();
        m_files = readFileList(output->out);
        const LogName own = readLogName(m_from.path);
        std::erase_if(m_files, [&own](const ListedFile& file) {
            const LogName name = readLogName(file.path);
            return name.folder != own.folder || name.stem != own.stem;
        });
        std::ranges::stable_sort(m_files, [](const ListedFile& one, const ListedFile& other) {
            const LogName first = readLogName(one.path);
            const LogName second = readLogName(other.path);
            return samePlace(first, second) ? second.compressed && !first.compressed
                                            : olderThan(first, second);
        });
        const auto twins = std::ranges::unique(m_files, [](const ListedFile& one, const ListedFile& other) {
            return samePlace(readLogName(one.path), readLogName(other.path));
        });
        m_files.erase(twins.begin(), twins.end());
        if (m_files.empty())
            return fail(FailureKind::NotFound, m_from.path, output->err.substr(0, 300));
        return {};
    }

    bool isSame(const ssh::FileStat& file) const
    {
        return file.device == m_from.device && file.inode == m_from.inode;
    }

    // The file that has the place: by its inode, else by what stands there.
    Result<std::optional<std::size_t>> findHolder()
    {
        const auto same
            = std::ranges::find_if(m_files, [this](const ListedFile& f) { return isSame(f.stat); });
        if (same != m_files.end()) {
            const auto there = holds(*same, m_from.lastLineLength + firstPiece);
            if (!there)
                return std::unexpected(there.error());
            if (*there)
                return std::size_t(same - m_files.begin());
        }
        // Without a line before it, only the inode tells a place.
        constexpr std::size_t mostLooks = 8;
        std::size_t looks = m_from.lastLineLength == 0 ? mostLooks : 0;
        for (std::size_t n = m_files.size(); n-- != 0 && looks < mostLooks; ++looks) {
            if (same != m_files.end() && &*same == &m_files[n])
                continue;
            const auto there = holds(m_files[n], m_from.lastLineLength);
            if (!there)
                return std::unexpected(there.error());
            if (*there)
                return n;
        }
        return std::nullopt;
    }

    // Whether the last line stands before the place in this file; what came behind it is kept.
    Result<bool> holds(const ListedFile& file, std::uint64_t most)
    {
        const bool packed = readLogName(file.path).compressed;
        if (!packed && file.stat.size < m_from.offset)
            return false;
        auto piece = get(file.path, {m_from.offset - m_from.lastLineLength, most});
        if (!piece) {
            // Rotation goes on while we look, and an unpacker may be missing: then it is not this one.
            const FailureKind kind = piece.error().kind;
            if (kind == FailureKind::NotFound || kind == FailureKind::CommandMissing)
                return false;
            return std::unexpected(piece.error());
        }
        const std::string_view line = std::string_view(piece->bytes).substr(0, m_from.lastLineLength);
        if (line.size() < m_from.lastLineLength || sha256(line) != m_from.lastLineSha256)
            return false;
        m_last = line;
        m_ahead = piece->bytes.substr(line.size());
        m_stat = piece->file;
        return true;
    }

    Result<Piece> get(const std::string& path, Range range)
    {
        auto piece = readPiece(m_server, path, range, m_privilege, m_stop);
        if (piece)
            m_news.wire += piece->wire;
        return piece;
    }

    Result<void> rest(const ListedFile& file)
    {
        m_news.position.device = m_stat.device;
        m_news.position.inode = m_stat.inode;
        const std::uint64_t before = m_news.bytes;
        auto done = keep(std::exchange(m_ahead, {}));
        if (done)
            done = readOn(file);
        if (m_news.bytes != before)
            m_news.files.push_back(file.path);
        return done;
    }

    Result<void> whole(const ListedFile& file)
    {
        if (auto taken = m_taker.next(file.path); !taken)
            return taken;
        m_news.files.push_back(file.path);
        m_news.position.offset = 0;
        m_last.clear();
        return readOn(file);
    }

    // From the position to the file's end, as it is at each request.
    Result<void> readOn(const ListedFile& file)
    {
        const bool packed = readLogName(file.path).compressed;
        const std::uint64_t most = packed ? packedPiece : plainPiece;
        for (;;) {
            const std::uint64_t offset = m_news.position.offset;
            if (!packed && m_stat.inode == m_news.position.inode && offset != 0 && m_stat.size <= offset)
                return {};
            auto piece = get(file.path, {offset, most});
            if (!piece)
                return std::unexpected(piece.error());
            if (offset != 0 && piece->file.inode != m_news.position.inode)
                return fail(FailureKind::Rotated, file.path, "it was replaced while it was read");
            m_stat = piece->file;
            m_news.position.device = m_stat.device;
            m_news.position.inode = m_stat.inode;
            if (auto kept = keep(piece->bytes); !kept)
                return kept;
            if (piece->bytes.size() < most)
                return {};
        }
    }

    Result<void> keep(std::string_view bytes)
    {
        if (bytes.empty())
            return {};
        if (auto taken = m_taker.more(bytes); !taken)
            return taken;
        m_news.bytes += bytes.size();
        m_last.append(bytes.substr(bytes.size() - std::min(bytes.size(), mostOfLastLine)));
        m_last = std::string(lastLineOf(m_last));
        LogPosition& position = m_news.position;
        position.offset += bytes.size();
        position.lastLineLength = m_last.size();
        position.lastLineSha256 = sha256(m_last);
        return {};
    }

    ssh::Server& m_server;
    const LogPosition& m_from;
    const NewsTaker& m_taker;
    ssh::Privilege m_privilege;
    std::stop_token m_stop;
    std::vector<ListedFile> m_files;
    News m_news;
    std::string m_last; // the last line so far
    std::string m_ahead; // what came with the last line
    ssh::FileStat m_stat; // of the last answer
};

} // namespace

Result<News> newsSince(ssh::Server& server, const LogPosition& position, const NewsTaker& taker,
    ssh::Privilege privilege, std::stop_token stop)
{
    return Search(server, position, taker, privilege, stop).run();
}

} // namespace sluicegate::evidence
