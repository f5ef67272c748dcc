// SPDX-License-Identifier: GPL-3.0-or-later
// Takes away what mail programs put around and into a notice's text.
#include "models/notice/traced.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <array>

namespace sluicegate::notice {

namespace {

using message::findText;
using message::isBlank;
using message::startsWith;
constexpr auto npos = std::string_view::npos;

// Bytes of an invisible character at the front: soft hyphen, zero width, word joiner, byte order mark.
std::size_t invisible(std::string_view text)
{
    static constexpr std::array<std::string_view, 7> marks {"\xC2\xAD", "\xE2\x80\x8B", "\xE2\x80\x8C",
        "\xE2\x80\x8D", "\xE2\x81\xA0", "\xEF\xBB\xBF", "\xE2\x80\x8E"};
    for (const auto mark : marks)
        if (text.starts_with(mark))
            return mark.size();
    return 0;
}

struct Plain {
    std::size_t size = 0; // of what it stands for; 0: nothing
    std::string_view text;
};

// What typography put in the place of a blank, a quote or a hyphen.
Plain plainFor(std::string_view text)
{
    if (text.starts_with("\xC2\xA0"))
        return {2, " "};
    if (text.starts_with("\xC2\xAB") || text.starts_with("\xC2\xBB")) // guillemets
        return {2, "\""};
    if (text.starts_with("\xE3\x80\x80"))
        return {3, " "};
    if (!text.starts_with("\xE2\x80") || text.size() < 3)
        return {};
    const auto last = static_cast<unsigned char>(text[2]);
    if (last <= 0x8A || last == 0xAF)
        return {3, " "};
    if (last >= 0x90 && last <= 0x95)
        return {3, "-"};
    if ((last >= 0x98 && last <= 0x9B) || last == 0xB9 || last == 0xBA)
        return {3, "'"};
    return last >= 0x9C && last <= 0x9F ? Plain {3, "\""} : Plain {};
}

// Length of "> > " at a line's begin.
std::size_t quoting(std::string_view text)
{
    std::size_t end = 0;
    for (std::size_t i = 0; i < text.size() && (text[i] == '>' || text[i] == ' ' || text[i] == '\t'); ++i)
        if (text[i] == '>')
            end = i + 1;
    return end > 0 && end < text.size() && text[end] == ' ' ? end + 1 : end;
}

std::size_t urlStart(std::string_view text)
{
    for (const std::string_view scheme : {"https://", "http://", "ftp://"})
        if (startsWith(text, scheme))
            return scheme.size();
    return 0;
}

// "%40" in a wrapped link.
std::string percentDecoded(std::string_view text)
{
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto code = text.substr(i).starts_with('%') && i + 2 < text.size() ? text.substr(i + 1, 2)
                                                                                 : std::string_view {};
        if (code.size() == 2 && message::isHex(code[0]) && message::isHex(code[1])) {
            const auto digit
                = [](char c) { return message::isDigit(c) ? c - '0' : message::lower(c) - 'a' + 10; };
            result += char(digit(code[0]) * 16 + digit(code[1]));
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

// Outlook's Safe Links hide even "mailto:id@host": the address in such a link, else nothing.
std::string addressBehind(std::string_view url)
{
    if (findText(url, "safelinks.protection.outlook.com") == npos)
        return {};
    const auto at = url.find("url=");
    if (at == npos)
        return {};
    const auto target = percentDecoded(url.substr(at + 4, url.find('&', at) - at - 4));
    return startsWith(target, "mailto:") ? target.substr(7) : std::string {};
}

class Cleaner {
public:
    explicit Cleaner(const Traced& body) : m_body(body), m_text(body.text) { }

    Traced clean()
    {
        bool lineStart = true;
        while (m_i < m_text.size()) {
            if (lineStart)
                m_i += quoting(m_text.substr(m_i, 200));
            lineStart = false;
            if (m_i >= m_text.size() || skipped())
                continue;
            lineStart = m_text[m_i] == '\n';
            m_result.copy(m_body, m_i);
            ++m_i;
        }
        return std::move(m_result);
    }

private:
    bool skipped()
    {
        const auto rest = m_text.substr(m_i);
        if (const auto length = invisible(rest); length > 0) {
            m_i += length;
            return true;
        }
        if (const auto plain = plainFor(rest); plain.size > 0) {
            m_result.add(plain.text, m_body.origin(m_i));
            m_i += plain.size;
            return true;
        }
        if (rest.front() == '\r') {
            if (rest.size() < 2 || rest[1] != '\n')
                m_result.add("\n", m_body.origin(m_i));
            ++m_i;
            return true;
        }
        return wrapper(rest) || url(rest);
    }

    // "id@host<mailto:id@host>" and "host<https://...>": the second is a repetition made by the mail program.
    bool wrapper(std::string_view rest)
    {
        if (rest.front() != '<' && rest.front() != '[' && rest.front() != '(')
            return false;
        const auto inside = rest.substr(1);
        const bool mailto = startsWith(inside, "mailto:");
        if (!mailto && urlStart(inside) == 0)
            return false;
        const char close = rest.front() == '<' ? '>' : rest.front() == '[' ? ']' : ')';
        const auto end = rest.substr(0, 4096).find_first_of(std::string {close, ' ', '\n', '<'}, 1);
        if (end == npos || rest[end] != close)
            return false;
        const auto address = mailto ? std::string {} : addressBehind(inside.substr(0, end - 1));
        const bool alone
            = m_result.text.empty() || isBlank(m_result.text.back()) || m_result.text.back() == ':';
        if (alone && mailto)
            m_result.add(inside.substr(7, end - 8), m_body.origin(m_i));
        else if (alone && !address.empty())
            m_result.add(address, m_body.origin(m_i));
        m_i += end + 1;
        return true;
    }

    bool url(std::string_view rest)
    {
        if (urlStart(rest) == 0)
            return false;
        const auto end = std::min(rest.find_first_of(" \t\r\n<>\"')]|"), rest.size());
        const auto address = addressBehind(rest.substr(0, end));
        m_result.add(address.empty() ? " " : address, m_body.origin(m_i));
        m_i += end;
        return true;
    }

    const Traced& m_body;
    std::string_view m_text;
    std::size_t m_i = 0;
    Traced m_result;
};

} // namespace

Traced cleaned(const Traced& body)
{
    return Cleaner(body).clean();
}

} // namespace sluicegate::notice
