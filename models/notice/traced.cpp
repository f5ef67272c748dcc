// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/traced.h"

#include "models/message/ascii.h"
#include "models/message/encoding.h"

#include <array>
#include <utility>

namespace sluicegate::notice {

using message::isBlank;

namespace {

Traced slice(const Traced& body, std::size_t from, std::size_t end)
{
    Traced result;
    result.text = body.text.substr(from, end - from);
    result.at.assign(body.at.begin() + std::ptrdiff_t(from), body.at.begin() + std::ptrdiff_t(end));
    return result;
}

void append(Traced& result, const Traced& piece)
{
    result.text += piece.text;
    result.at.insert(result.at.end(), piece.at.begin(), piece.at.end());
}

Traced withoutBase64(const Traced& body)
{
    Traced result;
    std::string quantum;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= body.text.size(); ++i) {
        const bool end = i == body.text.size();
        if (!end && isBlank(body.text[i]))
            continue;
        if (quantum.empty() && !end)
            start = body.origin(i);
        if (!end)
            quantum += body.text[i];
        if (quantum.size() == 4 || end)
            result.add(message::decodeBase64(std::exchange(quantum, {})), start);
    }
    return result;
}

// Line by line, each keeping the exact place of its bytes where nothing is encoded.
template <typename Convert> Traced byLine(const Traced& body, Convert convert)
{
    Traced result;
    for (std::size_t from = 0; from < body.text.size();) {
        const auto newline = body.text.find('\n', from);
        const auto end = newline == std::string::npos ? body.text.size() : newline + 1;
        const auto line = std::string_view(body.text).substr(from, end - from);
        const std::string other = convert(line);
        if (other == line)
            append(result, slice(body, from, end));
        else
            result.add(other, body.origin(from));
        from = end;
    }
    return result;
}

} // namespace

std::string utf8(std::uint32_t point)
{
    if (point < 0x80)
        return std::string(1, char(point));
    std::string text;
    const auto tail = [&](unsigned shift) { text += char(0x80U | ((point >> shift) & 0x3FU)); };
    if (point < 0x800) {
        text += char(0xC0U | (point >> 6U));
    } else {
        text += char(point < 0x10000 ? 0xE0U | (point >> 12U) : 0xF0U | (point >> 18U));
        if (point >= 0x10000)
            tail(12);
        tail(6);
    }
    tail(0);
    return text;
}

void Traced::add(std::string_view piece, std::size_t from)
{
    text += piece;
    at.insert(at.end(), piece.size(), std::uint32_t(from));
}

void Traced::copy(const Traced& other, std::size_t index)
{
    text += other.text[index];
    at.push_back(other.at[index]);
}

std::size_t Traced::origin(std::size_t index) const
{
    return index < at.size() ? at[index] : at.empty() ? 0 : at.back();
}

Traced trace(std::string_view raw, std::size_t offset)
{
    Traced result;
    result.text = raw;
    result.at.resize(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i)
        result.at[i] = std::uint32_t(offset + i);
    return result;
}

Traced withoutEncoding(const Traced& body, std::string_view encoding)
{
    if (encoding == "base64")
        return withoutBase64(body);
    if (encoding == "quoted-printable")
        return byLine(body, [](std::string_view line) { return message::decodeQuotedPrintable(line); });
    return body;
}

Traced inUtf8(const Traced& body, std::string_view charset)
{
    return byLine(body, [charset](std::string_view line) { return message::toUtf8(line, charset); });
}

Traced fromUtf16(std::string_view raw)
{
    const bool big = raw.starts_with("\xFE\xFF");
    const auto unit = [&](std::size_t i) {
        const auto first = std::uint32_t(static_cast<unsigned char>(raw[i]));
        const auto second = std::uint32_t(static_cast<unsigned char>(raw[i + 1]));
        return big ? first << 8U | second : second << 8U | first;
    };
    Traced result;
    for (std::size_t i = 2; i + 1 < raw.size(); i += 2) {
        std::uint32_t point = unit(i);
        if (point >= 0xD800 && point < 0xDC00 && i + 3 < raw.size() && unit(i + 2) >= 0xDC00
            && unit(i + 2) < 0xE000) {
            point = 0x10000 + ((point - 0xD800) << 10U) + (unit(i + 2) - 0xDC00);
            result.add(utf8(point), i);
            i += 2;
            continue;
        }
        result.add(utf8(point >= 0xD800 && point < 0xE000 ? 0xFFFD : point), i);
    }
    return result;
}

} // namespace sluicegate::notice
