// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/notice/idsearch.h"

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
using message::startsWith;
using message::trimmed;
constexpr auto npos = std::string_view::npos;
constexpr std::size_t idLimit = 998; // RFC 5322's line

bool isIdChar(char c)
{
    return static_cast<unsigned char>(c) > ' ' && std::string_view("<>\",;|()`").find(c) == npos
        && c != '\x7F';
}

// Length of a label at the front, or 0. "X-PPP-Message-ID" and "Resent-Message-ID" are other things, which
// the caller sees from what stands before.
std::size_t labelLength(std::string_view text)
{
    static constexpr std::array<std::string_view, 16> labels {"message-id", "message id", "message_id",
        "messageid", "message ids", "msg-id", "msg id", "msgid", "msg_id", "nachrichten-id", "nachrichten id",
        "id de message", "id du message", "identifiant du message", "identifiants de message",
        "id del mensaje"};
    std::size_t length = 0;
    if (text.empty() || std::string_view("mMnNiI").find(text.front()) == npos)
        return 0;
    for (const auto label : labels)
        if (label.size() > length && startsWith(text, label))
            length = label.size();
    if (length == 0)
        return 0;
    for (const std::string_view plural : {"(s)", "'s", "s"})
        if (startsWith(text.substr(length), plural)) {
            length += plural.size();
            break;
        }
    return length < text.size() && isAlnum(text[length]) ? 0 : length;
}

bool startsWord(std::string_view text, std::size_t at)
{
    if (at == 0)
        return true;
    const char before = text[at - 1];
    if (before == '-')
        return at >= 9 && startsWith(text.substr(at - 9), "original-")
            && (at == 9 || !isAlnum(text[at - 10]));
    return !isAlnum(before) && before != '_' && before != '@' && before != '.';
}

// Sentence marks around an id; a domain literal keeps its bracket.
std::string_view withoutMarks(std::string_view token)
{
    while (!token.empty() && std::string_view("<[('\"`*").find(token.front()) != npos)
        token.remove_prefix(1);
    const bool literal = token.find("@[") != npos;
    while (!token.empty() && std::string_view(".,;:!?)}'\"`*>]=-").find(token.back()) != npos
        && !(literal && token.back() == ']'))
        token.remove_suffix(1);
    return token;
}

class Searcher {
public:
    explicit Searcher(std::string_view text) : m_text(text) { }

    IdSearch search()
    {
        for (std::size_t i = 0; i < m_text.size();) {
            if (const auto length = startsWord(m_text, i) ? labelLength(m_text.substr(i, 40)) : 0;
                length > 0) {
                i = behindLabel(i, i + length);
            } else if (const auto ip = destinationAt(i); ip > 0) {
                i += ip;
            } else {
                ++i;
            }
        }
        findOthers();
        return std::move(m_result);
    }

private:
    struct Token {
        std::string id;
        std::size_t begin = 0;
        std::size_t end = 0; // npos-like 0: nothing
    };

    std::size_t lineEnd(std::size_t at) const { return std::min(m_text.find('\n', at), m_text.size()); }
    std::string_view lineAt(std::size_t at) const { return m_text.substr(at, lineEnd(at) - at); }

    std::size_t skipBlanks(std::size_t at) const
    {
        while (at < m_text.size() && (m_text[at] == ' ' || m_text[at] == '\t'))
            ++at;
        return at;
    }

    // "Destination IP: 192.0.2.1" belongs to the next id. Length of label and address, or 0.
    std::size_t destinationAt(std::size_t at)
    {
        static constexpr std::array<std::string_view, 6> labels {"destination ip", "destination address",
            "ip de destination", "ip destination", "ziel-ip", "dest ip"};
        const char first = message::lower(m_text[at]);
        if ((first != 'd' && first != 'i' && first != 'z') || !startsWord(m_text, at))
            return 0;
        for (const auto label : labels) {
            if (!startsWith(m_text.substr(at), label))
                continue;
            const auto start
                = std::min(m_text.find_first_not_of(" \t\n:=[", at + label.size()), m_text.size());
            const auto end
                = std::min(m_text.find_first_not_of("0123456789abcdefABCDEF.:", start), m_text.size());
            const auto ip = message::ipIn(m_text.substr(start, end - start));
            if (ip.empty())
                return 0;
            m_destination = ip;
            return end - at;
        }
        return 0;
    }

