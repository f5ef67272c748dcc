// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/decoder.h"

#include <zlib.h>
#include <zstd.h>

#include <vector>

namespace sluicegate::ssh {

using base::fail;
using base::FailureKind;
using base::Result;

namespace {

constexpr int windowLogLimit = 25; // 32 MiB: a hostile frame may ask for gigabytes
constexpr std::size_t outSize = 256u << 10;

class RawDecoder final : public Decoder {
public:
    Result<void> decode(std::string_view bytes, const Taker& take) override { return take(bytes); }
    bool finished() const override { return true; }
};

class GzipDecoder final : public Decoder {
public:
    GzipDecoder() : m_out(outSize)
    {
        constexpr int gzipOnly = 16 + MAX_WBITS;
        m_end = inflateInit2(&m_stream, gzipOnly) != Z_OK;
    }
    ~GzipDecoder() override { inflateEnd(&m_stream); }
    GzipDecoder(const GzipDecoder&) = delete;
    GzipDecoder& operator=(const GzipDecoder&) = delete;

    Result<void> decode(std::string_view bytes, const Taker& take) override
    {
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        while (m_stream.avail_in > 0) {
            if (m_end)
                return fail(FailureKind::Hostile, "gzip", "bytes behind the end of the stream");
            m_stream.next_out = reinterpret_cast<Bytef*>(m_out.data());
            m_stream.avail_out = static_cast<uInt>(m_out.size());
            const int code = inflate(&m_stream, Z_NO_FLUSH);
            if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR)
                return fail(
                    FailureKind::Hostile, "gzip", m_stream.msg != nullptr ? m_stream.msg : "bad stream");
            m_end = code == Z_STREAM_END;
            if (auto taken = take({m_out.data(), m_out.size() - m_stream.avail_out}); !taken)
                return taken;
        }
        return {};
    }
    bool finished() const override { return m_end; }

private:
    std::vector<char> m_out;
    z_stream m_stream {};
    bool m_end = false;
};

class ZstdDecoder final : public Decoder {
public:
    ZstdDecoder() : m_out(outSize), m_stream(ZSTD_createDCtx(), &ZSTD_freeDCtx)
    {
        ZSTD_DCtx_setParameter(m_stream.get(), ZSTD_d_windowLogMax, windowLogLimit);
    }

    // A finished frame must not be asked again: it would look unfinished.
    Result<void> decode(std::string_view bytes, const Taker& take) override
    {
        ZSTD_inBuffer in {bytes.data(), bytes.size(), 0};
        bool full = false;
        while (in.pos < in.size || full) {
            if (m_end)
                return fail(FailureKind::Hostile, "zstd", "bytes behind the end of the frame");
            ZSTD_outBuffer out {m_out.data(), m_out.size(), 0};
            const auto code = ZSTD_decompressStream(m_stream.get(), &out, &in);
            if (ZSTD_isError(code) != 0)
                return fail(FailureKind::Hostile, "zstd", ZSTD_getErrorName(code));
            m_end = code == 0;
            full = out.pos == out.size && !m_end;
            if (auto taken = take({m_out.data(), out.pos}); !taken)
                return taken;
        }
        return {};
    }
    bool finished() const override { return m_end; }

private:
    std::vector<char> m_out;
    std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> m_stream;
    bool m_end = false;
};

} // namespace

std::unique_ptr<Decoder> Decoder::make(Codec codec)
{
    switch (codec) {
    case Codec::Gzip:
        return std::make_unique<GzipDecoder>();
    case Codec::Zstd:
        return std::make_unique<ZstdDecoder>();
    case Codec::Raw:
        break;
    }
    return std::make_unique<RawDecoder>();
}

} // namespace sluicegate::ssh
