// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/anystamp.h"

#include <algorithm>

namespace sluicegate::maillog {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// "d" stands for a digit, all else for itself.
bool looksLike(std::string_view text, std::string_view pattern)
{
    return text.size() >= pattern.size()
        && std::equal(pattern.begin(), pattern.end(), text.begin(),
            [](char wanted, char c) { return wanted == 'd' ? isDigit(c) : c == wanted; });
}

int digits(std::string_view text)
{
    int value = 0;
    for (const char c : text)
        value = value * 10 + (c - '0');
    return value;
}

// "<22>1 2026-11-23T09:44:08.003Z ", or "<22>" in front of an older stamp as it comes over the wire.
Stamp readWithPriority(std::string_view line)
{
    constexpr std::size_t longest = 5; // "<191>"
    const std::size_t close = line.substr(0, longest).find('>');
    if (close == std::string_view::npos || close < 2
        || !std::ranges::all_of(line.substr(1, close - 1), isDigit))
        return {};
    std::size_t before = close + 1;
    const bool structured = line.substr(before).starts_with("1 ");
    before += structured ? 2 : 0;
    Stamp stamp = StampReader().read(line.substr(before));
    if (stamp.form == Stamp::Form::None || (structured && stamp.form != Stamp::Form::Zoned))
        return {};
    stamp.length += before;
    stamp.body = structured ? Stamp::Body::Structured : Stamp::Body::Tagged;
    return stamp;
}

// Takes " +0100" off, as seconds.
std::optional<std::chrono::seconds> takeZone(std::string_view& text)
{
    if (!looksLike(text.substr(std::min<std::size_t>(2, text.size())), "dddd")
        || (!text.starts_with(" +") && !text.starts_with(" -")))
        return {};
    const int minutes = digits(text.substr(2, 2)) * 60 + digits(text.substr(4, 2));
    const int sign = text[1] == '-' ? -1 : 1;
    text.remove_prefix(6);
    return std::chrono::minutes(sign * minutes);
}

// "2026-11-23 09:44:08 ", "2026-11-23 09:44:08.123 +0100 "
Stamp readExim(std::string_view line)
{
    constexpr std::string_view pattern = "dddd-dd-dd dd:dd:dd";
    if (!looksLike(line, pattern))
        return {};
    const std::chrono::year_month_day date {std::chrono::year(digits(line.substr(0, 4))),
        std::chrono::month(unsigned(digits(line.substr(5, 2)))),
        std::chrono::day(unsigned(digits(line.substr(8, 2))))};
    const int hour = digits(line.substr(11, 2));
    const int minute = digits(line.substr(14, 2));
    const int second = digits(line.substr(17, 2));
    if (!date.ok() || int(date.year()) < 1970 || hour > 23 || minute > 59 || second > 60)
        return {};
    std::string_view text = line.substr(pattern.size());
    std::int64_t micros = 0;
    if (text.starts_with('.')) {
        std::int64_t scale = 100'000;
        for (text.remove_prefix(1); !text.empty() && isDigit(text.front());
            text.remove_prefix(1), scale /= 10)
            micros += (text.front() - '0') * scale;
    }
    const auto zone = takeZone(text);
    if (!text.starts_with(' '))
        return {};
    Stamp stamp;
    stamp.form = zone ? Stamp::Form::Zoned : Stamp::Form::Local;
    stamp.body = Stamp::Body::Exim;
    stamp.instant = base::Instant(std::chrono::sys_days(date)) + std::chrono::hours(hour)
        + std::chrono::minutes(minute) + std::chrono::seconds(second) + std::chrono::microseconds(micros)
        - zone.value_or(std::chrono::seconds(0));
    stamp.length = line.size() - text.size() + 1;
    return stamp;
}

// "@" and 24 hexadecimal digits: TAI64N as multilog writes it, which counts ten seconds more than Unix does.
Stamp readTai(std::string_view line)
{
    constexpr std::size_t length = 26;
    if (line.size() < length || line[length - 1] != ' ')
        return {};
    std::uint64_t value[2] {};
    for (std::size_t n = 0; n < 24; ++n) {
        const char c = line[n + 1];
        if (!isDigit(c) && (c < 'a' || c > 'f'))
            return {};
        std::uint64_t& number = value[n < 16 ? 0 : 1];
        number = number << 4 | static_cast<std::uint64_t>(isDigit(c) ? c - '0' : c - 'a' + 10);
    }
    constexpr std::uint64_t epoch = (1ull << 62) + 10;
    constexpr std::uint64_t last = 1ull << 36; // far beyond any log, far below any overflow
    if (value[0] < epoch || value[0] - epoch > last || value[1] >= 1'000'000'000)
        return {};
    Stamp stamp;
    stamp.form = Stamp::Form::Zoned;
    stamp.body = Stamp::Body::Multilog;
    stamp.instant = base::Instant(std::chrono::seconds(static_cast<std::int64_t>(value[0] - epoch))
        + std::chrono::microseconds(static_cast<std::int64_t>(value[1] / 1000)));
    stamp.length = length;
    return stamp;
}

std::string_view takeWord(std::string_view& text)
{
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, blank);
    text.remove_prefix(std::min(blank + 1, text.size()));
    return word;
}

// "-" or "[id name=\"value\"]..." where a value may hold an escaped bracket; what follows is the message.
std::string_view behindStructuredData(std::string_view text)
{
    if (!text.starts_with('[')) {
        takeWord(text);
        return text;
    }
    bool quoted = false;
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '\\')
            ++at;
        else if (c == '"')
            quoted = !quoted;
        else if (c == ']' && !quoted && (at + 1 == text.size() || text[at + 1] != '['))
            break;
    }
    return text.substr(std::min(at + 2, text.size()));
}

// "host app-name procid msgid structured-data message"
bool splitStructured(std::string_view text, Line& line)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    line = {};
    line.host = takeWord(text);
    line.tag = takeWord(text);
    line.program = line.tag.substr(line.tag.rfind('/') + 1);
    takeWord(text);
    takeWord(text);
    line.message = behindStructuredData(text);
    if (line.message.starts_with(byteOrderMark))
        line.message.remove_prefix(byteOrderMark.size());
    unwrapRepeats(line);
    return !line.host.empty() && !line.tag.empty();
}

// "[4711] text" with log_selector = +pid
std::string_view withoutPid(std::string_view text)
{
    if (!text.starts_with('['))
        return text;
    const std::size_t close = text.find_first_not_of("0123456789", 1);
    return close != 1 && text.substr(std::min(close, text.size())).starts_with("] ") ? text.substr(close + 2)
                                                                                     : text;
}

} // namespace

Stamp readRareStamp(std::string_view line)
{
    if (line.empty())
        return {};
    return line.front() == '<' ? readWithPriority(line)
        : line.front() == '@'  ? readTai(line)
                               : readExim(line);
}

Stamp readAnyStamp(std::string_view line)
{
    const Stamp stamp = StampReader().read(line);
    return stamp.form == Stamp::Form::None ? readRareStamp(line) : stamp;
}

bool splitBody(std::string_view text, Stamp::Body body, Line& line)
{
    switch (body) {
    case Stamp::Body::Tagged:
        return splitInto(text, line);
    case Stamp::Body::Structured:
        return splitStructured(text, line);
    case Stamp::Body::Exim:
        line = {.host = {}, .tag = "exim", .program = "exim", .message = withoutPid(text)};
        return true;
    case Stamp::Body::Multilog:
        line = {.host = {}, .tag = "qmail", .program = "qmail", .message = text};
        return true;
    }
    return false;
}

} // namespace sluicegate::maillog
