// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/plaintext.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace sluicegate::message {

namespace {

constexpr auto npos = std::string_view::npos;

void appendUtf8(std::string& to, std::uint32_t c)
{
    if (c < 0x80) {
        to += static_cast<char>(c);
    } else if (c < 0x800) {
        to += static_cast<char>(0xC0U | (c >> 6U));
        to += static_cast<char>(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
        to += static_cast<char>(0xE0U | (c >> 12U));
        to += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        to += static_cast<char>(0x80U | (c & 0x3FU));
    } else {
        to += static_cast<char>(0xF0U | ((c >> 18U) & 0x07U));
        to += static_cast<char>(0x80U | ((c >> 12U) & 0x3FU));
        to += static_cast<char>(0x80U | ((c >> 6U) & 0x3FU));
        to += static_cast<char>(0x80U | (c & 0x3FU));
    }
}

// "&amp;" or "&#8203;" at the front: appends what it stands for and says how long it is; 0 when it is
// neither.
std::size_t reference(std::string& to, std::string_view html)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> named {
        {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&nbsp;", " "}}};
    for (const auto& [name, sign] : named)
        if (html.starts_with(name)) {
            to += sign;
            return name.size();
        }
    if (!html.starts_with("&#"))
        return 0;
    const auto end = html.substr(0, 12).find(';');
    const bool hex = html.size() > 2 && lower(html[2]) == 'x';
    const std::size_t begin = hex ? 3 : 2;
    if (end == npos || end <= begin)
        return 0;
    std::uint32_t code = 0;
    const auto [stop, error] = std::from_chars(html.data() + begin, html.data() + end, code, hex ? 16 : 10);
    if (error != std::errc() || stop != html.data() + end || code > 0x10FFFF)
        return 0;
    appendUtf8(to, code);
    return end + 1;
}

bool breaksLine(std::string_view tag)
{
    static constexpr std::array<std::string_view, 12> names {
        "br", "p", "div", "tr", "li", "h1", "h2", "h3", "table", "ul", "blockquote", "hr"};
    return std::ranges::any_of(names, [tag](auto name) { return sameText(tag, name); });
}

// The target in <a href="...">, of a scheme or not: it is only ever shown.
std::string_view target(std::string_view tag)
{
    const auto at = findText(tag, "href=");
    if (at == npos)
        return {};
    auto value = tag.substr(at + 5);
    if (value.starts_with('"') || value.starts_with('\''))
        return value.substr(1, value.find(value.front(), 1) - 1);
    return value.substr(0, value.find_first_of(" \t\r\n>"));
}

class Reader {
public:
    Reader(std::string_view html, std::size_t most) : m_html(html), m_most(most) { }

    std::string read()
    {
        while (m_at < m_html.size() && m_text.size() < m_most) {
            const char c = m_html[m_at];
            if (c == '<' && m_at + 1 < m_html.size()
                && (isAlpha(m_html[m_at + 1]) || m_html[m_at + 1] == '/' || m_html[m_at + 1] == '!'))
                tag();
            else if (const auto length = c == '&' ? reference(m_text, m_html.substr(m_at)) : 0; length > 0)
                m_at += length;
            else
                sign(c);
        }
        return std::move(m_text);
    }

private:
    void sign(char c)
    {
        ++m_at;
        if (!isBlank(c))
            m_text += c;
        else if (!m_text.empty() && !isBlank(m_text.back()))
            m_text += ' ';
    }

    void tag()
    {
        if (m_html.substr(m_at).starts_with("<!--"))
            return skipPast("-->");
        const auto end = m_html.find('>', m_at);
        const auto tag = m_html.substr(m_at + 1, end == npos ? npos : end - m_at - 1);
        m_at = end == npos ? m_html.size() : end + 1;
        const bool closes = tag.starts_with('/');
        const auto name = tag.substr(closes ? 1 : 0, tag.find_first_of(" \t\r\n/>", 1) - (closes ? 1 : 0));
        if (!closes && (sameText(name, "script") || sameText(name, "style")))
            return skipPast(sameText(name, "script") ? "</script>" : "</style>");
        if (sameText(name, "a"))
            return link(tag, closes);
        if (breaksLine(name) && !m_text.empty() && m_text.back() != '\n')
            m_text += '\n';
    }

    void link(std::string_view tag, bool closes)
    {
        if (!closes) {
            m_target = target(tag).substr(0, 500);
            return;
        }
        if (!m_target.empty())
            m_text += " <" + std::string(std::exchange(m_target, {})) + ">";
    }

    void skipPast(std::string_view mark)
    {
        const auto end = findText(m_html, mark, m_at);
        m_at = end == npos ? m_html.size() : end + mark.size();
    }

    std::string_view m_html;
    std::size_t m_most;
    std::size_t m_at = 0;
    std::string m_text;
    std::string_view m_target; // of the link that is open
};

} // namespace

std::string textOfHtml(std::string_view html, std::size_t most)
{
    return Reader(html, most).read();
}

} // namespace sluicegate::message
