// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as what a server's commands print, as the name of a log, and as compressed data.
#include "models/evidence/decoder.h"
#include "models/evidence/logname.h"
#include "models/evidence/maillogchoice.h"
#include "models/evidence/queuesample.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace sluicegate::evidence;

namespace {

// Every step goes on or ends.
void decode(std::string_view rest)
{
    static std::array<char, 4096> room;
    const auto decoder = Decoder::forMagic(rest);
    for (int steps = 0; decoder && steps < 1000; ++steps) {
        const auto step = decoder->step(rest, room.data(), room.size());
        if (step.consumed > rest.size() || step.produced > room.size())
            std::abort();
        rest.remove_prefix(step.consumed);
        if (step.state != Decoder::State::More || (step.consumed == 0 && step.produced == 0))
            return;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    Clock clock;
    readClock(text, clock);
    for (const auto& family : mailLogFamilies(readFileList(text), firstLine(text)))
        if (family.files.empty() || family.name().front() != '/')
            std::abort();
    for (const auto& path : readPhpMailLogs(text))
        if (mayBePhpMailLog(path) && path.front() != '/')
            std::abort();
    webLogDomain(text);
    std::vector<std::string> ids;
    for (const auto& queued : readQueued(text))
        ids.push_back(queued.id);
    for (const auto& [id, bytes] : splitMessages(text, ids))
        if (id.contains('/') || id.starts_with('-') || bytes.empty())
            std::abort();
    pickSample(readQueued(text), queueIdsOf(text, {"a@b", "<c@d>"}), 5);
    decode(text);
    return 0;
}
