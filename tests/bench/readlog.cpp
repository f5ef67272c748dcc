// SPDX-License-Identifier: GPL-3.0-or-later
// readlog FILE... [--only-read|--only-unpack|--growing]: reads a log as the program does, asks every journey
// what a triage asks, and says what it cost. --growing: as it would arrive, with looks at it in between.
// readlog FOLDER --triage: the whole analysis of an evidence folder.
#include "models/evidence/bundle.h"
#include "models/evidence/decoder.h"
#include "models/maillog/growing.h"
#include "models/triage/analysis.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <thread>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

double cpuSeconds()
{
    std::timespec now {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return double(now.tv_sec) + double(now.tv_nsec) / 1e9;
}

// Memory of our own: what is resident and not a mapped file.
long ownMebibytes()
{
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("RssAnon:"))
            return std::stol(line.substr(8)) / 1024;
    return -1;
}

// The decompressor alone: what it gives is thrown away.
int unpackOnly(const base::Bytes& packed)
{
    std::vector<char> room(1 << 18);
    for (std::string_view rest = packed.view(); !rest.empty();) {
        const auto decoder = evidence::Decoder::forMagic(rest);
        if (!decoder)
            return 3;
        for (auto state = evidence::Decoder::State::More; state == evidence::Decoder::State::More;) {
            const auto step = decoder->step(rest, room.data(), room.size());
            rest.remove_prefix(step.consumed);
            state = step.consumed == 0 && step.produced == 0 ? evidence::Decoder::State::Damaged : step.state;
            if (state == evidence::Decoder::State::Damaged)
                return 3;
        }
    }
    return 0;
}

const Options options {.now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()),
    .zone = {},
    .since = {},
    .until = {}};

// How long reading goes on after it was told to stop, in milliseconds.
double cancelTime(const std::vector<Source>& sources)
{
    std::stop_source stop;
    std::jthread reading([&] { static_cast<void>(History::read(sources, options, stop.get_token())); });
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const auto begin = std::chrono::steady_clock::now();
    stop.request_stop();
    reading.join();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// Looking up 20 Message-IDs, in milliseconds.
double lookUpTime(const History& history)
{
    const std::uint32_t step = std::max(history.size() / 20, 1u);
    std::vector<std::string> ids;
    for (std::uint32_t n = 0; n < history.size() && ids.size() < 20; n += step)
        ids.emplace_back(history.journey(n).messageId());
    const auto begin = std::chrono::steady_clock::now();
    for (const std::string& id : ids)
        static_cast<void>(history.findMessageId(id));
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

// In pieces as a connection brings them, a snapshot every 16 MiB; the last three are kept as a screen would.
int readGrowing(const std::vector<Source>& sources)
{
    constexpr std::size_t piece = 1 << 16;
    constexpr std::size_t piecesBetweenLooks = 256;
    GrowingHistory growing(options);
    std::shared_ptr<const History> seen[3];
    double slowest = 0;
    std::size_t looks = 0;
    const double begin = cpuSeconds();
    double looking = 0;
    for (const Source& source : sources) {
        static_cast<void>(growing.begin(source.path));
        for (std::size_t at = 0, n = 1; at < source.bytes.view().size(); at += piece, ++n) {
            if (!growing.take(source.bytes.view().substr(at, piece)))
                return 3;
            if (n % piecesBetweenLooks != 0)
                continue;
            const double before = cpuSeconds();
            seen[looks++ % 3] = growing.snapshot();
            slowest = std::max(slowest, cpuSeconds() - before);
            looking += cpuSeconds() - before;
        }
    }
    static_cast<void>(growing.end());
    std::printf(
        "%llu lines, %u journeys: %.2f CPU seconds, %.3f of them for %zu snapshots, the dearest %.2f ms; "
        "own memory %ld MiB\n",
        static_cast<unsigned long long>(growing.lines()), growing.journeys(), cpuSeconds() - begin, looking,
        looks, slowest * 1000, ownMebibytes());
    return 0;
}

int analyseOnly(const char* folder)
{
    auto bundle = evidence::fromFolder(folder);
    if (!bundle)
        return 3;
    const auto analysis = triage::analyse(std::move(*bundle), {}, {}, options.now);
    if (!analysis)
        return 3;
    std::printf("%zu suspects: %.3f CPU seconds\n", (*analysis)->verdict.suspects.size(), cpuSeconds());
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    const std::string_view last = argv[argc - 1];
    const bool onlyRead = last == "--only-read";
    const bool onlyUnpack = last == "--only-unpack";
    const bool growing = last == "--growing";
    if (last == "--triage")
        return analyseOnly(argv[1]);
    const int files = argc - (onlyRead || onlyUnpack || growing ? 1 : 0);
    std::vector<Source> sources;
    for (int n = 1; n < files; ++n) {
        if (onlyUnpack) {
            const auto packed = base::Bytes::map(argv[n]);
            return packed ? unpackOnly(*packed) : 3;
        }
        const auto unpacked = evidence::unpack(argv[n]);
        if (!unpacked)
            return 3;
        sources.push_back({argv[n], unpacked->bytes});
    }
    if (growing)
        return readGrowing(sources);
    const double cancelled = onlyRead ? 0 : cancelTime(sources);
    const double begin = cpuSeconds();
    const auto history = History::read(std::move(sources), options);
    if (!history)
        return 3;
    if (onlyRead)
        return 0;
    const double read = cpuSeconds();
    const long ownAfterReading = ownMebibytes();
    std::size_t sums = 0;
    for (std::uint32_t n = 0; n < (*history)->size(); ++n) {
        const Journey journey = (*history)->journey(n);
        const Tally tally = journey.tally();
        sums += journey.saslUsername().size() + journey.sender().size() + tally.sent + tally.deferred
            + std::size_t(journey.entry());
    }
    const double summed = cpuSeconds();
    (*history)->findMessageId("none@nowhere.example");
    const double indexed = cpuSeconds();
    const double lookUp = lookUpTime(**history);
    const double lookedUp = cpuSeconds();
    std::size_t attempts = 0;
    for (std::uint32_t n = 0; n < (*history)->size(); ++n)
        attempts += (*history)->journey(n).attempts().size();
    const double all = cpuSeconds();
    std::printf("%llu lines, %u journeys, %zu attempts (%zu)\n"
                "CPU seconds: read %.2f, sums %.2f, index %.2f, every attempt %.2f; own memory %ld MiB, %ld "
                "at the end\n20 ids looked up in %.3f ms; stopped after %.1f ms\n",
        static_cast<unsigned long long>((*history)->summary().lines), (*history)->size(), attempts, sums,
        read - begin, summed - read, indexed - summed, all - lookedUp, ownAfterReading, ownMebibytes(),
        lookUp, cancelled);
    return 0;
}