    // Reads what belongs to the label in [label, at); returns where to go on.
    std::size_t behindLabel(std::size_t label, std::size_t at)
    {
        auto start = skipBlanks(at);
        bool separated = false;
        while (start < m_text.size() && std::string_view(":=#*\"'`").find(m_text[start]) != npos) {
            separated = true;
            start = skipBlanks(start + 1);
        }
        if (!separated && startsWith(m_text.substr(start), "is "))
            start = skipBlanks(start + 3);
        const bool sameLine = start < m_text.size() && m_text[start] != '\n';
        if (sameLine) {
            // "the message IDs in\nyour log": without a colon only what is whole on this line counts.
            const auto word = m_text.substr(start, tokenEnd(start) - start);
            if (separated || m_text[start] == '<' || word.find('@') != npos)
                if (const auto token = take(start); !token.id.empty())
                    return afterFirst(token, false);
            return below(label, lineEnd(start));
        }
        auto next = start;
        for (int lines = 0; lines < 2 && next < m_text.size() && m_text[next] == '\n'; ++lines)
            next = skipBlanks(next + 1);
        if (separated && next < m_text.size() && m_text[next] != '\n')
            if (const auto token = take(next); !token.id.empty())
                return afterFirst(token, true);
        return below(label, start);
    }

    std::size_t below(std::size_t label, std::size_t at)
    {
        const auto end = m_triedHead == at ? at : rows(label, at);
        m_triedHead = at;
        return end > at ? end : list(at);
    }

    static std::vector<std::string_view> cellsOf(std::string_view line)
    {
        constexpr std::size_t most = 64;
        std::vector<std::string_view> cells;
        for (std::size_t from = 0; from != npos && cells.size() < most;) {
            const auto tab = line.find('\t', from);
            cells.push_back(trimmed(line.substr(from, tab == npos ? npos : tab - from)));
            from = tab == npos ? npos : tab + 1;
        }
        return cells;
    }

    // Ids in the column under the label, when it is one of several heads; returns the end of the last row.
    std::size_t rows(std::size_t label, std::size_t at)
    {
        const auto window = m_text.substr(label > idLimit ? label - idLimit : 0, std::min(label, idLimit));
        const auto newline = window.rfind('\n');
        const auto front = window.substr(newline == npos ? 0 : newline + 1);
        const auto column = std::size_t(std::ranges::count(front, '\t'));
        const auto heads = cellsOf(m_text.substr(label - front.size(), at - label + front.size()));
        if (heads.size() < 2 || column >= heads.size())
            return at;
        const auto isDestination = [](std::string_view head) { return findText(head, "dest") != npos; };
        const auto ipColumn = std::size_t(std::ranges::find_if(heads, isDestination) - heads.begin());
        constexpr int mostEmpty = 20;
        auto end = at;
        for (int empty = 0; at < m_text.size() && m_text[at] == '\n' && empty < mostEmpty;) {
            const auto cells = cellsOf(lineAt(at + 1));
            at = lineEnd(at + 1);
            const auto cell = column < cells.size() ? cells[column] : std::string_view {};
            const bool spacer = cells.size() == 1 && cells[0].empty() && empty == 0;
            if (cells.size() < heads.size() && !spacer)
                break;
            if (cell.empty()) {
                ++empty;
                continue;
            }
            const auto token
                = cell.find('@') == npos ? Token {} : take(std::size_t(cell.data() - m_text.data()));
            if (token.id.empty() || token.end > at)
                break;
            m_destination = ipColumn < cells.size() ? message::ipIn(cells[ipColumn]) : std::string_view {};
            add(token);
            empty = 0;
            end = at;
        }
        return end;
    }

    std::size_t afterFirst(const Token& token, bool heading)
    {
        add(token);
        auto end = token.end;
        // "Message-IDs: a@b, c@d; e@f"
        while (true) {
            const auto next = skipBlanks(end);
            if (next >= m_text.size() || std::string_view(",;|").find(m_text[next]) == npos)
                break;
            const auto more = take(std::min(m_text.find_first_not_of(" \t\n", next + 1), m_text.size()));
            if (more.id.empty())
                break;
            add(more);
            end = more.end;
        }
        return heading ? list(lineEnd(end)) : end;
    }

