// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/bundle.h"

#include "models/evidence/output.h"

#include <algorithm>
#include <format>

namespace sluicegate::evidence {

namespace {

namespace fs = std::filesystem;
using base::FailureKind;

constexpr std::size_t mostFiles = 200'000;

class FolderReader {
public:
    explicit FolderReader(fs::path root) : m_root(std::move(root)) { }

    Bundle read()
    {
        std::error_code error;
        auto at
            = fs::recursive_directory_iterator(m_root, fs::directory_options::skip_permission_denied, error);
        for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
            if (m_bundle.items.size() >= mostFiles) {
                m_bundle.warnings.push_back(std::format("only the first {} files were looked at", mostFiles));
                break;
            }
            take(*at);
        }
        if (error)
            m_bundle.warnings.push_back("the folder could not be read to its end: " + error.message());
        std::ranges::sort(m_bundle.items, {}, &Item::path);
        return std::move(m_bundle);
    }

private:
    void take(const fs::directory_entry& entry)
    {
        std::error_code error;
        const fs::path local = entry.is_symlink(error) ? target(entry.path()) : entry.path();
        if (local.empty() || !fs::is_regular_file(local, error))
            return;
        const auto size = fs::file_size(local, error);
        if (error)
            return;
        const auto relative = entry.path().lexically_relative(m_root).string();
        const bool command = relative.starts_with("commands/");
        Item item;
        item.path = command ? relative : '/' + relative;
        item.local = local;
        item.bytes = size;
        if (command)
            item.provenance = relative.starts_with("commands/journalctl") ? Provenance::Journal
                                                                          : Provenance::CommandOutput;
        m_bundle.items.push_back(std::move(item));
    }

    // A mirror keeps the server's links: an absolute one means the file inside the mirror.
    fs::path target(const fs::path& link)
    {
        std::error_code error;
        const fs::path said = fs::read_symlink(link, error);
        if (said.is_absolute())
            if (const auto inside = fs::canonical(m_root / said.relative_path(), error); !error)
                return inside;
        const auto resolved = fs::canonical(link, error);
        if (error) {
            m_bundle.warnings.push_back(std::format("{} is a link to nothing", link.string()));
            return {};
        }
        if (!resolved.string().starts_with(m_root.string() + '/'))
            m_bundle.warnings.push_back(std::format(
                "{} is a link that leads out of the folder, to {}", link.string(), resolved.string()));
        return resolved;
    }

    fs::path m_root;
    Bundle m_bundle;
};

bool isOfUse(const Bundle& bundle)
{
    return !bundle.mailLogs().empty() || !bundle.webLogs().empty() || !bundle.below("commands/").empty()
        || bundle.find("/etc/passwd");
}

} // namespace

base::Result<Bundle> fromFolder(const fs::path& folder)
{
    std::error_code error;
    const auto root = fs::canonical(folder, error);
    if (error)
        return base::fail(
            error == std::errc::no_such_file_or_directory ? FailureKind::NotFound : FailureKind::Unreadable,
            folder.string(), error.message());
    if (!fs::is_directory(root, error))
        return base::fail(FailureKind::Unreadable, folder.string(), "is not a folder");
    if (fs::directory_iterator(root, error); error)
        return base::fail(FailureKind::Unreadable, folder.string(), error.message());
    Bundle bundle = FolderReader(root).read();
    if (!isOfUse(bundle))
        return base::fail(FailureKind::Empty, folder.string(), "holds no mail log, no queue and no web log");
    if (const Item* date = bundle.command("date"))
        readClock(firstLine(*date), bundle.clock);
    if (const Item* name = bundle.command("hostname"))
        bundle.host = firstLine(*name);
    return bundle;
}

} // namespace sluicegate::evidence
