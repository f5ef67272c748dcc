// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/desk/steps.h"

#include <chrono>

namespace sluicegate::desk {

namespace {

using Clock = std::chrono::steady_clock;
constexpr auto Interval = std::chrono::milliseconds(50);

struct Meter {
    Clock::time_point begun = Clock::now();
    Clock::time_point told = begun - Interval;
    std::string what;
    std::uint64_t before = 0; // bytes of the items before this one
    std::uint64_t current = 0;
    std::size_t done = 0;

    void take(const evidence::Step& step)
    {
        if (step.what != what || step.received < current) {
            before += current;
            what = step.what;
        }
        current = step.received;
    }
    std::uint64_t total() const { return before + current; }
    double rate(Clock::time_point now) const
    {
        const double seconds = std::chrono::duration<double>(now - begun).count();
        return seconds < 0.05 ? 0 : double(total()) / seconds;
    }
};

} // namespace

std::function<void(const evidence::Step&)> stepTeller(std::function<void(std::function<void(Running&)>)> post)
{
    return [post = std::move(post), meter = std::make_shared<Meter>()](const evidence::Step& step) {
        meter->take(step);
        const Clock::time_point now = Clock::now();
        if (now - meter->told < Interval)
            return;
        meter->told = now;
        post([step, total = meter->total(), rate = meter->rate(now)](Running& running) {
            running.step = step;
            running.totalBytes = total;
            running.bytesPerSecond = rate;
        });
    };
}

containment::Report actionTeller(std::function<void(std::function<void(Running&)>)> post)
{
    return [post = std::move(post), told = Clock::now() - Interval](
               const containment::Progress& progress) mutable {
        const Clock::time_point now = Clock::now();
        if (now - told < Interval && progress.done != progress.of && progress.done != 0)
            return;
        told = now;
        post([progress](Running& running) { running.action = progress; });
    };
}

} // namespace sluicegate::desk
