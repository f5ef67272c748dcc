// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to what a reader sees.
#include "models/notice/traced.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace sluicegate::notice {

namespace {

using message::findText;
using message::isAlnum;
using message::isBlank;
using message::lowered;
using message::sameText;
constexpr auto npos = std::string_view::npos;
constexpr std::size_t addressLimit = 998; // RFC 5322's line

bool breaksLine(std::string_view tag)
{
    static constexpr std::array<std::string_view, 14> names {
        "br", "p", "div", "tr", "li", "ul", "ol", "table", "h1", "h2", "h3", "h4", "blockquote", "pre"};
    return std::ranges::find(names, tag) != names.end();
}

struct Entity {
    std::string_view name;
    std::string_view text;
};

std::string_view namedEntity(std::string_view name)
{
    static constexpr std::array<Entity, 9> entities {{{"lt", "<"}, {"gt", ">"}, {"amp", "&"}, {"quot", "\""},
        {"apos", "'"}, {"nbsp", " "}, {"shy", ""}, {"commat", "@"}, {"zwnj", ""}}};
    for (const auto& entity : entities)
        if (entity.name == name)
            return entity.text;
    return "?";
}

class Reader {
public:
    explicit Reader(const Traced& body) : m_body(body), m_text(body.text) { }

    Traced read()
    {
        while (m_i < m_text.size()) {
            if (m_text[m_i] == '<' && tag())
                continue;
            if (m_text[m_i] == '&' && entity())
                continue;
            if (isBlank(m_text[m_i]))
                blank();
            else
                m_result.copy(m_body, m_i);
            ++m_i;
        }
        return std::move(m_result);
    }

private:
    void put(std::string_view piece) { m_result.add(piece, m_body.origin(m_i)); }

    void blank()
    {
        if (!m_result.text.empty() && !isBlank(m_result.text.back()))
            put(" ");
    }

    // Skips one tag; false when this '<' is text.
    bool tag()
    {
        if (m_text.substr(m_i).starts_with("<!--"))
            return skipPast("-->");
        if (m_lastEnd != npos && m_lastEnd <= m_i)
            m_lastEnd = m_text.find('>', m_i);
        const auto end = m_lastEnd;
        if (end == npos)
            return false;
        const auto inside = m_text.substr(m_i + 1, end - m_i - 1);
        const bool closing = inside.starts_with('/');
        const auto rest = inside.substr(closing ? 1 : 0);
        const auto nameEnd = std::ranges::find_if_not(rest, isAlnum) - rest.begin();
        const auto name = lowered(rest.substr(0, std::size_t(nameEnd)));
        const auto head = inside.substr(0, addressLimit);
        const bool address = head.substr(0, head.find_first_of(" \t\n")).find('@') != npos;
        if (address || (name.empty() && !inside.starts_with('!') && !inside.starts_with('?')))
            return false;
        if (!closing && (name == "style" || name == "script" || name == "title"))
            return skipPast("</" + name);
        if (breaksLine(name))
            put("\n");
        else if (name == "td" || name == "th")
            blank();
        m_i = end + 1;
        return true;
    }

    bool skipPast(const std::string& mark)
    {
        const auto end = findText(m_text, mark, m_i + 1);
        m_i = end == npos ? m_text.size() : end + mark.size();
        if (mark.starts_with("</")) {
            const auto close = m_text.find('>', m_i);
            m_i = close == npos ? m_text.size() : close + 1;
        }
        return true;
    }

    bool entity()
    {
        const auto end = m_text.substr(m_i, 12).find(';');
        if (end == npos)
            return false;
        const auto name = m_text.substr(m_i + 1, end - 1);
        if (name.starts_with('#')) {
            if (!codePoint(name.substr(1)))
                return false;
        } else if (const auto text = namedEntity(name); text != "?") {
            put(text);
        } else {
            return false;
        }
        m_i += end + 1;
        return true;
    }

    bool codePoint(std::string_view digits)
    {
        const bool hex = digits.starts_with('x') || digits.starts_with('X');
        std::uint32_t point = 0;
        for (const char c : digits.substr(hex ? 1 : 0)) {
            if (!(hex ? message::isHex(c) : message::isDigit(c)))
                return false;
            point = point * (hex ? 16U : 10U)
                + std::uint32_t(message::isDigit(c) ? c - '0' : message::lower(c) - 'a' + 10);
        }
        if (point == 0xAD || (point >= 0x200B && point <= 0x200D) || point == 0xFEFF)
            return true; // seen by nobody
        put(point == 0xA0                       ? std::string(" ")
                : point >= 0x20 && point < 0x7F ? std::string(1, char(point))
                                                : std::string("?"));
        return true;
    }

    const Traced& m_body;
    std::string_view m_text;
    std::size_t m_i = 0;
    std::size_t m_lastEnd
        = 0; // the next '>', looked up once: many '<' without one must not cost a search each
    Traced m_result;
};

} // namespace

Traced withoutHtml(const Traced& body)
{
    return Reader(body).read();
}

} // namespace sluicegate::notice
