// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/decoder.h"

#include <bzlib.h>
#include <lzma.h>
#ifdef SLUICEGATE_ISAL
#include <isa-l/igzip_lib.h>
#else
#include <zlib.h>
#endif
#include <zstd.h>

#include <algorithm>

namespace sluicegate::evidence {

namespace {

using State = Decoder::State;
using Step = Decoder::Step;

// zlib and bzip2 count in 32 bits.
unsigned int bounded(std::size_t size)
{
    return static_cast<unsigned int>(std::min<std::size_t>(size, 1u << 30));
}

#ifdef SLUICEGATE_ISAL
// Four to five times as fast as zlib.
class GzipDecoder : public Decoder {
public:
    GzipDecoder()
    {
        isal_inflate_init(&m_state);
        m_state.crc_flag = ISAL_GZIP;
    }

    Step step(std::string_view input, char* output, std::size_t room) override
    {
        // It takes up to eight bytes more than it has used: they are not called consumed before they are.
        const std::size_t ahead = std::min(m_ahead, input.size());
        input.remove_prefix(ahead);
        m_state.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(input.data()));
        m_state.avail_in = bounded(input.size());
        m_state.next_out = reinterpret_cast<std::uint8_t*>(output);
        m_state.avail_out = bounded(room);
        const auto before = m_state.avail_in, space = m_state.avail_out;
        const int result = isal_inflate(&m_state);
        const auto state = result != ISAL_DECOMP_OK    ? State::Damaged
            : m_state.block_state == ISAL_BLOCK_FINISH ? State::MemberEnd
                                                       : State::More;
        const std::size_t taken = ahead + (before - m_state.avail_in);
        m_ahead = std::min(static_cast<std::size_t>(std::max(m_state.read_in_length, 0)) / 8, taken);
        return {state, taken - m_ahead, space - m_state.avail_out};
    }

private:
    inflate_state m_state {};
    std::size_t m_ahead = 0;
};
#else
class GzipDecoder : public Decoder {
public:
    GzipDecoder() { inflateInit2(&m_stream, 15 + 16); }
    ~GzipDecoder() override { inflateEnd(&m_stream); }

    Step step(std::string_view input, char* output, std::size_t room) override
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
        m_stream.avail_in = bounded(input.size());
        m_stream.next_out = reinterpret_cast<Bytef*>(output);
        m_stream.avail_out = bounded(room);
        const auto before = m_stream.avail_in, space = m_stream.avail_out;
        const int result = inflate(&m_stream, Z_NO_FLUSH);
        const auto state = result == Z_STREAM_END     ? State::MemberEnd
            : result == Z_OK || result == Z_BUF_ERROR ? State::More
                                                      : State::Damaged;
        return {state, before - m_stream.avail_in, space - m_stream.avail_out};
    }

private:
    z_stream m_stream {};
};
#endif

class Bzip2Decoder : public Decoder {
public:
    Bzip2Decoder() { BZ2_bzDecompressInit(&m_stream, 0, 0); }
    ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&m_stream); }

    Step step(std::string_view input, char* output, std::size_t room) override
    {
        m_stream.next_in = const_cast<char*>(input.data());
        m_stream.avail_in = bounded(input.size());
        m_stream.next_out = output;
        m_stream.avail_out = bounded(room);
        const auto before = m_stream.avail_in, space = m_stream.avail_out;
        const int result = BZ2_bzDecompress(&m_stream);
        const auto state = result == BZ_STREAM_END ? State::MemberEnd
            : result == BZ_OK                      ? State::More
                                                   : State::Damaged;
        return {state, before - m_stream.avail_in, space - m_stream.avail_out};
    }

private:
    bz_stream m_stream {};
};

class XzDecoder : public Decoder {
public:
    XzDecoder() : m_ready(lzma_stream_decoder(&m_stream, memoryLimit, 0) == LZMA_OK) { }
    ~XzDecoder() override { lzma_end(&m_stream); }

    Step step(std::string_view input, char* output, std::size_t room) override
    {
        if (!m_ready)
            return {State::Damaged};
        m_stream.next_in = reinterpret_cast<const std::uint8_t*>(input.data());
        m_stream.avail_in = input.size();
        m_stream.next_out = reinterpret_cast<std::uint8_t*>(output);
        m_stream.avail_out = room;
        const lzma_ret result = lzma_code(&m_stream, LZMA_RUN);
        const auto state = result == LZMA_STREAM_END        ? State::MemberEnd
            : result == LZMA_OK || result == LZMA_BUF_ERROR ? State::More
                                                            : State::Damaged;
        return {state, input.size() - m_stream.avail_in, room - m_stream.avail_out};
    }

private:
    static constexpr std::uint64_t memoryLimit = 160u << 20; // xz -9 needs 65 MiB
    lzma_stream m_stream = LZMA_STREAM_INIT;
    bool m_ready;
};

class ZstdDecoder : public Decoder {
public:
    ZstdDecoder() { ZSTD_DCtx_setParameter(m_context, ZSTD_d_windowLogMax, largestWindow); }
    ~ZstdDecoder() override { ZSTD_freeDCtx(m_context); }

    Step step(std::string_view input, char* output, std::size_t room) override
    {
        ZSTD_inBuffer in {input.data(), input.size(), 0};
        ZSTD_outBuffer out {output, room, 0};
        const std::size_t result = ZSTD_decompressStream(m_context, &out, &in);
        const auto state = ZSTD_isError(result) ? State::Damaged
            : result == 0                       ? State::MemberEnd
                                                : State::More;
        return {state, in.pos, out.pos};
    }

private:
    static constexpr int largestWindow = 27; // 128 MiB, what zstd --long makes
    ZSTD_DCtx* m_context = ZSTD_createDCtx();
};

bool isZstd(std::string_view start)
{
    // A frame, or a skippable frame in front of one (as pzstd writes).
    return start.starts_with("\x28\xb5\x2f\xfd")
        || (start.size() >= 4 && start.substr(1, 3) == "\x2a\x4d\x18"
            && (static_cast<unsigned char>(start[0]) & 0xf0) == 0x50);
}

} // namespace

std::unique_ptr<Decoder> Decoder::forMagic(std::string_view start)
{
    using namespace std::string_view_literals;
    if (start.starts_with("\x1f\x8b"))
        return std::make_unique<GzipDecoder>();
    if (start.size() >= 4 && start.starts_with("BZh") && start[3] >= '1' && start[3] <= '9')
        return std::make_unique<Bzip2Decoder>();
    if (start.starts_with("\xfd\x37\x7a\x58\x5a\0"sv))
        return std::make_unique<XzDecoder>();
    if (isZstd(start))
        return std::make_unique<ZstdDecoder>();
    return nullptr;
}

} // namespace sluicegate::evidence
