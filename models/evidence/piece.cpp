// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/piece.h"

#include "models/evidence/decoder.h"

#include <charconv>
#include <vector>

namespace sluicegate::evidence {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

enum Status { Absent = 66, NotRegular = 67, Unreadable = 68, NoUnpacker = 71 };

// Below this packing costs the server more than it saves.
constexpr std::uint64_t worthPacking = 1 << 16;

template <typename T> bool takeNumber(std::string_view& rest, T& value, char end)
{
    const auto [stop, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    if (error != std::errc {} || stop == rest.data() + rest.size() || *stop != end)
        return false;
    rest.remove_prefix(static_cast<std::size_t>(stop - rest.data()) + 1);
    return true;
}

// "SGP1 2049:131 7340 1795428000 zstd"
bool readHeader(std::string_view line, ssh::FileStat& file, std::string_view& codec)
{
    if (!line.starts_with("SGP1 "))
        return false;
    line.remove_prefix(5);
    if (!takeNumber(line, file.device, ':') || !takeNumber(line, file.inode, ' ')
        || !takeNumber(line, file.size, ' ') || !takeNumber(line, file.modified, ' '))
        return false;
    codec = line;
    return codec == "raw" || codec == "gzip" || codec == "zstd";
}

// False if it is damaged, cut off, or more than was asked for.
bool unpackInto(std::string& bytes, std::string_view packed, std::uint64_t most)
{
    const auto decoder = Decoder::forMagic(packed);
    std::vector<char> room(1 << 18);
    while (decoder) {
        const Decoder::Step step = decoder->step(packed, room.data(), room.size());
        packed.remove_prefix(step.consumed);
        bytes.append(room.data(), step.produced);
        if (bytes.size() > most || step.state == Decoder::State::Damaged)
            return false;
        if (step.state == Decoder::State::MemberEnd)
            return packed.empty();
        if (step.consumed == 0 && step.produced == 0)
            return false;
    }
    return false;
}

Result<void> statusOf(const ssh::Output& output, const std::string& path)
{
    switch (output.exitStatus) {
    case 0:
        return {};
    case Absent:
        return fail(FailureKind::NotFound, path);
    case NotRegular:
        return fail(FailureKind::Unreadable, path, "not a regular file");
    case Unreadable:
        return fail(FailureKind::Unreadable, path, "permission denied");
    case NoUnpacker:
        return fail(FailureKind::CommandMissing, path, output.err.substr(0, 300));
    default:
        return fail(FailureKind::CommandFailed, path, output.err.substr(0, 300));
    }
}

} // namespace

Result<Piece> readPiece(ssh::Server& server, const std::string& path, Range range, ssh::Privilege privilege,
    const std::stop_token& stop)
{
    const ssh::Command command {.script = std::string(recipes::piece.script),
        .arguments = {path, std::to_string(range.offset), std::to_string(range.most),
            range.most < worthPacking ? "raw" : "any"},
        .input = {},
        .privilege = privilege,
        .timeout = recipes::piece.timeout};
    const auto output = server.run(command, stop);
    if (!output)
        return std::unexpected(output.error());
    if (auto fine = statusOf(*output, path); !fine)
        return std::unexpected(fine.error());
    Piece piece {.file = {}, .bytes = {}, .wire = output->out.size()};
    std::string_view codec;
    const std::string_view answer = output->out;
    const std::size_t end = answer.find('\n');
    if (end > 200 || !readHeader(answer.substr(0, end), piece.file, codec))
        return fail(FailureKind::Hostile, path, "no header where one belongs");
    const std::string_view body = answer.substr(end + 1);
    if (codec == "raw")
        piece.bytes = body;
    else if (!unpackInto(piece.bytes, body, range.most))
        return fail(FailureKind::Truncated, path, "what came is damaged");
    if (piece.bytes.size() > range.most)
        return fail(FailureKind::Hostile, path, "more bytes than were asked for");
    return piece;
}

} // namespace sluicegate::evidence
