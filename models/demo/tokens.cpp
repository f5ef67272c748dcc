// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/tokens.h"

namespace sluicegate::demo::grammar {

namespace {

using base::FailureKind;

base::Failure unexpected(std::string what)
{
    return {FailureKind::NotUnderstood, "sh", "Syntax error: " + std::move(what)};
}

bool isNameCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

constexpr int deepest = 8; // ${a:-${b:-...}}

class Lexer {
public:
    explicit Lexer(std::string_view text, int depth = 0) : m_text(text), m_depth(depth) { }

    /// All of it as one word, as inside double quotes or as the pattern behind ${name#.
    base::Result<Word> oneWord(bool quoted)
    {
        Word word;
        while (!done() && m_problem.empty())
            takePiece(word, quoted);
        if (!m_problem.empty())
            return std::unexpected(unexpected(m_problem));
        return word;
    }

    base::Result<std::vector<Token>> run()
    {
        while (!done()) {
            if (peek() == ' ' || peek() == '\t') {
                ++m_at;
            } else if (peek() == '\\' && m_text.substr(m_at).starts_with("\\\n")) {
                m_at += 2;
            } else if (peek() == '#') {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (!takeOperator()) {
                takeWord();
            }
            if (!m_problem.empty())
                return std::unexpected(unexpected(m_problem));
        }
        return std::move(m_tokens);
    }

private:
    bool done() const { return m_at >= m_text.size(); }
    char peek() const { return m_text[m_at]; }

    bool takeOperator()
    {
        // A digit directly before < or > names the descriptor.
        const std::size_t digits = peek() >= '0' && peek() <= '9' && m_at + 1 < m_text.size()
                && (m_text[m_at + 1] == '>' || m_text[m_at + 1] == '<')
            ? 1
            : 0;
        for (const std::string_view op : {">&", ">>", "&&", "||", ">", "<", "|", ";", "\n", "&", "(", ")"}) {
            if (!m_text.substr(m_at + digits).starts_with(op)
                || (digits && op.front() != '>' && op.front() != '<'))
                continue;
            m_tokens.push_back(
                {Token::Kind::Operator, {}, std::string(m_text.substr(m_at, digits + op.size()))});
            m_at += digits + op.size();
            return true;
        }
        return false;
    }

    void takeWord()
    {
        Token token {Token::Kind::Text, {}, {}};
        while (!done() && m_problem.empty() && !std::string_view(" \t\n|;&<>()").contains(peek()))
            takePiece(token.word, false);
        m_tokens.push_back(std::move(token));
    }

    void takePiece(Word& word, bool quoted)
    {
        const char c = m_text[m_at++];
        if (c == '\'' && !quoted)
            takeSingle(word);
        else if (c == '"' && !quoted)
            takeDouble(word);
        else if (c == '\\' && !quoted)
            add(word, Part::Kind::Quoted, done() ? '\\' : m_text[m_at++]);
        else if (c == '$')
            takeDollar(word, quoted);
        else if (c == '`')
            m_problem = "\"`\" unexpected";
        else
            add(word, quoted ? Part::Kind::Quoted : Part::Kind::Text, c);
    }

    void takeSingle(Word& word)
    {
        const auto end = m_text.find('\'', m_at);
        if (end == std::string_view::npos) {
            m_problem = "Unterminated quoted string";
            return;
        }
        word.push_back({.kind = Part::Kind::Quoted, .text = std::string(m_text.substr(m_at, end - m_at))});
        m_at = end + 1;
    }

    void takeDouble(Word& word)
    {
        const std::size_t before = word.size();
        while (!done() && peek() != '"' && m_problem.empty()) {
            const char c = m_text[m_at++];
            if (c == '\\' && !done() && std::string_view("\"\\$`\n").contains(peek()))
                add(word, Part::Kind::Quoted, m_text[m_at++]);
            else if (c == '$')
                takeDollar(word, true);
            else if (c == '`')
                m_problem = "\"`\" unexpected";
            else
                add(word, Part::Kind::Quoted, c);
        }
        if (word.size() == before && !done() && m_text[m_at - 1] == '"')
            word.push_back(
                {.kind = Part::Kind::Quoted, .text = {}}); // "" is a word of its own, "$@" may be none
        if (done())
            m_problem = "Unterminated quoted string";
        else
            ++m_at;
    }

    void takeDollar(Word& word, bool quoted)
    {
        const auto rest = m_text.substr(m_at);
        if (rest.starts_with("((")) {
            takeReckoning(word, quoted);
        } else if (rest.starts_with('(')) {
            const auto script = takeEnclosed('(', ')');
            word.push_back({.kind = Part::Kind::Command, .text = std::string(script), .quoted = quoted});
        } else if (rest.starts_with('{')) {
            takeBraces(word, quoted);
        } else if (!rest.empty()
            && (isNameCharacter(rest[0]) || std::string_view("@*#?$").contains(rest[0]))) {
            word.push_back({.kind = Part::Kind::Variable, .text = std::string(takeName()), .quoted = quoted});
        } else {
            add(word, quoted ? Part::Kind::Quoted : Part::Kind::Text, '$');
        }
    }

    std::string_view takeName()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && isNameCharacter(m_text[end]))
            ++end;
        if (end == m_at && end < m_text.size())
            ++end; // $@ $# $?
        const auto name = m_text.substr(m_at, end - m_at);
        m_at = end;
        return name;
    }

