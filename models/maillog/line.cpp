// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/line.h"

#include "models/maillog/bytescan.h"

#include <algorithm>
#include <array>
#include <bit>

namespace sluicegate::maillog {

namespace {

constexpr std::string_view programs[]
    = {"smtpd", "smtp", "cleanup", "qmgr", "pickup", "lmtp", "local", "pipe", "virtual", "bounce", "error",
        "retry", "discard", "defer", "trace", "postsuper", "postscreen", "qmqpd", "nqmgr", "oqmgr",
        "sendmail", "postdrop", "master", "anvil", "scache", "tlsmgr", "tlsproxy", "dnsblog", "verify",
        "proxymap", "proxywrite", "trivial-rewrite", "flush", "showq", "spawn", "postqueue", "postalias",
        "postmap", "postcat", "postlog", "postlogd", "postfix-script", "script", "postkick", "relay"};

constexpr unsigned char endOfTag = 1;
constexpr unsigned char slash = 2;
constexpr auto marks = [] {
    std::array<unsigned char, 256> table {};
    table['['] = table[':'] = endOfTag;
    table['/'] = slash;
    return table;
}();

struct TagEnd {
    std::size_t end = 0; // of the tag: '[' or ':'
    std::size_t programAt = 0; // behind its last slash
};

TagEnd endOfTagIn(std::string_view text)
{
    TagEnd tag;
#ifdef __SSE2__
    // Tags are short: look at 32 bytes at once.
    if (text.size() >= 32) {
        const auto low = load16(text.data());
        const auto high = load16(text.data() + 16);
        const auto ends16 = [](__m128i bytes) {
            return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(
                _mm_cmpeq_epi8(bytes, _mm_set1_epi8('[')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8(':')))));
        };
        if (const std::uint32_t ends = ends16(low) | ends16(high) << 16; ends != 0) {
            tag.end = static_cast<std::size_t>(std::countr_zero(ends));
            const std::uint32_t slashes
                = (equal16(low, '/') | equal16(high, '/') << 16) & ((ends & (~ends + 1)) - 1);
            tag.programAt = 32 - static_cast<std::size_t>(std::countl_zero(slashes));
            return tag;
        }
    }
#endif
    for (; tag.end < text.size(); ++tag.end) {
        const unsigned char mark = marks[static_cast<unsigned char>(text[tag.end])];
        if (mark == endOfTag)
            break;
        if (mark == slash)
            tag.programAt = tag.end + 1;
    }
    return tag;
}

} // namespace

void unwrapRepeats(Line& line)
{
    constexpr std::string_view mark = "message repeated ";
    if (!line.message.starts_with(mark))
        return;
    const auto count = numberAt<std::uint32_t>(line.message.substr(mark.size()));
    const std::string_view inner = behind(line.message, " times: [ ");
    if (!count || *count == 0 || !inner.ends_with(']'))
        return;
    line.repeats = *count;
    line.message = inner.substr(0, inner.size() - 1);
}

std::optional<Line> split(std::string_view text)
{
    Line line;
    return splitInto(text, line) ? std::optional(line) : std::nullopt;
}

bool splitInto(std::string_view text, Line& line)
{
    const std::size_t known = line.host.size();
    const bool same = known != 0 && text.size() > known && text[known] == ' '
        && sameBytes(text.data(), line.host.data(), known);
    const auto blank = same ? known : text.find(' ');
    if (blank == std::string_view::npos || blank == 0)
        return false;
    line.host = text.substr(0, blank);
    text.remove_prefix(blank + 1);
    const auto [end, programAt] = endOfTagIn(text);
    line.tag = text.substr(0, end);
    line.program = text.substr(programAt, end - programAt);
    std::size_t at = end;
    if (at < text.size() && text[at] == '[')
        at += placeOf(text.substr(at), ']') + 1;
    if (line.tag.empty() || at >= text.size() || text[at] != ':')
        return false;
    ++at;
    line.message = text.substr(at < text.size() && text[at] == ' ' ? at + 1 : at);
    line.repeats = 1;
    if (line.message.starts_with('m'))
        unwrapRepeats(line);
    return true;
}

std::uint32_t repeatsOfLast(std::string_view text)
{
    constexpr std::string_view mark = "last message repeated ";
    if (!text.starts_with(mark) || !text.ends_with(" times"))
        return 0;
    return numberAt<std::uint32_t>(text.substr(mark.size())).value_or(0);
}

std::string_view serviceOf(std::string_view tag)
{
    const auto first = tag.find('/');
    const auto last = tag.rfind('/');
    return first == last ? std::string_view {} : tag.substr(first + 1, last - first - 1);
}

bool isPostfix(const Line& line)
{
    if (line.program.size() == line.tag.size() || line.tag.front() == '/')
        return false;
    return line.tag.starts_with("postfix")
        || std::find(std::begin(programs), std::end(programs), line.program) != std::end(programs);
}

} // namespace sluicegate::maillog
