// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/unpackall.h"

#include "models/base/discard.h"
#include "models/evidence/decoder.h"
#include "models/evidence/spill.h"

#include <array>
#include <atomic>
#include <format>
#include <thread>
#include <utility>

namespace sluicegate::evidence {

namespace {

using base::FailureKind;

// Logs shrink 10 to 50 times, a log of one repeated line 200 times; what grows more than this is a bomb.
constexpr std::uint64_t harmless = 256ull << 20;
constexpr std::uint64_t largestGrowth = 300;

class Unpacking {
public:
    Unpacking(const std::filesystem::path& file, std::string_view packed, const std::stop_token& stop)
        : m_file(file), m_packed(packed), m_stop(stop)
    {
    }

    base::Result<Unpacked> run()
    {
        std::string_view rest = m_packed;
        std::optional<base::Failure> damage;
        do
            damage = member(rest);
        while (!damage && !rest.empty());
        if (damage && damage->kind == FailureKind::Cancelled)
            return std::unexpected(*damage);
        if (!spill())
            damage = base::Failure {FailureKind::WriteFailed, m_file.string(), m_spill.trouble()};
        auto bytes = m_spill.finish();
        if (!bytes)
            return std::unexpected(bytes.error());
        return Unpacked {std::move(*bytes), std::move(damage)};
    }

private:
    // One gzip member, xz or bzip2 stream or zstd frame; rotated logs may hold several, one after another.
    std::optional<base::Failure> member(std::string_view& rest)
    {
        const auto decoder = Decoder::forMagic(rest);
        if (!decoder)
            return damaged(rest, "something else follows the compressed data");
        for (;;) {
            if (m_stop.stop_requested())
                return base::Failure {FailureKind::Cancelled, m_file.string(), {}};
            const auto step = decoder->step(rest, m_buffer.data() + m_filled, m_buffer.size() - m_filled);
            rest.remove_prefix(step.consumed);
            m_filled += step.produced;
            if (m_filled == m_buffer.size() && !spill())
                return base::Failure {FailureKind::WriteFailed, m_file.string(), m_spill.trouble()};
            if (m_spill.size() > harmless && m_spill.size() / largestGrowth > m_packed.size() - rest.size())
                return base::Failure {FailureKind::Hostile, m_file.string(), "expands beyond all measure"};
            if (step.state == Decoder::State::Damaged)
                return damaged(rest, "the compressed data is damaged");
            if (step.state == Decoder::State::MemberEnd)
                break;
            if (step.consumed == 0 && step.produced == 0)
                return damaged(rest, "the compressed data is cut off");
        }
        // gzip and xz allow zeros as padding.
        rest.remove_prefix(std::min(rest.find_first_not_of('\0'), rest.size()));
        return {};
    }

    bool spill() { return m_spill.write({m_buffer.data(), std::exchange(m_filled, 0)}); }

    base::Failure damaged(std::string_view rest, std::string_view what) const
    {
        return {FailureKind::Truncated, m_file.string(),
            std::format("{}, {} bytes before its end", what, rest.size())};
    }

    std::filesystem::path m_file;
    std::string_view m_packed;
    std::stop_token m_stop;
    Spill m_spill;
    // So much at once the kernel keeps in large pieces: 0.35 s for a GiB, a quarter of it at once took 0.8 s
    // and more.
    std::array<char, 1 << 20> m_buffer;
    std::size_t m_filled = 0;
};

base::Result<Unpacked> unpackUntil(const std::filesystem::path& file, const std::stop_token& stop)
{
    auto packed = base::Bytes::map(file);
    if (!packed)
        return std::unexpected(packed.error());
    if (!Decoder::forMagic(packed->view()))
        return Unpacked {*packed, {}};
    auto unpacking = std::make_unique<Unpacking>(file, packed->view(), stop);
    auto unpacked = unpacking->run();
    if (stop.stop_requested()) // closing a large file without a name takes its time
        base::discard(std::move(unpacking));
    return unpacked;
}

} // namespace

base::Result<Unpacked> unpack(const std::filesystem::path& file, std::stop_token stop)
{
    return unpackUntil(file, stop);
}

std::vector<base::Result<Unpacked>> unpackAll(
    const std::vector<std::filesystem::path>& files, std::stop_token stop)
{
    constexpr std::size_t atOnce = 2;
    std::vector<base::Result<Unpacked>> unpacked(files.size());
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
        for (std::size_t n = next++; n < files.size(); n = next++)
            unpacked[n] = unpackUntil(files[n], stop);
    };
    std::vector<std::jthread> threads;
    for (std::size_t n = 1; n < std::min(atOnce, files.size()); ++n)
        threads.emplace_back(work);
    work();
    threads.clear();
    return unpacked;
}

} // namespace sluicegate::evidence