    // Lines below a heading that hold an id and nothing but numbers, addresses or marks beside it.
    std::size_t list(std::size_t at)
    {
        std::size_t taken = 0;
        std::size_t blanks = 0;
        std::size_t numbers = 0; // lines that only count what follows
        auto end = at;
        while (at < m_text.size() && m_text[at] == '\n') {
            const auto start = at + 1;
            const auto line = lineAt(start);
            at = lineEnd(start);
            if (trimmed(line).empty()) {
                if (++blanks > (taken == 0 ? 4U : 1U))
                    break;
                continue;
            }
            const auto token = onlyId(start, line);
            if (!token || (token->id.empty() && ++numbers > 2))
                break;
            if (token->id.empty())
                continue;
            add(*token);
            numbers = 0;
            ++taken;
            blanks = 0;
            end = at = std::max(lineEnd(token->end), at);
        }
        return taken > 0 ? end : std::max(end, std::min(end + 1, m_text.size()));
    }

    // The id of a line that is "- <id>", "3. id", "192.0.2.1 id 300" ... An empty one for a small number or
    // an address alone, nothing for other lines.
    std::optional<Token> onlyId(std::size_t start, std::string_view line)
    {
        Token found;
        std::string ip;
        for (std::size_t i = 0; i < line.size();) {
            if (!isIdChar(line[i]) && line[i] != '<') {
                ++i;
                continue;
            }
            const auto end = std::min(line.find_first_of(" \t|,;", i), line.size());
            const auto word = line.substr(i, end - i);
            const bool hasAt = word.find('@') != npos;
            const bool number = word.size() < 10 && std::ranges::all_of(word, message::isDigit);
            const bool wrapped = !hasAt && found.id.empty() && end == line.size() && word.size() > 5
                && !number && std::ranges::any_of(word, message::isDigit);
            if (hasAt || wrapped) {
                if (!found.id.empty())
                    return std::nullopt;
                found = take(start + i);
                if (found.id.empty())
                    return std::nullopt;
                if (found.end > start + line.size())
                    break;
                i = std::max(found.end - start, end);
                continue;
            }
            const auto bare = withoutMarks(word);
            if (!message::ipIn(bare).empty())
                ip = bare;
            else if (std::ranges::any_of(bare, message::isAlpha))
                return std::nullopt;
            i = end;
        }
        const bool isSmall = std::ranges::count_if(line, message::isDigit) <= 4;
        if (found.id.empty() && ip.empty() && !isSmall)
            return std::nullopt;
        if (!ip.empty())
            m_destination = ip;
        return found;
    }

    void add(const Token& token)
    {
        m_taken.emplace_back(token.begin, token.end);
        m_result.labelled.push_back({token.id, token.begin, std::exchange(m_destination, {})});
    }

    // The id at `at`, wrapped or not; an empty one when there is none.
    Token take(std::size_t at) const
    {
        at = skipBlanks(at);
        if (at >= m_text.size())
            return {};
        if (m_text[at] == '<')
            if (auto token = bracketed(at); !token.id.empty())
                return token;
        return bare(m_text[at] == '<' ? at + 1 : at);
    }

    Token bracketed(std::size_t at) const
    {
        const auto window = m_text.substr(at, idLimit);
        const auto end = window.find_first_of("<>", 1);
        if (end == npos || window[end] == '<' || std::ranges::count(window.substr(0, end), '\n') > 5
            || window.substr(0, end).find("\n\n") != npos)
            return {};
        std::string id;
        for (const char c : window.substr(1, end - 1))
            if (!isBlank(c))
                id += c;
        if (id.size() < 3 || id.size() > idLimit
            || std::ranges::any_of(id, [](char c) { return static_cast<unsigned char>(c) < ' '; }))
            return {};
        // Without '@' only when it cannot be prose in brackets.
        const bool spaced = trimmed(window.substr(1, end - 1)).find(' ') != npos;
        if (id.find('@') == npos && (spaced || id.size() < 8 || std::ranges::none_of(id, message::isDigit)))
            return {};
        return {std::move(id), at, at + end + 1};
    }

    std::size_t tokenEnd(std::size_t at) const
    {
        auto end = at;
        while (end < m_text.size() && end - at < idLimit && isIdChar(m_text[end]))
            ++end;
        return end;
    }

    Token bare(std::size_t at) const
    {
        auto end = tokenEnd(at);
        std::string id(m_text.substr(at, end - at));
        for (int pieces = 0; pieces < 5 && id.size() < idLimit; ++pieces) {
            const auto next = continuation(id, end);
            if (next == npos)
                break;
            end = tokenEnd(next);
            id += m_text.substr(next, end - next);
        }
        const auto marked = std::string_view(id);
        const auto plain = withoutMarks(marked);
        if (!isAddressLike(plain))
            return {};
        const auto front = std::size_t(plain.data() - marked.data());
        return {std::string(plain), at + front, end};
    }

