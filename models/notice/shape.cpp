// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/shape.h"

#include "models/message/ascii.h"
#include "models/message/date.h"

#include <algorithm>

namespace sluicegate::notice {

namespace {

using message::isAlnum;
using message::isAlpha;
using message::isDigit;
using message::isHex;

bool all(std::string_view text, bool (*is)(char))
{
    return std::ranges::all_of(text, is);
}

bool isUpperHex(char c)
{
    return isDigit(c) || (c >= 'A' && c <= 'F');
}

// Postfix' long queue ids count in base 52: digits and letters without vowels.
constexpr std::string_view base52 = "0123456789BCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
constexpr std::string_view base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::optional<std::int64_t> valueOf(std::string_view digits, std::string_view alphabet)
{
    std::int64_t value = 0;
    for (const char c : digits) {
        const auto digit = alphabet.find(c);
        if (digit == std::string_view::npos)
            return {};
        value = value * std::int64_t(alphabet.size()) + std::int64_t(digit);
    }
    return value;
}

std::optional<base::Instant> instantFrom(std::optional<std::int64_t> seconds)
{
    constexpr std::int64_t year2000 = 946'684'800;
    constexpr std::int64_t year2100 = 4'102'444'800;
    if (!seconds || *seconds < year2000 || *seconds > year2100)
        return {};
    return base::Instant(std::chrono::seconds(*seconds));
}

// "20261123084408", or without the seconds as Sendmail writes it.
std::optional<base::Instant> stamp(std::string_view digits)
{
    if (!all(digits, isDigit) || (digits.size() != 14 && digits.size() != 12))
        return {};
    const auto part = [digits](std::size_t from, std::size_t size) {
        return *message::number(digits.substr(from, size));
    };
    return message::instantOf(int(part(0, 4)), part(4, 2), part(6, 2), part(8, 2), part(10, 2),
        digits.size() == 14 ? part(12, 2) : 0);
}

// Six digits of seconds, four of microseconds, 'z', the inode.
bool isLongQueueId(std::string_view text)
{
    if (text.size() < 12 || text.size() > 24 || text[10] != 'z' || !valueOf(text.substr(0, 1), base52))
        return false;
    const auto micro = valueOf(text.substr(6, 4), base52);
    return instantFrom(valueOf(text.substr(0, 6), base52)) && micro && *micro < 1'000'000
        && std::ranges::all_of(text, [](char c) { return base52.find(c) != std::string_view::npos; });
}

// "1oyXyz-0001bo-D3" up to 4.96, "1x9hqp-000000076Qy-1Ug8" since.
bool isEximId(std::string_view text)
{
    const bool old = text.size() == 16 && text[6] == '-' && text[13] == '-';
    const bool wide = text.size() == 23 && text[6] == '-' && text[18] == '-';
    return (old || wide) && std::ranges::count(text, '-') == 2
        && std::ranges::all_of(text, [](char c) { return isAlnum(c) || c == '-'; });
}

bool isUuid(std::string_view text)
{
    if (text.size() != 36)
        return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 8 || i == 13 || i == 18 || i == 23 ? text[i] != '-' : !isHex(text[i]))
            return false;
    return true;
}

// PHPMailer 6: base64 of a SHA-256 without '+', '/' and '=': up to 43 letters and digits, of both cases.
bool isPhpMailer(std::string_view text)
{
    const auto upper = [](char c) { return isAlpha(c) && message::lower(c) != c; };
    const auto low = [](char c) { return isAlpha(c) && message::lower(c) == c; };
    return text.size() >= 32 && text.size() <= 43 && all(text, isAlnum) && !all(text, isHex)
        && std::ranges::any_of(text, upper) && std::ranges::any_of(text, low)
        && std::ranges::any_of(text, isDigit);
}

// "20261123084408.3A1B2C4D5E", "20261123084408.19513.qmail", Sendmail's "202611230844.sAND8i8x004712"
void judgeStamped(NoticedId& id, std::string_view left)
{
    const auto dot = left.find('.');
    const auto time = dot == std::string_view::npos ? std::nullopt : stamp(left.substr(0, dot));
    if (!time)
        return;
    const auto rest = left.substr(dot + 1);
    const bool sendmail = dot == 12 && rest.size() >= 12 && rest.size() <= 16 && all(rest, isAlnum);
    if (rest.ends_with(".qmail") && dot == 14)
        id.shape = Shape::Qmail;
    else if (dot == 14 && rest.size() >= 6 && rest.size() <= 16 && all(rest, isUpperHex))
        id.shape = Shape::PostfixShort;
    else if (dot == 14 && isLongQueueId(rest))
        id.shape = Shape::PostfixLong;
    else if (!sendmail)
        return;
    id.hintTime = time;
    if (id.shape != Shape::Qmail)
        id.hintQueueId = rest;
}

} // namespace

void judgeShape(NoticedId& id)
{
    const std::string_view whole = id.id.value;
    const auto at = whole.rfind('@');
    if (at == std::string_view::npos)
        return;
    const auto left = whole.substr(0, at);
    judgeStamped(id, left);
    if (id.hintTime) {
        id.hintHost = whole.substr(at + 1);
    } else if (isLongQueueId(left)) {
        id.shape = Shape::PostfixLong;
        id.hintQueueId = left;
        id.hintTime = instantFrom(valueOf(left.substr(0, 6), base52));
        id.hintHost = whole.substr(at + 1);
    } else if (left.starts_with('E') && isEximId(left.substr(1))) {
        id.shape = Shape::Exim;
        id.hintQueueId = left.substr(1);
        id.hintTime = instantFrom(valueOf(left.substr(1, 6), base62));
        id.hintHost = whole.substr(at + 1);
    } else if (isUuid(left)) {
        id.shape = Shape::Uuid;
    } else if (isPhpMailer(left)) {
        id.shape = Shape::PhpMailer;
        id.hintHost = whole.substr(at + 1);
    }
}

bool isMachineMade(std::string_view token)
{
    NoticedId id;
    id.id.value = token;
    judgeShape(id);
    return id.shape != Shape::Unknown || id.hintTime.has_value();
}

} // namespace sluicegate::notice
