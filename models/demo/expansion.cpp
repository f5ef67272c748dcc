// SPDX-License-Identifier: GPL-3.0-or-later
// How the shell makes arguments of words: variables, splitting, patterns.
#include "models/demo/shell.h"

#include <charconv>

namespace sluicegate::demo {

using grammar::Part;

namespace {

/// One argument while it grows, as text and as the pattern it might be.
class Argument {
public:
    Argument(FileTree& files, std::vector<std::string>& to) : m_files(files), m_to(to) { }

    void add(std::string_view text, bool quoted)
    {
        m_something = true;
        for (const char c : text) {
            const bool special = std::string_view("*?[").contains(c);
            m_magic = m_magic || (special && !quoted);
            if ((special && quoted) || c == '\\')
                m_pattern += '\\';
            m_pattern += c;
            m_text += c;
        }
    }

    /// Unquoted text falls apart at blanks.
    void addSplit(std::string_view text)
    {
        bool first = true;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find_first_of(" \t\n", at), text.size());
            if (end > at) {
                if (!first)
                    finish();
                first = false;
                add(text.substr(at, end - at), false);
            }
            at = end + 1;
        }
    }

    void finish()
    {
        const auto paths = m_magic ? m_files.glob(m_pattern) : std::vector<std::string>();
        if (paths.empty() && m_something)
            m_to.push_back(m_text);
        m_to.insert(m_to.end(), paths.begin(), paths.end());
        m_text.clear();
        m_pattern.clear();
        m_magic = m_something = false;
    }

private:
    FileTree& m_files;
    std::vector<std::string>& m_to;
    std::string m_text;
    std::string m_pattern;
    bool m_magic = false;
    bool m_something = false;
};

} // namespace

std::string Shell::value(std::string_view name) const
{
    if (name == "?")
        return std::to_string(m_status);
    if (name == "#")
        return std::to_string(m_parameters.size());
    if (name == "0")
        return "sh";
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
    if (error == std::errc() && end == name.data() + name.size())
        return number <= m_parameters.size() ? m_parameters[number - 1] : std::string();
    const auto at = m_variables.find(name);
    return at == m_variables.end() ? std::string() : at->second;
}

std::vector<std::string> Shell::expand(const std::vector<grammar::Word>& words)
{
    std::vector<std::string> found;
    for (const grammar::Word& word : words)
        expand(word, found);
    return found;
}

void Shell::expand(const grammar::Word& word, std::vector<std::string>& to)
{
    Argument argument(m_world.files, to);
    for (const Part& part : word) {
        const bool quoted = part.kind == Part::Kind::Quoted || part.kind == Part::Kind::QuotedVariable;
        if (part.kind == Part::Kind::Text || part.kind == Part::Kind::Quoted) {
            argument.add(part.text, quoted);
        } else if (part.text == "@" || (part.text == "*" && !quoted)) {
            for (std::size_t i = 0; i < m_parameters.size(); ++i) {
                if (i > 0)
                    argument.finish();
                argument.add(m_parameters[i], quoted);
            }
        } else if (quoted) {
            argument.add(value(part.text), true);
        } else {
            argument.addSplit(value(part.text));
        }
    }
    argument.finish();
}

} // namespace sluicegate::demo