    // Where a wrapped id goes on, or npos: providers break lines after a dot and wherever a mail program
    // pleases.
    std::size_t continuation(std::string_view id, std::size_t end) const
    {
        const auto newline = skipBlanks(end);
        if (newline >= m_text.size() || m_text[newline] != '\n')
            return npos;
        const auto next = skipBlanks(newline + 1);
        if (next >= m_text.size() || m_text[next] == '\n' || !isIdChar(m_text[next]))
            return npos;
        const auto piece = m_text.substr(next, tokenEnd(next) - next);
        const auto at = id.find('@');
        if (at == npos || at + 1 == id.size()) {
            // A second '@' in front would be an id of its own; a label ends with a colon.
            return id.empty() || piece.ends_with(':') ? npos : next;
        }
        if (piece.starts_with('.') && piece.size() > 1 && isAlnum(piece[1]))
            return next;
        if (!id.ends_with('.') && !id.ends_with('-'))
            return npos;
        return looksLikeDomain(piece) && standsAlone(next + piece.size()) ? next : npos;
    }

    static bool looksLikeDomain(std::string_view piece)
    {
        const auto name = piece.ends_with('.') ? piece.substr(0, piece.size() - 1) : piece;
        return !name.empty() && std::ranges::all_of(name, [](char c) {
            return (isAlnum(c) && c == message::lower(c)) || c == '-' || c == '.';
        });
    }

    // Prose goes on with further words; a rest of an id is followed by nothing, or by a mark.
    bool standsAlone(std::size_t at) const
    {
        const auto next = skipBlanks(at);
        return next >= m_text.size() || std::string_view("\n-,;|>)").find(m_text[next]) != npos;
    }

    bool isTaken(std::size_t at)
    {
        while (m_nextTaken < m_taken.size() && m_taken[m_nextTaken].second <= at)
            ++m_nextTaken;
        return m_nextTaken < m_taken.size() && m_taken[m_nextTaken].first <= at;
    }

    // Lines that name people, threads or parts, not the messages in question.
    static bool namesOthers(std::string_view line)
    {
        static constexpr std::array<std::string_view, 12> names {
            "from:", "to:", "cc:", "reply-to:", "sender:", "references:", "in-reply-to:", "content-id:",
            "return-path:", "von:", "an:", "delivered-to:"};
        const auto start = trimmed(line);
        return std::ranges::any_of(names, [start](auto name) { return startsWith(start, name); });
    }

    void findOthers()
    {
        std::ranges::sort(m_taken);
        constexpr std::size_t limit = 2000;
        for (auto at = m_text.find('@'); at != npos && m_result.others.size() < limit;
            at = m_text.find('@', at + 1)) {
            if (isTaken(at))
                continue;
            auto begin = at;
            while (begin > 0 && at - begin < idLimit && isIdChar(m_text[begin - 1]))
                --begin;
            const auto end = tokenEnd(at);
            const auto token = withoutMarks(m_text.substr(begin, end - begin));
            // A line longer than an id's limit is no "To:" line.
            const auto before
                = m_text.substr(begin > idLimit ? begin - idLimit : 0, std::min(begin, idLimit));
            const auto line = before.rfind('\n');
            if (isAddressLike(token) && !namesOthers(before.substr(line == npos ? 0 : line + 1, 40)))
                m_result.others.push_back({std::string(token), begin, {}});
            at = std::max(at, end > at ? end - 1 : at);
        }
    }

    std::string_view m_text;
    IdSearch m_result;
    std::string m_destination;
    std::vector<std::pair<std::size_t, std::size_t>> m_taken;
    std::size_t m_nextTaken = 0;
    std::size_t m_triedHead = npos; // end of the line whose columns were looked at
};

} // namespace

bool isAddressLike(std::string_view token)
{
    const auto at = token.rfind('@');
    if (at == npos || at == 0 || at + 2 >= token.size() || token.size() > idLimit)
        return false;
    const auto right = token.substr(at + 1);
    const bool sane = std::ranges::all_of(right, [](char c) {
        return isAlnum(c) || c == '-' || c == '.' || c == '_' || c == '[' || c == ']' || c == ':' || c == '*'
            || static_cast<unsigned char>(c) >= 0x80;
    });
    return sane
        && (isAlnum(right.front()) || right.front() == '[' || right.front() == '*'
            || static_cast<unsigned char>(right.front()) >= 0x80)
        && token.substr(0, at).find("://") == npos;
}

IdSearch searchIds(std::string_view text)
{
    return Searcher(text).search();
}

} // namespace sluicegate::notice
