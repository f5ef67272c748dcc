// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/loosefiles.h"

#include "models/desk/jobs.h"
#include "models/maillog/history.h"
#include "models/message/inspection.h"
#include "models/notice/notice.h"

#include <algorithm>
#include <fstream>

namespace sluicegate::desk {

using base::FailureKind;

namespace {

/// Where a mail log of that name would lie on a server. A name that says nothing becomes the log itself, and
/// its older rotations when there are several.
std::string serverPath(const std::filesystem::path& file, std::size_t nameless)
{
    const std::string name = file.filename().string();
    for (const std::string_view known : {"maillog", "mail.log", "mail.info", "exim_mainlog", "mainlog"}) {
        if (name.starts_with(known))
            return "/var/log/" + name;
    }
    return nameless == 0 ? "/var/log/maillog" : "/var/log/maillog." + std::to_string(nameless);
}

base::Result<evidence::Item> logItem(const std::filesystem::path& file, std::size_t nameless)
{
    std::error_code error;
    const std::uintmax_t bytes = std::filesystem::file_size(file, error);
    if (error)
        return base::fail(std::filesystem::exists(file) ? FailureKind::Unreadable : FailureKind::NotFound,
            file.string(), error.message());
    if (bytes == 0)
        return base::fail(FailureKind::Empty, file.string());
    return evidence::Item {.path = serverPath(file, nameless),
        .command = {},
        .local = file,
        .bytes = bytes,
        .sha256 = {},
        .complete = true,
        .provenance = evidence::Provenance::ByteExact,
        .pulled = {},
        .exitStatus = {},
        .note = {}};
}

void merge(evidence::Bundle& bundle, evidence::Bundle&& more)
{
    std::ranges::move(more.items, std::back_inserter(bundle.items));
    std::ranges::move(more.warnings, std::back_inserter(bundle.warnings));
    if (more.clock.server)
        bundle.clock = more.clock;
    if (bundle.host.empty())
        bundle.host = more.host;
}

} // namespace

base::Result<evidence::Bundle> bundleOf(const std::vector<std::filesystem::path>& files)
{
    evidence::Bundle bundle;
    std::size_t nameless = 0;
    for (const std::filesystem::path& file : files) {
        if (std::filesystem::is_directory(file)) {
            auto folder = evidence::fromFolder(file);
            if (!folder)
                return std::unexpected(folder.error());
            merge(bundle, std::move(*folder));
            continue;
        }
        auto item = logItem(file, nameless);
        if (!item)
            return std::unexpected(item.error());
        if (!item->path.ends_with(file.filename().string()))
            ++nameless;
        bundle.items.push_back(std::move(*item));
    }
    return bundle;
}

bool isMessageAlone(const std::filesystem::path& file)
{
    constexpr std::size_t most = 1u << 20;
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error) || std::filesystem::file_size(file, error) > most)
        return false;
    const auto bytes = base::Bytes::map(file);
    if (!bytes)
        return false;
    const message::Inspection read = message::inspect(bytes->view());
    const bool isMessage
        = !read.value("From").empty() && (!read.received.empty() || !read.value("Message-ID").empty());
    if (!isMessage)
        return false;
    const auto notice = notice::read(bytes->view());
    // A mail's own date stands in for the time of a block that it does not tell.
    return notice && notice->server.empty() && notice->ids.empty() && notice->ports.empty()
        && notice->kind == notice::Kind::Email;
}

bool looksLikeNotice(const std::filesystem::path& file)
{
    std::string head(64 * 1024, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(head.data(), std::streamsize(head.size()));
    head.resize(std::size_t(stream.gcount()));
    // Rotated logs come compressed, notices do not.
    for (const std::string_view magic : {"\x1f\x8b", "BZh",
             "\xfd"
             "7zXZ",
             "\x28\xb5\x2f\xfd"}) {
        if (head.starts_with(magic))
            return false;
    }
    maillog::Options options;
    options.now = evidence::systemNow();
    const auto log = maillog::History::read({{file.string(), base::Bytes::own(std::move(head))}}, options);
    // A notice may quote a few lines of a log; a log is nothing but such lines.
    return !log || (*log)->summary().unparsed * 2 > (*log)->summary().lines;
}

} // namespace sluicegate::desk
