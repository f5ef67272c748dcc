// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/jsonline.h"

#include <algorithm>
#include <charconv>

namespace sluicegate::app {

namespace {

// The length of the UTF-8 sequence at the front; 0 if it is none (overlong, surrogate, cut, or no lead byte).
std::size_t sequence(std::string_view text)
{
    const auto byte = [&](std::size_t n) { return static_cast<unsigned char>(text[n]); };
    const unsigned char lead = byte(0);
    const std::size_t length = lead < 0x80 ? 1
        : lead < 0xC2                      ? 0
        : lead < 0xE0                      ? 2
        : lead < 0xF0                      ? 3
        : lead < 0xF5                      ? 4
                                           : 0;
    if (length > text.size())
        return 0;
    for (std::size_t n = 1; n < length; ++n)
        if ((byte(n) & 0xC0) != 0x80)
            return 0;
    const bool wrong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xED && byte(1) > 0x9F)
        || (lead == 0xF0 && byte(1) < 0x90) || (lead == 0xF4 && byte(1) > 0x8F);
    return wrong ? 0 : length;
}

bool isPlain(char c)
{
    return static_cast<signed char>(c) >= ' ' && c != '"' && c != '\\' && c != 0x7F;
}

constexpr char digits[] = "0123456789abcdef";

// C1 controls, soft hyphen, zero width, line ends and direction: two or three bytes of UTF-8.
bool isLoud(char16_t c)
{
    return (c >= 0x80 && c < 0xA0) || c == 0xAD || c == 0x61C || c == 0x180E || (c >= 0x200B && c < 0x2010)
        || (c >= 0x2028 && c < 0x202F) || (c >= 0x2060 && c < 0x2070) || c == 0xFEFF;
}

// A sequence of several bytes.
void add(std::string& out, std::string_view sequence)
{
    const auto low = [&](std::size_t n) { return static_cast<unsigned char>(sequence[n]) & 0x3FU; };
    const auto c = sequence.size() == 2 ? (low(0) & 0x1FU) << 6U | low(1)
        : sequence.size() == 3          ? (low(0) & 0xFU) << 12U | low(1) << 6U | low(2)
                                        : 0;
    if (!isLoud(static_cast<char16_t>(c))) {
        out += sequence;
        return;
    }
    out += "\\u";
    for (const unsigned shift : {12U, 8U, 4U, 0U})
        out += digits[c >> shift & 15U];
}

void escape(std::string& out, char c)
{
    if (c == '"' || c == '\\') {
        out += '\\';
        out += c;
    } else {
        out += "\\u00";
        out += digits[(c >> 4) & 15];
        out += digits[c & 15];
    }
}

} // namespace

std::string quiet(std::string_view json)
{
    std::string out;
    out.reserve(json.size());
    while (!json.empty()) {
        const std::size_t bytes = std::max<std::size_t>(sequence(json), 1);
        if (json.front() == 0x7F)
            escape(out, json.front());
        else if (bytes == 1)
            out += json.front();
        else
            add(out, json.substr(0, bytes));
        json.remove_prefix(bytes);
    }
    return out;
}

void JsonLine::separate()
{
    if (!m_first)
        m_out += ',';
    m_first = false;
}

void JsonLine::open(char bracket)
{
    separate();
    m_out += bracket;
    m_first = true;
}

void JsonLine::close(char bracket)
{
    m_out += bracket;
    m_first = false;
}

void JsonLine::key(std::string_view name)
{
    separate();
    m_out += '"';
    m_out += name;
    m_out += "\":";
    m_first = true;
}

void JsonLine::text(std::string_view value)
{
    separate();
    m_out += '"';
    while (!value.empty()) {
        const auto plain = std::ranges::find_if_not(value, isPlain);
        const auto length = static_cast<std::size_t>(plain - value.begin());
        m_out += value.substr(0, length);
        value.remove_prefix(length);
        if (value.empty())
            break;
        const std::size_t bytes = sequence(value);
        if (bytes == 1)
            escape(m_out, value.front());
        else
            add(m_out, bytes == 0 ? std::string_view("\xEF\xBF\xBD") : value.substr(0, bytes));
        value.remove_prefix(std::max<std::size_t>(bytes, 1));
    }
    m_out += '"';
}

void JsonLine::number(std::int64_t value)
{
    separate();
    char text[24];
    m_out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

void JsonLine::number(double value)
{
    separate();
    char text[32];
    m_out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

void JsonLine::null()
{
    separate();
    m_out += "null";
}

void JsonLine::member(std::string_view name, std::string_view value)
{
    key(name);
    text(value);
}

void JsonLine::memberOrNull(std::string_view name, std::string_view value)
{
    key(name);
    if (value.empty())
        null();
    else
        text(value);
}

} // namespace sluicegate::app
