// SPDX-License-Identifier: GPL-3.0-or-later
// Seconds as the programs of a server write them. The seconds are local already: the zone has been added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluicegate::demo {

/// "Sun Nov 22 17:34:12 2026"
std::string calendarText(std::int64_t localSeconds);
/// "Nov 22 17:34:12", the stamp of syslog
std::string syslogStamp(std::int64_t localSeconds);
/// date(1)'s +FORMAT; a conversion it does not know stays as it is.
std::string formatted(
    std::string_view format, std::int64_t localSeconds, std::int64_t zoneSeconds, std::string_view zoneName);

} // namespace sluicegate::demo
