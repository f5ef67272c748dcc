// SPDX-License-Identifier: GPL-3.0-or-later
// Foreign bytes made harmless and visible.
#include "models/words/words.h"

#include <QChar>

#include <algorithm>
#include <array>

namespace sluicegate::words {

namespace {

// Letters and marks that show nothing at all and so could hide in an address (Other_Default_Ignorable).
bool invisible(char32_t c)
{
    static constexpr std::array<char32_t, 9> none
        = {0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x2800, 0x3164, 0xFFA0};
    return std::find(none.begin(), none.end(), c) != none.end();
}

bool speaksForItself(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // bidi overrides and isolates, zero-width blanks, soft hyphen, tags
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return false;
    default:
        return !invisible(c);
    }
}

void appendVisible(QString& to, char32_t c)
{
    if (c < 0x20) // Unicode has a picture of each C0 control
        to += QChar(char16_t(0x2400 + c));
    else if (c == 0x7F)
        to += QChar(u'\u2421');
    else
        to += QStringLiteral("\u27E8U+%1\u27E9").arg(quint32(c), 4, 16, QLatin1Char('0')).toUpper();
}

// Length of the well-formed UTF-8 sequence at the front (RFC 3629: no overlong forms, no surrogates), or 0.
std::size_t wellFormed(std::string_view s)
{
    const auto at = [s](std::size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0U; };
    const auto more = [&](std::size_t i) { return (at(i) & 0xC0U) == 0x80U; };
    const unsigned a = at(0);
    const unsigned b = at(1);
    if (a < 0x80)
        return 1;
    if (a >= 0xC2 && a <= 0xDF)
        return more(1) ? 2 : 0;
    if (a >= 0xE0 && a <= 0xEF)
        return more(1) && more(2) && (a != 0xE0 || b >= 0xA0) && (a != 0xED || b < 0xA0) ? 3 : 0;
    if (a >= 0xF0 && a <= 0xF4)
        return more(1) && more(2) && more(3) && (a != 0xF0 || b >= 0x90) && (a != 0xF4 || b < 0x90) ? 4 : 0;
    return 0;
}

char32_t decoded(std::string_view sequence)
{
    const auto lead = static_cast<unsigned char>(sequence[0]);
    if (sequence.size() == 1)
        return lead;
    char32_t c = lead & (0x7FU >> sequence.size());
    for (const char next : sequence.substr(1))
        c = (c << 6U) | (static_cast<unsigned char>(next) & 0x3FU);
    return c;
}

void appendRaw(QString& to, char byte)
{
    to += QStringLiteral("\u27E8%1\u27E9")
              .arg(static_cast<unsigned char>(byte), 2, 16, QLatin1Char('0'))
              .toUpper();
}

} // namespace

QString inert(std::string_view bytes)
{
    QString out;
    out.reserve(qsizetype(bytes.size()));
    while (!bytes.empty()) {
        const std::size_t length = wellFormed(bytes);
        const char32_t c = length == 0 ? 0 : decoded(bytes.substr(0, length));
        if (length == 0)
            appendRaw(out, bytes.front());
        else if (speaksForItself(c))
            out += QChar::fromUcs4(c);
        else
            appendVisible(out, c);
        bytes.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

} // namespace sluicegate::words
