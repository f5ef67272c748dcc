// SPDX-License-Identifier: GPL-3.0-or-later
// readlog FILE...: reads a log as the program does, asks every journey what a triage asks, and says what it
// cost.
#include "models/maillog/history.h"

#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

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

} // namespace

int main(int argc, char** argv)
{
    std::vector<Source> sources;
    for (int n = 1; n < argc; ++n) {
        auto bytes = base::Bytes::map(argv[n]);
        if (!bytes)
            return 3;
        sources.push_back({argv[n], *bytes});
    }
    const Options options {
        .now = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()),
        .zone = {},
        .since = {},
        .until = {}};
    const double begin = cpuSeconds();
    const auto history = History::read(std::move(sources), options);
    if (!history)
        return 3;
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
    std::size_t attempts = 0;
    for (std::uint32_t n = 0; n < (*history)->size(); ++n)
        attempts += (*history)->journey(n).attempts().size();
    const double all = cpuSeconds();
    std::printf("%llu lines, %u journeys, %zu attempts (%zu)\n"
                "CPU seconds: read %.2f, sums %.2f, index %.2f, every attempt %.2f; own memory %ld MiB, %ld "
                "at the end\n",
        static_cast<unsigned long long>((*history)->summary().lines), (*history)->size(), attempts, sums,
        read - begin, summed - read, indexed - summed, all - indexed, ownAfterReading, ownMebibytes());
    return 0;
}
