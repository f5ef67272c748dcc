// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/lognews.h"

#include "models/evidence/piece.h"
#include "models/evidence/recipes.h"
#include "models/evidence/sha256.h"

#include <algorithm>
#include <utility>

#include <format>

namespace sluicegate::desk {

using base::fail;
using base::FailureKind;
using base::Result;
using ssh::Privilege;

namespace {

constexpr std::uint64_t mostOfWhole = 64 << 20; // a file that is read again and again

// Failures of a server that does not run the script of `piece`, such as a stand-in with a shell of its own.
bool cannotSendParts(FailureKind kind)
{
    return kind == FailureKind::CommandFailed || kind == FailureKind::CommandMissing
        || kind == FailureKind::Hostile;
}

} // namespace

Result<LogNews> LogNews::behind(const triage::Analysis& analysis, std::stop_token stop)
{
    const evidence::Bundle& bundle = analysis.bundle;
    if (!bundle.clock.here || bundle.hostKey.empty())
        return fail(FailureKind::Unsupported, "watch", "the evidence was not pulled from a server");
    const auto logs = bundle.mailLogs();
    LogNews news(stop);
    news.m_options.now = bundle.clock.server.value_or(*bundle.clock.here);
    news.m_options.zone = bundle.clock.zone.value_or(std::chrono::seconds());
    if (logs.empty() && !bundle.command(evidence::recipes::journal.name))
        return fail(FailureKind::Unsupported, "watch", "there is no mail log to go on with");
    if (logs.empty() || logs.back()->provenance == evidence::Provenance::Journal
        || logs.back()->path.starts_with("commands/")) {
        const auto from = std::chrono::floor<std::chrono::seconds>(news.m_options.now);
        news.m_journalSince = std::format("@{}", from.time_since_epoch().count());
        return news;
    }
    const auto unpacked = evidence::unpack(logs.back()->local, stop);
    if (!unpacked)
        return std::unexpected(unpacked.error());
    const std::string_view bytes = unpacked->bytes.view();
    news.m_position = evidence::positionBehind(logs.back()->path, {}, bytes);
    return news.begin(bytes).transform([&] { return std::move(news); });
}

// The end of what was pulled goes first: a few lines alone do not tell what form a log has, and would wait
// for more. For the same reason a rotated log is taken for one that goes on.
Result<void> LogNews::begin(std::string_view before)
{
    constexpr std::size_t most = 256 << 10;
    if (before.size() > most) {
        before.remove_prefix(before.size() - most);
        before.remove_prefix(std::min(before.find('\n') + 1, before.size()));
    }
    return take(before);
}

Result<void> LogNews::take(std::string_view bytes)
{
    constexpr std::ptrdiff_t enough = 64;
    if (m_growing)
        return m_growing->take(bytes);
    m_few += bytes;
    if (std::ranges::count(m_few, '\n') < enough)
        return {};
    m_growing = std::make_unique<maillog::GrowingHistory>(m_options, m_stop);
    return m_growing->begin(m_position.path).and_then([&] {
        return m_growing->take(std::exchange(m_few, {}));
    });
}

// What comes is taken only when the look is whole: a cut one is read again from its begin.
Result<evidence::News> LogNews::readOn(ssh::Server& server, std::string& bytes, std::stop_token stop)
{
    const evidence::NewsTaker taker {.more =
                                         [&bytes](std::string_view more) {
                                             bytes += more;
                                             return Result<void>();
                                         },
        .next =
            [&bytes](const std::string&) {
                if (!bytes.empty() && bytes.back() != '\n')
                    bytes += '\n';
                return Result<void>();
            }};
    return evidence::newsSince(server, m_position, taker, Privilege::Root, stop);
}

Result<evidence::News> LogNews::readWhole(ssh::Server& server, std::string& bytes, std::stop_token stop)
{
    std::string all;
    const auto file = server.pull(
        m_position.path, Privilege::Root,
        [&all](std::string_view more) {
            all += more;
            return all.size() < mostOfWhole;
        },
        {}, stop);
    if (!file)
        return std::unexpected(file.error());
    const std::uint64_t before = m_position.offset - m_position.lastLineLength;
    if (all.size() < m_position.offset
        || evidence::sha256(std::string_view(all).substr(before, m_position.lastLineLength))
            != m_position.lastLineSha256)
        return fail(FailureKind::Rotated, m_position.path, "it is another file by now");
    evidence::News news {.position = evidence::positionBehind(m_position.path, *file, all),
        .bytes = all.size() - m_position.offset,
        .wire = all.size(),
        .files = {}};
    bytes = all.substr(m_position.offset);
    return news;
}

Result<std::uint64_t> LogNews::readJournal(ssh::Server& server, std::stop_token stop)
{
    const auto& recipe = evidence::recipes::journal;
    const auto output = server.run({.script = std::string(recipe.script),
                                       .arguments = {*m_journalSince},
                                       .input = {},
                                       .privilege = recipe.privilege,
                                       .timeout = recipe.timeout},
        stop);
    if (!output)
        return std::unexpected(output.error());
    if (output->exitStatus != 0)
        return fail(FailureKind::CommandFailed, std::string(recipe.name), output->err.substr(0, 300));
    const std::uint64_t bytes = output->out.size();
    if (bytes == 0)
        return 0;
    auto read = maillog::History::read(
        {{.path = "journalctl-mail", .bytes = base::Bytes::own(output->out)}}, m_options, stop);
    if (read)
        m_journal = *read;
    else if (read.error().kind != FailureKind::NotUnderstood && read.error().kind != FailureKind::Empty)
        return std::unexpected(read.error());
    return bytes;
}

Result<std::uint64_t> LogNews::look(ssh::Server& server, std::stop_token stop)
{
    if (m_journalSince)
        return readJournal(server, stop);
    std::string bytes;
    auto news = m_wholeOnly ? readWhole(server, bytes, stop) : readOn(server, bytes, stop);
    if (!news && !m_wholeOnly && cannotSendParts(news.error().kind)) {
        bytes.clear();
        news = readWhole(server, bytes, stop);
        m_wholeOnly = news.has_value();
    }
    if (!news)
        return std::unexpected(news.error());
    if (auto taken = take(bytes); !taken)
        return std::unexpected(taken.error());
    m_position = news->position;
    return news->bytes;
}

Result<void> LogNews::startAnew(ssh::Server& server, std::stop_token stop)
{
    const evidence::LogPosition begin {.path = m_position.path, .lastLineSha256 = evidence::sha256("")};
    m_position = begin;
    if (auto taken = take("\n"); !taken) // the last line may have been cut
        return taken;
    if (m_wholeOnly)
        return {};
    const auto piece = evidence::readPiece(server, m_position.path, {0, 1}, Privilege::Root, stop);
    if (!piece)
        return std::unexpected(piece.error());
    m_position.device = piece->file.device;
    m_position.inode = piece->file.inode;
    return {};
}

std::shared_ptr<const maillog::History> LogNews::history(base::Instant now)
{
    if (m_growing)
        return m_growing->snapshot(now);
    if (m_few.empty())
        return m_journal;
    m_options.now = now;
    const auto read = maillog::History::read(
        {{.path = m_position.path, .bytes = base::Bytes::own(m_few)}}, m_options, m_stop);
    return read ? *read : nullptr;
}

} // namespace sluicegate::desk
