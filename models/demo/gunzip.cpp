// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/programs.h"

#include <vector>

#include <zlib.h>

namespace sluicegate::demo {

std::optional<std::string> gunzip(std::string_view bytes)
{
    z_stream stream {};
    if (!bytes.starts_with("\x1f\x8b") || inflateInit2(&stream, 15 + 16) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    std::string out;
    std::vector<char> room(1u << 18);
    int state = Z_OK;
    while (state == Z_OK && out.size() < (256u << 20)) {
        stream.next_out = reinterpret_cast<Bytef*>(room.data());
        stream.avail_out = static_cast<uInt>(room.size());
        state = inflate(&stream, Z_NO_FLUSH);
        out.append(room.data(), room.size() - stream.avail_out);
    }
    inflateEnd(&stream);
    return state == Z_STREAM_END ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace sluicegate::demo
