// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/order.h"

#include "models/maillog/anystamp.h"

#include <algorithm>
#include <utility>

namespace sluicegate::maillog {

namespace {

struct Kept {
    std::vector<std::uint32_t> place; // of each life among the kept; UINT32_MAX: left out
    Arena<Life> lives;
};

bool inWindow(const Store& store, Moment first, Moment last, const Options& options)
{
    return (!options.since || store.calendar.resolve(last) >= *options.since)
        && (!options.until || store.calendar.resolve(first) <= *options.until);
}

// Relations among the kept are kept; a child whose parent is left out has none.
void relate(Kept& kept, const Arena<Life>& all)
{
    const auto place = [&](std::uint32_t life) { return life == UINT32_MAX ? life : kept.place[life]; };
    const auto nextKept = [&](std::uint32_t life) {
        while (life != UINT32_MAX && kept.place[life] == UINT32_MAX)
            life = all[life].nextSibling;
        return place(life);
    };
    for (std::uint32_t n = 0; n < kept.lives.size(); ++n) {
        Life& life = kept.lives[n];
        life.parent = place(life.parent);
        life.firstChild = nextKept(life.firstChild);
        life.nextSibling = nextKept(life.nextSibling);
    }
}

void keepEvents(Store& store, const Options& options)
{
    const auto& all = store.events;
    Arena<EventRecord> events;
    for (std::uint32_t n = 0; n < store.events.size(); ++n)
        if (inWindow(store, all[n].at, all[n].at, options))
            events.push(all[n]);
    store.events = std::move(events);
}

void keepOtherIds(Store& store, const Kept& kept)
{
    Arena<OtherId> others;
    for (std::uint32_t n = 0; n < store.otherIds.size(); ++n) {
        OtherId other = std::as_const(store.otherIds)[n];
        other.life = kept.place[other.life];
        if (other.life != UINT32_MAX)
            others.push(other);
    }
    store.otherIds = std::move(others);
}

void keepWindow(Store& store, const Options& options)
{
    if (!options.since && !options.until)
        return;
    Kept kept;
    for (std::uint32_t n = 0; n < store.lives.size(); ++n) {
        const Life& life = std::as_const(store.lives)[n];
        const bool in = inWindow(store, life.first, life.last, options);
        kept.place.push_back(in ? kept.lives.push(life) : UINT32_MAX);
    }
    relate(kept, store.lives);
    keepOtherIds(store, kept);
    store.lives = std::move(kept.lives);
    keepEvents(store, options);
}

void setRange(Store& store)
{
    for (const auto& samples : store.samples) {
        if (samples.empty())
            continue;
        const base::Instant from = store.calendar.resolve(samples.front().at);
        const base::Instant to = store.calendar.resolve(samples.back().at);
        store.summary.from = std::min(store.summary.from.value_or(from), from);
        store.summary.to = std::max(store.summary.to.value_or(to), to);
    }
}

} // namespace

std::optional<base::Instant> firstStamp(std::string_view bytes, const Options& options)
{
    bytes = bytes.substr(0, firstStampWithin);
    while (!bytes.empty()) {
        const auto end = bytes.find('\n');
        const Stamp stamp = readAnyStamp(bytes.substr(0, end));
        if (stamp.form != Stamp::Form::None) {
            Calendar calendar(options.zone);
            const Moment moment = calendar.place(stamp, 0);
            calendar.settle(options.now, options.zone);
            return calendar.resolve(moment);
        }
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
    return {};
}

std::vector<Source> sortedOldestFirst(std::vector<Source> sources, const Options& options)
{
    struct Keyed {
        base::Instant at;
        std::size_t index;
    };
    std::vector<Keyed> order;
    base::Instant last {};
    for (std::size_t n = 0; n < sources.size(); ++n) {
        last = firstStamp(sources[n].bytes.view(), options).value_or(last);
        order.push_back({last, n});
    }
    std::ranges::stable_sort(order, {}, &Keyed::at);
    std::vector<Source> sorted;
    for (const Keyed& keyed : order)
        sorted.push_back(std::move(sources[keyed.index]));
    return sorted;
}

void admit(Store& store, Source source)
{
    const std::uint64_t bytes = source.exported != 0 ? source.exported : source.bytes.view().size();
    store.bases.push_back(
        store.sources.empty() ? 0 : store.bases.back() + store.sources.back().bytes.view().size() + 1);
    store.summary.files.push_back({.path = source.path, .bytes = bytes});
    store.samples.emplace_back();
    store.sources.push_back(std::move(source));
}

void settle(Store& store, const Options& options)
{
    store.calendar.settle(options.now, options.zone);
    setRange(store);
    keepWindow(store, options);
}

} // namespace sluicegate::maillog
