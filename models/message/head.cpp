// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/head.h"

#include "models/message/ascii.h"
#include "models/message/encoding.h"

#include <algorithm>
#include <array>
#include <format>

namespace sluicegate::message {

namespace {

constexpr auto npos = std::string_view::npos;

// Fields of tokens: an encoded word there is no text, and decoding it would change what is compared.
bool isStructured(std::string_view name)
{
    static constexpr std::array<std::string_view, 13> names {"received", "return-path", "message-id",
        "references", "in-reply-to", "dkim-signature", "authentication-results", "received-spf", "date",
        "x-php-originating-script", "x-php-script", "x-additional-header", "content-transfer-encoding"};
    return startsWith(name, "arc-")
        || std::ranges::any_of(names, [name](auto n) { return sameText(n, name); });
}

// Web pages and tickets lose the blanks in front of folded lines; Received shows it best.
bool continuesReceived(std::string_view line)
{
    static constexpr std::array<std::string_view, 6> starts {"by ", "for ", "id ", "with ", "via ", "("};
    return std::ranges::any_of(starts, [line](auto s) { return startsWith(line, s); });
}

class Scanner {
public:
    Scanner(std::string_view bytes, std::size_t base) : m_bytes(bytes), m_base(base) { }

    Head read()
    {
        skipFront();
        while (m_at < m_bytes.size() && takeLine()) { }
        finishField();
        m_head.bodyOffset = m_base + m_at;
        return std::move(m_head);
    }

private:
    void odd(std::string id, std::string text, std::size_t at)
    {
        m_head.anomalies.push_back({std::move(id), std::move(text), m_base + at});
    }

    // Once a field is enough: a million folded lines are one finding.
    bool isFirst(std::string_view id) const
    {
        return m_head.anomalies.empty() || m_head.anomalies.back().id != id
            || m_head.anomalies.back().offset < m_head.fields.back().offset;
    }

    std::size_t lineEnd(std::size_t from) const
    {
        const auto end = m_bytes.find('\n', from);
        return end == npos ? m_bytes.size() : end + 1;
    }

    std::string_view lineAt(std::size_t from) const
    {
        auto line = m_bytes.substr(from, lineEnd(from) - from);
        if (line.ends_with('\n'))
            line.remove_suffix(1);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        return line;
    }

    // Byte order mark, blank lines of a sloppy paste, and mbox's "From " line.
    void skipFront()
    {
        if (m_bytes.starts_with("\xEF\xBB\xBF"))
            m_at = 3;
        auto probe = m_at;
        while (probe < m_bytes.size() && trimmed(lineAt(probe)).empty())
            probe = lineEnd(probe);
        if (probe != m_at && probe < m_bytes.size() && fieldName(lineAt(probe)) > 0) {
            odd("blank-lines-first", "Blank lines stand before the header", m_at);
            m_at = probe;
        }
        if (m_bytes.substr(m_at).starts_with("From ")) {
            const auto line = lineAt(m_at).substr(5);
            m_head.mboxSender = line.substr(0, line.find(' '));
            m_at = lineEnd(m_at);
        }
    }

    // One line; false when the head is over.
    bool takeLine()
    {
        const auto line = lineAt(m_at);
        const auto next = lineEnd(m_at);
        if (line.empty()) {
            m_head.closed = true;
            m_at = next;
            return false;
        }
        if (next > headLimit || m_head.fields.size() >= fieldLimit) {
            m_head.truncated = true;
            odd(next > headLimit ? "head-too-long" : "too-many-fields",
                std::format("Only {} fields were read", m_head.fields.size()), m_at);
            return false;
        }
        if (!takeInto(line))
            return false;
        m_at = next;
        return true;
    }

    bool takeInto(std::string_view line)
    {
        if (m_open && (line.front() == ' ' || line.front() == '\t')) {
            if (trimmed(line).empty() && isFirst("blank-fold"))
                odd("blank-fold", "A folded line holds only blanks; some readers end the header here", m_at);
            return true;
        }
        const auto name = fieldName(line);
        if (name == 0 && m_open && sameText(m_head.fields.back().name, "Received")
            && continuesReceived(line)) {
            if (isFirst("lost-fold"))
                odd("lost-fold", "A continued line has lost its blanks", m_at);
            return true;
        }
        if (name == 0) {
            odd("not-a-field", "A line that is no header field ends the header", m_at);
            return false;
        }
        finishField();
        openField(line, name);
        return true;
    }

