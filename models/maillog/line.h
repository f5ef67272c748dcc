// SPDX-License-Identifier: GPL-3.0-or-later
// The parts of a log line behind its stamp: host, tag and message.
#pragma once

#include "models/maillog/bytescan.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace sluicegate::maillog {

/// "host postfix/submission/smtpd[123]: message": program is "smtpd", tag all before the pid.
struct Line {
    std::string_view host;
    std::string_view tag;
    std::string_view program; // the tag's last part
    std::string_view message;
    std::uint32_t repeats = 1; // "message repeated 3 times: [ ... ]"
};

/// Tags may hold blanks and slashes ("greylisting filter[9]", "/usr/lib64/plesk-9.0/psa-pc-remote[9]") and
/// lack the pid. Nothing if there is no host or no tag.
std::optional<Line> split(std::string_view behindStamp);
/// The same without a copy, for the pass over all lines. `line.host` may hold the last line's host: it is
/// nearly always the same.
bool splitInto(std::string_view behindStamp, Line& line);

/// The same for the form of nearly all lines of Postfix, "HOST postfix/SERVICE[PID]: text", decided at a
/// glance; but `tag` and `program` are left empty. False if a closer look is needed. Bytes up to `readable`
/// may be looked at.
inline bool splitUsual(std::string_view behindStamp, const char* readable, Line& line)
{
#ifdef __SSE2__
    constexpr std::size_t looked = 32; // for the bracket behind the process
    const std::size_t known = line.host.size();
    const char* const begin = behindStamp.data();
    const char* const service = begin + known + sizeof " postfix/" - 1;
    if (known == 0 || static_cast<std::size_t>(readable - begin) < known + sizeof " postfix/" + looked + 3
        || std::memcmp(begin + known, " postfix/", 9) != 0 || !sameBytes(begin, line.host.data(), known))
        return false;
    const __m128i low = load16(service);
    const __m128i high = load16(service + 16);
    const std::uint32_t closes = equal16(low, ']') | equal16(high, ']') << 16;
    const std::uint32_t colons = equal16(low, ':') | equal16(high, ':') << 16;
    const char* const close = service + std::countr_zero(closes | 1u << 31);
    const char* const text = close + 3;
    const char* const end = begin + behindStamp.size();
    // A colon before the bracket would end the tag. What begins with 'm' may be "message repeated".
    if (closes == 0 || (colons & (closes ^ (closes - 1))) != 0 || text >= end
        || std::memcmp(close + 1, ": ", 2) != 0 || *text == 'm')
        return false;
    line.host = {begin, known};
    line.tag = {};
    line.program = {};
    line.message = {text, static_cast<std::size_t>(end - text)};
    line.repeats = 1;
    return true;
#else
    static_cast<void>(behindStamp), static_cast<void>(readable), static_cast<void>(line);
    return false;
#endif
}

/// "message repeated 3 times: [ text]" is how rsyslog shortens runs of one line: sets `repeats`.
void unwrapRepeats(Line& line);

/// "last message repeated 3 times": how often the line before it was left out; 0 if it is another line.
std::uint32_t repeatsOfLast(std::string_view behindHost);

/// "postfix/submission/smtpd" -> "submission"; empty for "postfix/smtpd".
std::string_view serviceOf(std::string_view tag);

/// Whether the tag is one of Postfix's daemons, whatever syslog_name says.
bool isPostfix(const Line& line);

/// Text before the first `mark`, or all of it.
inline std::string_view upTo(std::string_view text, std::string_view mark)
{
    return text.substr(0, mark.size() == 1 ? placeOf(text, mark.front()) : placeOfMark(text, mark));
}

/// Text behind the first `mark`; empty if there is none.
inline std::string_view behind(std::string_view text, std::string_view mark)
{
    const std::size_t at = mark.size() == 1 ? placeOf(text, mark.front()) : placeOfMark(text, mark);
    return at >= text.size() ? std::string_view {} : text.substr(at + mark.size());
}

inline bool contains(std::string_view text, std::string_view mark)
{
    return placeOfMark(text, mark) != std::string_view::npos;
}

template <typename Number> std::optional<Number> numberAt(std::string_view text)
{
    std::uint64_t value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 19 && text[digits] >= '0' && text[digits] <= '9'; ++digits)
        value = value * 10 + static_cast<std::uint64_t>(text[digits] - '0');
    if (digits == 0 || digits == 19 || value > std::uint64_t(static_cast<Number>(-1)))
        return {};
    return static_cast<Number>(value);
}

} // namespace sluicegate::maillog
