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

class Lexer {
public:
    explicit Lexer(std::string_view text) : m_text(text) { }

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
        while (!done() && m_problem.empty() && !std::string_view(" \t\n|;&<>()").contains(peek())) {
            const char c = m_text[m_at++];
            if (c == '\'')
                takeSingle(token.word);
            else if (c == '"')
                takeDouble(token.word);
            else if (c == '\\')
                add(token.word, Part::Kind::Quoted, done() ? '\\' : m_text[m_at++]);
            else if (c == '$')
                takeVariable(token.word, Part::Kind::Variable);
            else if (c == '`')
                m_problem = "\"`\" unexpected";
            else
                add(token.word, Part::Kind::Text, c);
        }
        m_tokens.push_back(std::move(token));
    }

    void takeSingle(Word& word)
    {
        const auto end = m_text.find('\'', m_at);
        if (end == std::string_view::npos) {
            m_problem = "Unterminated quoted string";
            return;
        }
        word.push_back({Part::Kind::Quoted, std::string(m_text.substr(m_at, end - m_at))});
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
                takeVariable(word, Part::Kind::QuotedVariable);
            else if (c == '`')
                m_problem = "\"`\" unexpected";
            else
                add(word, Part::Kind::Quoted, c);
        }
        if (word.size() == before && !done() && m_text[m_at - 1] == '"')
            word.push_back({Part::Kind::Quoted, {}}); // "" is a word of its own, "$@" may be none
        if (done())
            m_problem = "Unterminated quoted string";
        else
            ++m_at;
    }

    void takeVariable(Word& word, Part::Kind kind)
    {
        const bool quoted = kind == Part::Kind::QuotedVariable;
        if (done() || (!isNameCharacter(peek()) && !std::string_view("@*#?{($").contains(peek()))) {
            add(word, quoted ? Part::Kind::Quoted : Part::Kind::Text, '$');
            return;
        }
        if (peek() == '(') {
            m_problem = "\"(\" unexpected";
            return;
        }
        const bool braces = peek() == '{';
        m_at += braces;
        std::size_t end = m_at;
        while (end < m_text.size() && isNameCharacter(m_text[end]))
            ++end;
        if (end == m_at && end < m_text.size())
            ++end; // $@ $# $?
        word.push_back({kind, std::string(m_text.substr(m_at, end - m_at))});
        m_at = end;
        if (braces && (done() || m_text[m_at++] != '}'))
            m_problem = "Bad substitution";
    }

    static void add(Word& word, Part::Kind kind, char c)
    {
        if (word.empty() || word.back().kind != kind)
            word.push_back({kind, {}});
        word.back().text += c;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_problem;
    std::vector<Token> m_tokens;
};

} // namespace

std::string_view Token::bare() const
{
    if (kind != Kind::Text || word.size() != 1 || word.front().kind != Part::Kind::Text)
        return {};
    return word.front().text;
}

base::Result<std::vector<Token>> tokens(std::string_view script)
{
    return Lexer(script).run();
}

} // namespace sluicegate::demo::grammar
