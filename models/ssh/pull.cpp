// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/pull.h"

#include "models/ssh/decoder.h"
#include "models/ssh/scripts.h"

#include <charconv>

namespace sluicegate::ssh {

using base::fail;
using base::Failure;
using base::FailureKind;
using base::Result;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t headerLimit = 200;
constexpr std::size_t errorLimit = 16u << 10;
constexpr auto silenceLimit = std::chrono::seconds(60);
constexpr auto progressEvery = std::chrono::milliseconds(100);

template <typename T> bool takeNumber(std::string_view& rest, T& value, char end)
{
    const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc {} || stop == rest.data() + rest.size() || *stop != end)
        return false;
    rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()) + 1);
    return true;
}

struct Header {
    FileStat file;
    Codec codec = Codec::Raw;
};

std::optional<Header> parseHeader(std::string_view line)
{
    Header header;
    if (!line.starts_with("SG1 "))
        return std::nullopt;
    line.remove_prefix(4);
    if (!takeNumber(line, header.file.device, ':') || !takeNumber(line, header.file.inode, ' ')
        || !takeNumber(line, header.file.size, ' ') || !takeNumber(line, header.file.modified, ' '))
        return std::nullopt;
    if (line == "zstd")
        header.codec = Codec::Zstd;
    else if (line == "gzip")
        header.codec = Codec::Gzip;
    else if (line != "raw")
        return std::nullopt;
    return header;
}

/// The receiving end of one pull.
class Reception {
public:
    explicit Reception(const PullOrder& order) : m_order(order) { }

    Result<void> take(std::string_view bytes)
    {
        m_progress.wire += bytes.size();
        if (m_decoder)
            return decode(bytes);
        m_head += bytes;
        const auto end = m_head.find('\n');
        if (end == std::string::npos && m_head.size() <= headerLimit)
            return {};
        const auto header
            = end <= headerLimit ? parseHeader(std::string_view(m_head).substr(0, end)) : std::nullopt;
        if (!header)
            return fail(FailureKind::Hostile, m_order.path, "no header where one belongs");
        m_file = header->file;
        m_progress.expected = m_file.size;
        m_progress.wire = m_head.size() - end - 1;
        m_decoder = Decoder::make(header->codec);
        const std::string rest = m_head.substr(end + 1);
        return rest.empty() ? Result<void> {} : decode(rest);
    }

    void takeError(std::string_view bytes)
    {
        m_error.append(bytes.substr(0, errorLimit - std::min(m_error.size(), errorLimit)));
    }

    Result<FileStat> finish(const Ended& ended)
    {
        if (auto failure = statusFailure(ended))
            return std::unexpected(std::move(*failure));
        if (!m_decoder)
            return fail(FailureKind::CommandFailed, m_order.path, m_error);
        if (m_progress.received < m_file.size || !m_decoder->finished())
            return fail(FailureKind::Truncated, m_order.path,
                std::to_string(m_progress.received) + " of " + std::to_string(m_file.size) + " bytes");
        if (ended.exitStatus != 0 || !ended.signal.empty())
            return fail(FailureKind::CommandFailed, m_order.path, m_error);
        report();
        return m_file;
    }

private:
    Result<void> decode(std::string_view bytes)
    {
        auto decoded = m_decoder->decode(bytes, [this](std::string_view plain) { return keep(plain); });
        if (!decoded && decoded.error().kind == FailureKind::Hostile)
            decoded.error().subject = m_order.path;
        return decoded;
    }

    Result<void> keep(std::string_view plain)
    {
        if (plain.empty())
            return {};
        if (plain.size() > m_file.size - m_progress.received)
            return fail(FailureKind::Hostile, m_order.path, "more bytes than were announced");
        m_progress.received += plain.size();
        if (!m_order.sink(plain))
            return fail(FailureKind::WriteFailed, m_order.path, "the bytes could not be kept");
        if (Clock::now() - m_reported > progressEvery)
            report();
        return {};
    }

    void report()
    {
        m_reported = Clock::now();
        if (m_order.progress)
            m_order.progress(m_progress);
    }

    std::optional<Failure> statusFailure(const Ended& ended) const
    {
        const auto& path = m_order.path;
        if (!m_decoder && ended.exitStatus == PullAbsent)
            return Failure {FailureKind::NotFound, path, {}};
        if (!m_decoder && ended.exitStatus == PullNotRegular)
            return Failure {FailureKind::Unreadable, path, "not a regular file"};
        if (!m_decoder && ended.exitStatus == PullUnreadable)
            return Failure {FailureKind::Unreadable, path, "permission denied"};
        if (m_decoder && ended.exitStatus == PullShrunk)
            return Failure {FailureKind::Rotated, path, "it was cut while it was read"};
        return std::nullopt;
    }

    const PullOrder& m_order;
    std::string m_head;
    std::string m_error;
    FileStat m_file;
    PullProgress m_progress;
    std::unique_ptr<Decoder> m_decoder;
    Clock::time_point m_reported;
};

} // namespace

Result<FileStat> pullFile(Link& link, Privileges& privileges, const PullOrder& order)
{
    Reception reception(order);
    Exchange exchange(link);
    exchange.onOut = [&](std::string_view bytes) { return reception.take(bytes); };
    exchange.onErr = [&](std::string_view bytes) -> Result<void> {
        reception.takeError(bytes);
        return {};
    };
    const Command command {.script = std::string(pullScript),
        .arguments = {order.path, order.mayCompress ? "any" : "raw"},
        .input = {},
        .privilege = order.privilege,
        .timeout = silenceLimit};
    auto ended = privileges.run(link, exchange, command, Patience::Silence);
    if (!ended)
        return std::unexpected(ended.error());
    return reception.finish(*ended);
}

} // namespace sluicegate::ssh
