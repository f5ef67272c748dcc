// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/loggenerator.h"

#include <format>

namespace sluicegate::bench {

std::string toJson(const Truth& truth)
{
    std::string json = std::format(
        "{{\n \"messages\": {}, \"lines\": {}, \"authFailures\": {}, \"rejects\": {}, \"limitRejects\": {}, "
        "\"logins\": {},\n"
        " \"culprit\": \"{}\", \"newsletter\": \"{}\", \"someMessageId\": \"{}\",\n \"sources\": {{",
        truth.messages, truth.lines, truth.authFailures, truth.rejects, truth.limitRejects, truth.logins,
        truth.culprit, truth.newsletter, truth.someMessageId);
    const char* comma = "\n";
    for (const auto& [name, sums] : truth.sources) {
        json += std::format("{}  \"{}\": {{\"messages\": {}, \"sent\": {}, \"deferred\": {}, \"bounced\": "
                            "{}, \"rejected\": {}}}",
            comma, name, sums.messages, sums.sent, sums.deferred, sums.bounced, sums.rejected);
        comma = ",\n";
    }
    return json + "\n }\n}\n";
}

} // namespace sluicegate::bench
