// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to what a reader sees.
#include "models/notice/traced.h"

#include "models/message/ascii.h"
#include "models/notice/entities.h"

#include <algorithm>
#include <array>
#include <utility>

namespace sluicegate::notice {

namespace {

using message::findText;
using message::isAlnum;
using message::isBlank;
using message::lowered;
constexpr auto npos = std::string_view::npos;
constexpr std::size_t addressLimit = 998; // RFC 5322's line

// Lines that a tag makes at least: a paragraph stands apart, a row or an item begins a line.
std::size_t linesOf(std::string_view tag)
{
    static constexpr std::array<std::string_view, 13> apart {
        "p", "ul", "ol", "dl", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"};
    static constexpr std::array<std::string_view, 12> begins {
        "div", "tr", "li", "dt", "dd", "hr", "section", "article", "header", "footer", "address", "center"};
    if (std::ranges::find(apart, tag) != apart.end())
        return 2;
    return std::ranges::find(begins, tag) != begins.end() ? 1 : 0;
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

    void breakLines(std::size_t wanted)
    {
        if (m_result.text.empty())
            return;
        const std::string_view text = m_result.text;
        const auto end = text.substr(text.size() - std::min<std::size_t>(text.size(), 64));
        std::size_t lines = 0;
        for (auto i = end.size(); i > 0 && isBlank(end[i - 1]) && lines < wanted; --i)
            lines += end[i - 1] == '\n' ? 1 : 0;
        for (; lines < wanted; ++lines)
            put("\n");
    }

    void structure(std::string_view name, bool closing)
    {
        const bool cell = name == "td" || name == "th";
        if (name == "tr")
            m_cells = 0;
        if (cell && !closing && m_cells++ > 0)
            put("\t"); // which column a cell stands in tells what it holds
        if (name == "br")
            put("\n");
        breakLines(linesOf(name));
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
        if (name.empty() && !inside.starts_with('!') && !inside.starts_with('?'))
            return false;
        const auto mark = head.find_first_of("@ \t\n");
        if (mark != npos && head[mark] == '@')
            return false; // "<id@host>" that nobody escaped
        if (!closing && (name == "style" || name == "script" || name == "title"))
            return skipPast("</" + name);
        structure(name, closing);
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
        constexpr std::size_t longest = 20;
        const auto end = m_text.substr(m_i, longest).find(';');
        if (end == npos)
            return false;
        const auto text = characterReferred(m_text.substr(m_i + 1, end - 1));
        if (!text)
            return false;
        put(*text);
        m_i += end + 1;
        return true;
    }

    const Traced& m_body;
    std::string_view m_text;
    std::size_t m_i = 0;
    std::size_t m_lastEnd
        = 0; // the next '>', looked up once: many '<' without one must not cost a search each
    std::size_t m_cells = 0; // of this row
    Traced m_result;
};

} // namespace

Traced withoutHtml(const Traced& body)
{
    return Reader(body).read();
}

} // namespace sluicegate::notice