    void takeBraces(Word& word, bool quoted)
    {
        std::string_view inside = takeEnclosed('{', '}');
        Lexer name(inside);
        Part part {.kind = Part::Kind::Variable, .text = std::string(name.takeName()), .quoted = quoted};
        inside.remove_prefix(name.m_at);
        for (const std::string_view change : {"##", "%%", "#", "%", ":-", ":+"}) {
            if (!inside.starts_with(change) || !part.change.empty())
                continue;
            part.change = change;
            part.operand = nested(inside.substr(change.size()), false);
        }
        if (part.text.empty() || (part.change.empty() && !inside.empty()))
            m_problem = "Bad substitution";
        word.push_back(std::move(part));
    }

    void takeReckoning(Word& word, bool quoted)
    {
        std::string_view inside = takeEnclosed('(', ')');
        if (m_problem.empty() && (!inside.ends_with(')') || inside.size() < 2)) {
            m_problem = "\"(\" unexpected";
            return;
        }
        inside = inside.substr(std::min<std::size_t>(1, inside.size()));
        inside.remove_suffix(inside.empty() ? 0 : 1);
        word.push_back({.kind = Part::Kind::Arithmetic,
            .text = {},
            .quoted = quoted,
            .change = {},
            .operand = nested(inside, true)});
    }

    Word nested(std::string_view text, bool quoted)
    {
        auto found = m_depth < deepest ? Lexer(text, m_depth + 1).oneWord(quoted)
                                       : base::Result<Word>(std::unexpected(unexpected("too deep")));
        if (!found)
            m_problem = "Bad substitution";
        return found ? std::move(*found) : Word();
    }

    // Up to the mark that closes the one at hand; what is quoted in between does not count.
    std::string_view takeEnclosed(char open, char close)
    {
        const std::size_t from = m_at + 1;
        std::string within; // the marks that are open, the innermost last
        for (; !done(); ++m_at) {
            const char c = peek();
            if (c == '\\') {
                ++m_at;
            } else if (within.ends_with('\'')) {
                if (c == '\'')
                    within.pop_back();
            } else if (within.ends_with('"') && c == '"') {
                within.pop_back();
            } else if (c == '"' || (c == '\'' && !within.ends_with('"'))) {
                within += c;
            } else if (c == open && (!within.ends_with('"') || (m_at > 0 && m_text[m_at - 1] == '$'))) {
                within += open;
            } else if (c == close && within.ends_with(open)) {
                within.pop_back();
                if (within.empty())
                    return m_text.substr(from, m_at++ - from);
            }
        }
        m_problem = "Unterminated quoted string";
        m_at = m_text.size();
        return {};
    }

    static void add(Word& word, Part::Kind kind, char c)
    {
        if (word.empty() || word.back().kind != kind)
            word.push_back({.kind = kind, .text = {}});
        word.back().text += c;
    }

    std::string_view m_text;
    int m_depth;
    std::size_t m_at = 0;
    std::string m_problem;
    std::vector<Token> m_tokens;
};

} // namespace

std::string_view Token::bare() const
{
    return kind == Kind::Text ? plain(word) : std::string_view();
}

std::string_view plain(const Word& word)
{
    return word.size() == 1 && word.front().kind == Part::Kind::Text ? std::string_view(word.front().text)
                                                                     : std::string_view();
}

base::Result<std::vector<Token>> tokens(std::string_view script)
{
    return Lexer(script).run();
}

} // namespace sluicegate::demo::grammar
