// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/pastedjson.h"

#include "models/message/ascii.h"

#include <algorithm>
#include <utility>

namespace sluicegate::notice {

namespace {

using message::isBlank;
constexpr std::size_t memberLimit = 200'000;
constexpr std::size_t depthLimit = 1000;

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) { }

    std::vector<JsonMember> read()
    {
        while (m_i < m_text.size() && m_members.size() < memberLimit) {
            const char c = m_text[m_i];
            if (c == '"') {
                stringOrKey();
            } else if (std::string_view("{}[]").find(c) != std::string_view::npos) {
                bracket(c);
                ++m_i;
            } else if (message::isDigit(c) || c == '-') {
                number();
            } else {
                if (!isBlank(c) && c != ':')
                    m_key.clear();
                ++m_i;
            }
        }
        return std::move(m_members);
    }

private:
    // An object has no key for its members to share; a list has.
    struct Frame {
        std::size_t object = 0;
        std::string key;
    };

    void bracket(char c)
    {
        const bool opens = c == '{' || c == '[';
        if (m_deeper > 0 || (opens && m_open.size() >= depthLimit)) {
            m_deeper += opens ? 1 : std::size_t(-1);
            m_key.clear();
            return;
        }
        const auto inside = m_open.empty() ? 0 : m_open.back().object;
        if (c == '{')
            m_open.push_back({++m_objects, {}});
        else if (c == '[')
            m_open.push_back({inside, m_key.substr(0, 64)});
        else if (!m_open.empty())
            m_open.pop_back();
        m_key.clear();
    }

    void add(std::string value, std::size_t offset, bool isString)
    {
        auto key = std::exchange(m_key, {});
        if (key.empty() && !m_open.empty())
            key = m_open.back().key;
        if (!key.empty())
            m_members.push_back({std::move(key), std::move(value), offset,
                m_open.empty() ? 0 : m_open.back().object, isString});
    }

    void number()
    {
        const auto start = m_i;
        while (m_i < m_text.size()
            && (message::isAlnum(m_text[m_i]) || m_text[m_i] == '.' || m_text[m_i] == '-'
                || m_text[m_i] == '+'))
            ++m_i;
        add(std::string(m_text.substr(start, m_i - start)), start, false);
    }

    void stringOrKey()
    {
        const auto start = ++m_i;
        std::string value = string();
        const auto next = std::min(m_text.find_first_not_of(" \t\r\n", m_i), m_text.size());
        if (next < m_text.size() && m_text[next] == ':') {
            m_key = message::lowered(value);
            m_i = next + 1;
        } else {
            add(std::move(value), start, true);
        }
    }

    std::string string()
    {
        std::string value;
        while (m_i < m_text.size() && m_text[m_i] != '"') {
            if (m_text[m_i] == '\\' && m_i + 1 < m_text.size()) {
                escape(value);
            } else {
                if (m_text[m_i] != '\n' && m_text[m_i] != '\r') // a mail program has wrapped it
                    value += m_text[m_i];
                ++m_i;
            }
        }
        ++m_i;
        return value;
    }

    void escape(std::string& value)
    {
        const char c = m_text[m_i + 1];
        m_i += 2;
        if (c != 'u') {
            value += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' || c == 'b' || c == 'f' ? ' ' : c;
            return;
        }
        unsigned point = 0;
        std::size_t digits = 0;
        for (; digits < 4 && m_i < m_text.size() && message::isHex(m_text[m_i]); ++digits, ++m_i)
            point = point * 16
                + unsigned(message::isDigit(m_text[m_i]) ? m_text[m_i] - '0'
                                                         : message::lower(m_text[m_i]) - 'a' + 10);
        value += point >= 0x20 && point < 0x7F ? char(point)
                                               : '?'; // ids and addresses are ASCII: \u003c is '<'
    }

    std::string_view m_text;
    std::size_t m_i = 0;
    std::size_t m_objects = 0;
    std::vector<Frame> m_open;
    std::size_t m_deeper = 0; // brackets open beyond the limit
    std::string m_key;
    std::vector<JsonMember> m_members;
};

} // namespace

bool looksLikeJson(std::string_view text)
{
    text = message::trimmed(text);
    if (text.size() < 2 || (text.front() != '{' && text.front() != '['))
        return false;
    const auto next = message::trimmed(text.substr(1));
    return !next.empty()
        && (next.front() == '"' || (text.front() == '[' && (next.front() == '{' || next.front() == ']'))
            || next.front() == '}');
}

std::vector<JsonMember> members(std::string_view json)
{
    return Reader(json).read();
}

} // namespace sluicegate::notice
