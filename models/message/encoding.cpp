// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/encoding.h"

#include "models/message/ascii.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <iconv.h>
#include <optional>

namespace sluicegate::message {

namespace {

int base64Value(char c)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (isDigit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

int hexValue(char c)
{
    return isDigit(c) ? c - '0' : isHex(c) ? lower(c) - 'a' + 10 : -1;
}

// Only sets that mail uses; iconv knows hundreds, and some of its stateful ones have had holes.
bool knownCharset(std::string_view charset)
{
    static constexpr std::array<std::string_view, 17> exact {"utf-8", "utf8", "us-ascii", "ascii", "koi8-r",
        "koi8-u", "big5", "gb2312", "gbk", "gb18030", "euc-jp", "euc-kr", "shift_jis", "iso-2022-jp",
        "tis-620", "macintosh", "utf-7"};
    for (const auto name : exact)
        if (sameText(charset, name))
            return true;
    return startsWith(charset, "iso-8859-") || startsWith(charset, "windows-125")
        || startsWith(charset, "cp125");
}

// A set whose bytes mean different things after an escape must be decoded word by word.
bool isStateful(std::string_view charset)
{
    return startsWith(charset, "iso-2022") || startsWith(charset, "hz") || startsWith(charset, "utf-7");
}

std::string convert(std::string_view bytes, const char* charset)
{
    const iconv_t converter = ::iconv_open("UTF-8", charset);
    if (converter == reinterpret_cast<iconv_t>(-1))
        return std::string(bytes);
    std::string result;
    std::array<char, 4096> buffer {};
    char* in = const_cast<char*>(bytes.data());
    std::size_t inLeft = bytes.size();
    while (inLeft > 0) {
        char* out = buffer.data();
        std::size_t outLeft = buffer.size();
        const auto status = ::iconv(converter, &in, &inLeft, &out, &outLeft);
        result.append(buffer.data(), buffer.size() - outLeft);
        if (status != std::size_t(-1) || errno == E2BIG)
            continue;
        result += "\xEF\xBF\xBD"; // not a character of that set
        ++in;
        --inLeft;
    }
    ::iconv_close(converter);
    return result;
}

struct EncodedWord {
    std::string_view charset;
    std::string bytes;
    std::size_t end = 0;
};

// The encoded word at `start` ("=?"); `noMoreEnds` remembers that no "?=" follows, else a row of openings
// would make the search quadratic.
std::optional<EncodedWord> wordAt(std::string_view text, std::size_t start, bool& noMoreEnds)
{
    const auto charsetEnd = text.find('?', start + 2);
    if (charsetEnd == std::string_view::npos || charsetEnd - start > 80 || charsetEnd + 2 >= text.size()
        || text[charsetEnd + 2] != '?')
        return {};
    const char encoding = lower(text[charsetEnd + 1]);
    const auto body = charsetEnd + 3;
    const auto end = text.find("?=", body);
    noMoreEnds = end == std::string_view::npos;
    if (noMoreEnds || (encoding != 'b' && encoding != 'q'))
        return {};
    EncodedWord word {text.substr(start + 2, charsetEnd - start - 2), {}, end + 2};
    word.charset = word.charset.substr(0, word.charset.find('*')); // RFC 2231 5: a language may follow
    if (encoding == 'b') {
        word.bytes = decodeBase64(text.substr(body, end - body));
        return word;
    }
    std::string plain(text.substr(body, end - body));
    for (char& c : plain)
        c = c == '_' ? ' ' : c;
    word.bytes = decodeQuotedPrintable(plain);
    return word;
}

} // namespace

std::string decodeBase64(std::string_view text)
{
    std::string result;
    result.reserve(text.size() / 4 * 3);
    std::uint32_t bits = 0;
    int have = 0;
    for (const char c : text) {
        if (c == '=') { // padding ends a quantum; senders glue several together
            have = 0;
            continue;
        }
        const int value = base64Value(c);
        if (value < 0)
            continue;
        bits = (bits << 6U) | std::uint32_t(value);
        if (have == 0) {
            have = 6;
            continue;
        }
        have -= 2;
        result += char((bits >> unsigned(have)) & 0xFFU);
    }
    return result;
}

std::string decodeQuotedPrintable(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            result += text[i];
        } else if (i + 2 < text.size() && hexValue(text[i + 1]) >= 0 && hexValue(text[i + 2]) >= 0) {
            result += char(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else if (i + 1 < text.size() && text[i + 1] == '\n') {
            i += 1;
        } else if (i + 2 < text.size() && text[i + 1] == '\r' && text[i + 2] == '\n') {
            i += 2;
        } else {
            result += '=';
        }
    }
    return result;
}

bool isUtf8(std::string_view bytes)
{
    for (std::size_t i = 0; i < bytes.size();) {
        const auto c = static_cast<unsigned char>(bytes[i]);
        const std::size_t length = c < 0x80 ? 1
            : c >= 0xC2 && c < 0xE0         ? 2
            : (c & 0xF0U) == 0xE0           ? 3
            : c >= 0xF0 && c < 0xF5         ? 4
                                            : 0;
        if (length == 0 || i + length > bytes.size())
            return false;
        std::uint32_t point = length == 1 ? c : c & (0x7FU >> length);
        for (std::size_t k = 1; k < length; ++k) {
            const auto next = static_cast<unsigned char>(bytes[i + k]);
            if ((next & 0xC0U) != 0x80)
                return false;
            point = (point << 6U) | (next & 0x3FU);
        }
        if ((length == 3 && point < 0x800) || (length == 4 && (point < 0x10000 || point > 0x10FFFF))
            || (point >= 0xD800 && point < 0xE000))
            return false;
        i += length;
    }
    return true;
}

std::string toUtf8(std::string_view bytes, std::string_view charset, bool* known)
{
    const bool understood = knownCharset(charset);
    if (known)
        *known = understood;
    const bool shouldBeUtf8 = !understood || sameText(charset, "utf-8") || sameText(charset, "utf8")
        || sameText(charset, "us-ascii") || sameText(charset, "ascii");
    if (shouldBeUtf8)
        return isUtf8(bytes) ? std::string(bytes) : convert(bytes, "WINDOWS-1252");
    // The browsers' and mailers' habit: what claims to be Latin-1 is Windows-1252.
    return convert(bytes, sameText(charset, "iso-8859-1") ? "WINDOWS-1252" : std::string(charset).c_str());
}

std::string decodeWords(std::string_view text, bool* defect)
{
    std::string result;
    std::string pending; // bytes of neighbouring words, not yet converted
    std::string_view pendingCharset;
    bool noMoreEnds = false;
    bool broken = false;
    const auto flush = [&] {
        bool known = true;
        if (!pending.empty())
            result += toUtf8(pending, pendingCharset, &known);
        broken = broken || !known;
        pending.clear();
    };
    std::size_t from = 0;
    while (from < text.size()) {
        auto start = noMoreEnds ? std::string_view::npos : text.find("=?", from);
        const auto word = start == std::string_view::npos ? std::nullopt : wordAt(text, start, noMoreEnds);
        if (start == std::string_view::npos)
            break;
        if (!word) {
            flush();
            pendingCharset = {};
            broken = true;
            result += text.substr(from, start + 2 - from);
            from = start + 2;
            continue;
        }
        const auto between = text.substr(from, start - from);
        const bool glued = !pendingCharset.empty() && from > 0 && trimmed(between).empty();
        if (!glued || !sameText(word->charset, pendingCharset) || isStateful(word->charset)) {
            flush();
            result += glued ? std::string_view {} : between;
        }
        pendingCharset = word->charset;
        pending += word->bytes;
        from = word->end;
    }
    flush();
    result += text.substr(from);
    if (defect)
        *defect = broken;
    return result;
}

} // namespace sluicegate::message
