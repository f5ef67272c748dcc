// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a mail log, in one or two files; everything it tells is asked for.
#include "models/maillog/history.h"

#include <cstddef>
#include <cstdlib>
#include <string>

using namespace sluicegate;
using namespace sluicegate::maillog;

namespace {

std::size_t readAll(const History& history, const Journey& journey)
{
    std::size_t sum = journey.queueId().size() + journey.messageId().size() + journey.saslUsername().size()
        + journey.saslMethod().size() + journey.saslSender().size() + journey.clientName().size()
        + journey.clientIp().size() + journey.helo().size() + journey.sender().size()
        + journey.service().size() + journey.host().size() + journey.originClient().size()
        + journey.localUser().size() + name(journey.entry()).size();
    sum += journey.uid().value_or(0) + journey.size().value_or(0) + journey.recipientCount().value_or(0);
    sum += journey.outcome().recipients + journey.attempts().size() + journey.incidents().size()
        + journey.tally().sent;
    sum += journey.arrived().has_value() + journey.removed().has_value();
    for (const LineRef& line : journey.lines())
        sum += history.evidence(line).text.size();
    for (const std::uint32_t child : journey.children())
        if (history.journey(child).parent() != journey.index())
            std::abort();
    for (auto up = journey.parent(); up; up = history.journey(*up).parent())
        ++sum;
    return sum;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t half = size == 0 ? 0 : data[0] * size / 256;
    std::vector<Source> sources {{"a", base::Bytes::own(std::string(all))}};
    if (size % 2 == 1)
        sources.push_back({"b", base::Bytes::own(std::string(all.substr(half)))});
    Options options {.now = *base::parseIso("2026-11-23T12:00:00Z"), .zone = {}, .since = {}, .until = {}};
    if (size % 8 == 3)
        options.since = base::parseIso("2026-11-23T10:00:01Z");
    const auto history = History::read(std::move(sources), options);
    if (!history)
        return 0;
    std::size_t sum = 0;
    for (std::uint32_t n = 0; n < (*history)->size(); ++n) {
        const Journey journey = (*history)->journey(n);
        sum += readAll(**history, journey) + (*history)->findQueueId(journey.queueId()).size();
        sum += (*history)->findMessageId(journey.messageId()).size();
    }
    for (const Event& event : (*history)->events())
        sum += event.user.size() + event.ip.size() + event.text.size();
    std::uint64_t unread = 0;
    for (const UnreadLines& lines : (*history)->summary().unread) {
        unread += lines.count;
        for (const LineRef& line : lines.examples)
            sum += (*history)->evidence(line).text.size();
    }
    if (unread > (*history)->summary().lines)
        std::abort();
    return sum == SIZE_MAX ? 1 : 0;
}
