// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/grammar.h"
#include "models/demo/tokens.h"

#include <initializer_list>
#include <optional>

namespace sluicegate::demo::grammar {

namespace {

class Parser {
public:
    explicit Parser(std::vector<Token> tokens) : m_tokens(std::move(tokens)) { }

    base::Result<List> run()
    {
        List all = list({});
        if (m_problem.empty() && m_at < m_tokens.size())
            complain();
        if (!m_problem.empty())
            return base::fail(base::FailureKind::NotUnderstood, "sh", "Syntax error: " + m_problem);
        return all;
    }

private:
    const Token* peek() const { return m_at < m_tokens.size() ? &m_tokens[m_at] : nullptr; }
    bool atOperator(std::string_view op) const
    {
        return peek() && peek()->kind == Token::Kind::Operator && peek()->op == op;
    }
    bool atWord(std::string_view text) const { return peek() && peek()->bare() == text; }
    bool good() const { return m_problem.empty(); }

    void complain()
    {
        if (!good())
            return;
        const Token* token = peek();
        if (!token)
            m_problem = "end of file unexpected";
        else if (token->kind == Token::Kind::Operator)
            m_problem = '"' + (token->op == "\n" ? "newline" : token->op) + "\" unexpected";
        else
            m_problem = '"' + std::string(token->bare().empty() ? "word" : token->bare()) + "\" unexpected";
    }

    void expect(std::string_view reserved)
    {
        if (atWord(reserved))
            ++m_at;
        else
            complain();
    }

    void skipSeparators()
    {
        while (atOperator(";") || atOperator("\n"))
            ++m_at;
    }

    List list(std::initializer_list<std::string_view> ends)
    {
        List steps;
        if (++m_depth > 32)
            m_problem = "too deep";
        auto link = Step::Link::Always;
        skipSeparators();
        while (good() && peek() && !atEnd(ends)) {
            steps.push_back({link, pipeline()});
            link = Step::Link::Always;
            if (atOperator("&&") || atOperator("||")) {
                link = atOperator("&&") ? Step::Link::And : Step::Link::Or;
                ++m_at;
                while (atOperator("\n"))
                    ++m_at;
                if (!peek())
                    complain();
            } else if (atOperator(";") || atOperator("\n")) {
                skipSeparators();
            } else {
                break;
            }
        }
        --m_depth;
        return steps;
    }

    bool atEnd(std::initializer_list<std::string_view> ends) const
    {
        if (atOperator(")"))
            return true;
        for (const std::string_view end : ends) {
            if (atWord(end))
                return true;
        }
        return false;
    }

    Pipeline pipeline()
    {
        Pipeline line;
        if (atWord("!")) {
            line.negated = true;
            ++m_at;
        }
        line.commands.push_back(command());
        while (good() && atOperator("|")) {
            ++m_at;
            line.commands.push_back(command());
        }
        return line;
    }

    Command command()
    {
        if (atWord("for") || atWord("if") || atWord("while") || atWord("until") || atWord("{")
            || atOperator("(")) {
            Command compound = atWord("for") ? loop() : atWord("if") ? choice() : enclosed();
            while (
                good() && peek() && peek()->kind == Token::Kind::Operator && takeRedirectOrWord(compound)) { }
            return compound;
        }
        Command simple;
        while (good() && peek() && takeRedirectOrWord(simple)) { }
        if (simple.words.empty() && simple.redirects.empty())
            complain();
        return simple;
    }

    bool takeRedirectOrWord(Command& simple)
    {
        const Token& token = *peek();
        if (token.kind == Token::Kind::Text) {
            simple.words.push_back(token.word);
            ++m_at;
            return true;
        }
        if (!token.op.ends_with('>') && !token.op.ends_with('<') && !token.op.ends_with(">&"))
            return false;
        std::string_view op = token.op;
        Redirect redirect;
        redirect.descriptor = op.front() == '2' ? 2 : op.front() == '0' || op.front() == '<' ? 0 : 1;
        ++m_at;
        if (!peek() || peek()->kind != Token::Kind::Text) {
            complain();
            return false;
        }
        redirect.file = peek()->word;
        const std::string_view name = plain(redirect.file);
        if (op.ends_with(">&"))
            redirect.to = name == "2" ? Redirect::To::Err : Redirect::To::Out;
        else if (name == "/dev/null")
            redirect.to = redirect.descriptor == 0 ? Redirect::To::FromNull : Redirect::To::Null;
        else if (redirect.descriptor == 0)
            redirect.to = Redirect::To::FromFile;
        else
            redirect.to = op.ends_with(">>") ? Redirect::To::Append : Redirect::To::File;
        ++m_at;
        simple.redirects.push_back(std::move(redirect));
        return true;
    }

    Command loop()
    {
        Command found;
        found.kind = Command::Kind::For;
        ++m_at;
        if (peek())
            found.variable = peek()->bare();
        if (found.variable.empty())
            complain();
        ++m_at;
        expect("in");
        while (good() && peek() && peek()->kind == Token::Kind::Text)
            found.words.push_back(m_tokens[m_at++].word);
        skipSeparators();
        expect("do");
        found.body = list({"done"});
        expect("done");
        return found;
    }

    Command choice()
    {
        Command found;
        found.kind = Command::Kind::If;
        ++m_at;
        if (++m_depth > 32)
            m_problem = "too deep";
        found.condition = list({"then"});
        expect("then");
        found.body = list({"else", "elif", "fi"});
        if (good() && atWord("elif")) {
            Pipeline further;
            further.commands.push_back(choice());
            found.otherwise.push_back({Step::Link::Always, std::move(further)});
            --m_depth;
            return found;
        }
        if (good() && atWord("else")) {
            ++m_at;
            found.otherwise = list({"fi"});
        }
        expect("fi");
        --m_depth;
        return found;
    }

    // while ... do ... done, { ... } and ( ... )
    Command enclosed()
    {
        using enum Command::Kind;
        Command found;
        found.kind = atOperator("(") ? Subshell : atWord("{") ? Group : atWord("while") ? While : Until;
        ++m_at;
        if (found.kind == While || found.kind == Until) {
            found.condition = list({"do"});
            expect("do");
            found.body = list({"done"});
            expect("done");
        } else if (found.kind == Group) {
            found.body = list({"}"});
            expect("}");
        } else {
            found.body = list({});
            if (good() && atOperator(")"))
                ++m_at;
            else
                complain();
        }
        return found;
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_problem;
};

} // namespace

base::Result<List> parse(std::string_view script)
{
    auto cut = tokens(script);
    if (!cut)
        return std::unexpected(cut.error());
    return Parser(std::move(*cut)).run();
}

} // namespace sluicegate::demo::grammar