    void openField(std::string_view line, std::size_t name)
    {
        const auto plain = trimmed(line.substr(0, name));
        if (plain.size() != name)
            odd("space-before-colon", std::format("Blanks before the colon of {}", plain), m_at);
        m_head.fields.push_back({std::string(plain), {}, {}, m_base + m_at});
        m_valueStart = m_at + name + 1;
        m_open = true;
    }

    void finishField()
    {
        if (!m_open)
            return;
        m_open = false;
        auto raw = m_bytes.substr(m_valueStart, m_at - m_valueStart);
        if (raw.ends_with('\n'))
            raw.remove_suffix(1);
        if (raw.ends_with('\r'))
            raw.remove_suffix(1);
        Field& field = m_head.fields.back();
        field.raw = raw;
        look(field, raw);
        const auto flat = unfolded(raw);
        bool defect = false;
        const auto text = trimmed(flat);
        field.value
            = isStructured(field.name) ? toUtf8(text, "utf-8") : toUtf8(decodeWords(text, &defect), "utf-8");
        if (defect)
            odd("broken-encoded-word",
                std::format("{} has a broken encoded word or an unknown character set", field.name),
                field.offset - m_base);
    }

    // What no proper mailer lets through.
    void look(const Field& field, std::string_view raw)
    {
        const auto at = field.offset - m_base;
        const auto control
            = [](char c) { return static_cast<unsigned char>(c) < 0x20 && !isBlank(c) && c != '\0'; };
        if (raw.find('\0') != npos)
            odd("nul-in-header", std::format("{} holds NUL bytes", field.name), at);
        if (std::ranges::any_of(raw, control) || raw.find('\x7F') != npos)
            odd("control-in-header", std::format("{} holds control characters", field.name), at);
        if (std::ranges::any_of(raw, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            odd("8-bit-in-header",
                std::format(
                    "{} holds raw 8-bit bytes{}", field.name, isUtf8(raw) ? " (UTF-8)" : " (not UTF-8)"),
                at);
        for (auto cr = raw.find('\r'); cr != npos; cr = raw.find('\r', cr + 1)) {
            if (cr + 1 < raw.size() && raw[cr + 1] == '\n')
                continue;
            odd("bare-cr", std::format("{} holds a bare carriage return", field.name), at);
            break;
        }
        std::size_t longest = 0;
        for (std::size_t start = 0; start < raw.size();) {
            const auto end = std::min(raw.find('\n', start), raw.size());
            longest = std::max(longest, end - start);
            start = end + 1;
        }
        if (longest > 998) // RFC 5322 2.1.1
            odd("long-line", std::format("{} has a line of {} bytes", field.name, longest), at);
    }

    std::string_view m_bytes;
    std::size_t m_base = 0;
    std::size_t m_at = 0;
    std::size_t m_valueStart = 0;
    bool m_open = false;
    Head m_head;
};

} // namespace

std::size_t fieldName(std::string_view line)
{
    std::size_t i = 0;
    while (i < line.size() && line[i] > ' ' && line[i] < '\x7F' && line[i] != ':')
        ++i;
    const auto name = i;
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t')) // obsolete, RFC 5322 4.5
        ++i;
    return name > 0 && i < line.size() && line[i] == ':' ? i : 0;
}

std::string unfolded(std::string_view raw)
{
    std::string result;
    result.reserve(raw.size());
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (raw[i] == '\r' && i + 1 < raw.size() && raw[i + 1] == '\n')
            continue;
        if (raw[i] != '\n')
            result += raw[i];
        else if (i + 1 < raw.size() && !isBlank(raw[i + 1]))
            result += ' '; // the fold has lost its blanks
    }
    return result;
}

Head readHead(std::string_view bytes, std::size_t base)
{
    return Scanner(bytes, base).read();
}

} // namespace sluicegate::message
