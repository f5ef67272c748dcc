// SPDX-License-Identifier: GPL-3.0-or-later
// How the shell makes arguments of words: variables, splitting, patterns.
#include "models/demo/shell.h"

#include <charconv>
#include <functional>

#include <fnmatch.h>

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

// Sums and differences of whole numbers, from the left; names stand for their values.
long reckon(std::string_view text, const std::function<std::string(std::string_view)>& valueOf)
{
    long sum = 0;
    long sign = 1;
    while (!text.empty()) {
        const char c = text.front();
        if (c == ' ' || c == '+' || c == '-') {
            sign = c == '-' ? -1 : c == '+' ? 1 : sign;
            text.remove_prefix(1);
            continue;
        }
        const auto word = text.substr(0, text.find_first_of(" +-"));
        text.remove_prefix(word.size());
        const bool isNumber = word.front() >= '0' && word.front() <= '9';
        const std::string known = isNumber ? std::string(word) : valueOf(word);
        int number = 0;
        std::from_chars(known.data(), known.data() + known.size(), number);
        sum += sign * number;
    }
    return sum;
}

} // namespace

std::string Shell::value(std::string_view name) const
{
    if (name == "?")
        return std::to_string(m_status);
    if (name == "#")
        return std::to_string(m_parameters.size());
    if (name == "0")
        return "sh";
    if (name == "$")
        return "31337";
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
        if (part.kind == Part::Kind::Text || part.kind == Part::Kind::Quoted) {
            argument.add(part.text, part.kind == Part::Kind::Quoted);
        } else if (part.kind == Part::Kind::Variable && part.change.empty()
            && (part.text == "@" || (part.text == "*" && !part.quoted))) {
            for (std::size_t i = 0; i < m_parameters.size(); ++i) {
                if (i > 0)
                    argument.finish();
                argument.add(m_parameters[i], part.quoted);
            }
        } else if (part.quoted) {
            argument.add(valueOf(part), true);
        } else {
            argument.addSplit(valueOf(part));
        }
    }
    argument.finish();
}

std::string Shell::joined(const grammar::Word& word)
{
    std::string text;
    for (const Part& part : word)
        text += part.kind == Part::Kind::Text || part.kind == Part::Kind::Quoted ? part.text : valueOf(part);
    return text;
}

std::string Shell::pattern(const grammar::Word& word)
{
    std::string text;
    for (const Part& part : word) {
        const bool literal = part.kind == Part::Kind::Quoted || part.quoted;
        const std::string piece
            = part.kind == Part::Kind::Text || part.kind == Part::Kind::Quoted ? part.text : valueOf(part);
        for (const char c : piece) {
            if (literal && std::string_view("*?[\\").contains(c))
                text += '\\';
            text += c;
        }
    }
    return text;
}

std::string Shell::valueOf(const Part& part)
{
    if (part.kind == Part::Kind::Command)
        return m_dry ? std::string() : substituted(part.text);
    if (part.kind == Part::Kind::Arithmetic)
        return std::to_string(
            reckon(joined(part.operand), [this](std::string_view name) { return value(name); }));
    if (!part.change.empty())
        return changed(part);
    if (part.text == "*") {
        std::string all;
        for (const std::string& each : m_parameters)
            all += (all.empty() ? "" : " ") + each;
        return all;
    }
    return value(part.text);
}

// ${name#pattern} and its kin; the patterns here are short, so that trying each length is cheap enough.
std::string Shell::changed(const Part& part)
{
    const std::string whole = value(part.text);
    if (part.change == ":-")
        return whole.empty() ? joined(part.operand) : whole;
    if (part.change == ":+")
        return whole.empty() ? whole : joined(part.operand);
    const std::string wanted = pattern(part.operand);
    const bool front = part.change.front() == '#';
    const bool longest = part.change.size() == 2;
    constexpr std::size_t most = 4096; // characters that are tried
    for (std::size_t i = 0; i <= std::min(whole.size(), most); ++i) {
        const std::size_t length = longest ? std::min(whole.size(), most) - i : i;
        const std::string piece = front ? whole.substr(0, length) : whole.substr(whole.size() - length);
        if (::fnmatch(wanted.c_str(), piece.c_str(), 0) == 0)
            return front ? whole.substr(length) : whole.substr(0, whole.size() - length);
    }
    return whole;
}

std::string Shell::substituted(const std::string& script)
{
    std::string out;
    std::string lost;
    std::string& err = m_err ? *m_err : lost;
    const auto parsed = grammar::parse(script);
    if (!parsed) {
        err += "sh: 1: " + parsed.error().detail + '\n';
        m_substituted = 2;
        return {};
    }
    const int before = m_status;
    m_substituted = subshell(*parsed, out, err);
    m_status = before;
    out.erase(out.find_last_not_of('\n') + 1);
    return out;
}

} // namespace sluicegate::demo
