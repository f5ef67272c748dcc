// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/entities.h"

#include "models/message/ascii.h"
#include "models/message/encoding.h"
#include "models/notice/traced.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace sluicegate::notice {

namespace {

struct Entity {
    std::string_view name;
    std::string_view text;
};

// Latin-1 from U+00A1 on, in order.
constexpr std::array<std::string_view, 95> latin {"iexcl", "cent", "pound", "curren", "yen", "brvbar", "sect",
    "uml", "copy", "ordf", "laquo", "not", "shy", "reg", "macr", "deg", "plusmn", "sup2", "sup3", "acute",
    "micro", "para", "middot", "cedil", "sup1", "ordm", "raquo", "frac14", "frac12", "frac34", "iquest",
    "Agrave", "Aacute", "Acirc", "Atilde", "Auml", "Aring", "AElig", "Ccedil", "Egrave", "Eacute", "Ecirc",
    "Euml", "Igrave", "Iacute", "Icirc", "Iuml", "ETH", "Ntilde", "Ograve", "Oacute", "Ocirc", "Otilde",
    "Ouml", "times", "Oslash", "Ugrave", "Uacute", "Ucirc", "Uuml", "Yacute", "THORN", "szlig", "agrave",
    "aacute", "acirc", "atilde", "auml", "aring", "aelig", "ccedil", "egrave", "eacute", "ecirc", "euml",
    "igrave", "iacute", "icirc", "iuml", "eth", "ntilde", "ograve", "oacute", "ocirc", "otilde", "ouml",
    "divide", "oslash", "ugrave", "uacute", "ucirc", "uuml", "yacute", "thorn", "yuml"};

constexpr std::array<Entity, 58> others {{{"lt", "<"}, {"gt", ">"}, {"amp", "&"}, {"quot", "\""},
    {"apos", "'"}, {"LT", "<"}, {"GT", ">"}, {"AMP", "&"}, {"QUOT", "\""}, {"nbsp", " "}, {"ensp", " "},
    {"emsp", " "}, {"thinsp", " "}, {"hairsp", " "}, {"numsp", " "}, {"Tab", "\t"}, {"NewLine", "\n"},
    {"zwnj", ""}, {"zwj", ""}, {"lrm", ""}, {"rlm", ""}, {"NoBreak", ""}, {"ZeroWidthSpace", ""},
    {"commat", "@"}, {"period", "."}, {"comma", ","}, {"colon", ":"}, {"semi", ";"}, {"lpar", "("},
    {"rpar", ")"}, {"lsqb", "["}, {"rsqb", "]"}, {"lowbar", "_"}, {"sol", "/"}, {"num", "#"}, {"plus", "+"},
    {"equals", "="}, {"excl", "!"}, {"quest", "?"}, {"ast", "*"}, {"hyphen", "‐"}, {"dash", "‐"},
    {"ndash", "–"}, {"mdash", "—"}, {"lsquo", "‘"}, {"rsquo", "’"}, {"sbquo", "‚"}, {"ldquo", "“"},
    {"rdquo", "”"}, {"bdquo", "„"}, {"lsaquo", "‹"}, {"rsaquo", "›"}, {"hellip", "…"}, {"bull", "•"},
    {"euro", "€"}, {"trade", "™"}, {"rarr", "→"}, {"OElig", "Œ"}}};

std::optional<std::uint32_t> pointNumbered(std::string_view digits)
{
    const bool hex = digits.starts_with('x') || digits.starts_with('X');
    digits.remove_prefix(hex ? 1 : 0);
    if (digits.empty() || digits.size() > 7)
        return {};
    std::uint32_t point = 0;
    for (const char c : digits) {
        if (!(hex ? message::isHex(c) : message::isDigit(c)))
            return {};
        const int digit = message::isDigit(c) ? c - '0' : message::lower(c) - 'a' + 10;
        point = point * (hex ? 16U : 10U) + std::uint32_t(digit);
    }
    return point;
}

bool isUnseen(std::uint32_t point)
{
    return point == 0xAD || (point >= 0x200B && point <= 0x200F) || (point >= 0x2060 && point <= 0x2064)
        || point == 0xFEFF;
}

std::string character(std::uint32_t point)
{
    if (isUnseen(point))
        return {};
    if (point == 0xA0 || point == 0x202F || (point >= 0x2000 && point <= 0x200A))
        return " ";
    // HTML reads the C1 controls as Windows-1252, which the writers of "&#150;" mean.
    if (point >= 0x80 && point < 0xA0)
        return message::toUtf8(std::string(1, char(point)), "windows-1252");
    const bool control = (point < 0x20 && point != '\n' && point != '\t') || point == 0x7F;
    const bool surrogate = point >= 0xD800 && point < 0xE000;
    return utf8(control || surrogate || point > 0x10FFFF ? 0xFFFD : point);
}

} // namespace

std::optional<std::string> characterReferred(std::string_view name)
{
    if (name.starts_with('#')) {
        const auto point = pointNumbered(name.substr(1));
        return point ? std::optional(character(*point)) : std::nullopt;
    }
    if (const auto found = std::ranges::find(others, name, &Entity::name); found != others.end())
        return std::string(found->text);
    const auto found = std::ranges::find(latin, name);
    if (found == latin.end())
        return {};
    return character(0xA1U + std::uint32_t(found - latin.begin()));
}

} // namespace sluicegate::notice
