// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as either listing of the queue.
#include "models/queue/lifetime.h"

#include <cstddef>
#include <cstdlib>
#include <set>

using namespace sluicegate;

namespace {

void check(const queue::Listing& listing)
{
    std::set<std::string> ids;
    for (const queue::Entry& entry : listing.entries)
        if (entry.id.value.empty() || !ids.insert(entry.id.value).second || base::iso(entry.arrival).empty())
            std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(queue::readJson(bytes));
    check(queue::readPlain(bytes, *base::parseIso("2027-01-02T08:00:00Z"), std::chrono::hours(2)));
    check(queue::readExim(bytes));
    check(queue::readQmail(bytes));
    if (queue::readLifetime(bytes).mail < std::chrono::seconds(0))
        std::abort();
    return 0;
}
