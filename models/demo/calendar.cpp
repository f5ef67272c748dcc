// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/calendar.h"

#include <chrono>
#include <cstdlib>
#include <format>

namespace sluicegate::demo {

namespace {

std::chrono::sys_seconds local(std::int64_t seconds)
{
    return std::chrono::sys_seconds(std::chrono::seconds(seconds));
}

std::string zoneText(std::int64_t zone, std::string_view colon)
{
    const auto minutes = std::abs(zone) / 60;
    return std::format("{}{:02d}{}{:02d}", zone < 0 ? '-' : '+', minutes / 60, colon, minutes % 60);
}

} // namespace

std::string calendarText(std::int64_t seconds)
{
    return std::format("{:%a %b %e %H:%M:%S %Y}", local(seconds));
}

std::string syslogStamp(std::int64_t seconds)
{
    return std::format("{:%b %e %H:%M:%S}", local(seconds));
}

std::string formatted(
    std::string_view format, std::int64_t seconds, std::int64_t zone, std::string_view zoneName)
{
    std::string out;
    for (std::size_t i = 0; i < format.size(); ++i) {
        if (format[i] != '%' || i + 1 == format.size()) {
            out += format[i];
            continue;
        }
        const char what = format[++i];
        const auto at = local(seconds);
        switch (what) {
        case 's':
            out += std::to_string(seconds - zone);
            break;
        case 'N':
            out += "000000000";
            break;
        case 'z':
            out += zoneText(zone, "");
            break;
        case 'Z':
            out += zoneName;
            break;
        case ':':
            out += format.substr(i).starts_with(":z") ? (++i, zoneText(zone, ":")) : "%:";
            break;
        case '%':
            out += '%';
            break;
        case 'n':
            out += '\n';
            break;
        default:
            if (std::string_view("aAbBcdDeFHIjmMprRSTuyY").contains(what))
                out += std::vformat(std::string("{:%") + what + '}', std::make_format_args(at));
            else
                out += std::string("%") + what;
        }
    }
    return out;
}

} // namespace sluicegate::demo
