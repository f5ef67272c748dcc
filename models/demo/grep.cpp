// SPDX-License-Identifier: GPL-3.0-or-later
// grep and zgrep, with the C library's regular expressions.
#include "models/demo/programs.h"

#include <algorithm>
#include <cstdlib>
#include <format>
#include <fnmatch.h>
#include <regex.h>
#include <strings.h>

namespace sluicegate::demo::programs {

namespace {

class Matcher {
public:
    Matcher() = default;
    Matcher(const Matcher&) = delete;
    Matcher& operator=(const Matcher&) = delete;
    ~Matcher()
    {
        if (m_compiled)
            ::regfree(&m_regex);
    }

    std::string compile(const std::string& pattern, const Options& given)
    {
        m_caseless = given.has('i');
        m_word = given.has('w');
        m_plain = given.has('F');
        m_pattern = pattern;
        if (m_plain)
            return {};
        const std::string whole = m_word ? "\\b(" + pattern + ")\\b" : pattern;
        const int flags = (given.has('E') || m_word ? REG_EXTENDED : 0) | (m_caseless ? REG_ICASE : 0);
        const int problem = ::regcomp(&m_regex, whole.c_str(), flags);
        if (problem == 0) {
            m_compiled = true;
            return {};
        }
        char text[200];
        ::regerror(problem, &m_regex, text, sizeof text);
        return text;
    }

    /// Where the pattern is, or nullopt.
    std::optional<std::string_view> find(std::string_view line) const
    {
        if (m_plain)
            return findPlain(line);
        regmatch_t at[1];
        const std::string copy(line);
        if (::regexec(&m_regex, copy.c_str(), 1, at, 0) != 0)
            return {};
        return line.substr(std::size_t(at[0].rm_so), std::size_t(at[0].rm_eo - at[0].rm_so));
    }

private:
    std::optional<std::string_view> findPlain(std::string_view line) const
    {
        if (m_pattern.empty())
            return line.substr(0, 0);
        const auto same = [this](char a, char b) {
            return m_caseless
                ? std::tolower(static_cast<unsigned char>(a)) == std::tolower(static_cast<unsigned char>(b))
                : a == b;
        };
        const auto hit = std::ranges::search(line, m_pattern, same);
        if (hit.empty())
            return {};
        return line.substr(std::size_t(hit.begin() - line.begin()), m_pattern.size());
    }

    regex_t m_regex {};
    bool m_compiled = false;
    bool m_caseless = false;
    bool m_word = false;
    bool m_plain = false;
    std::string m_pattern;
};

struct Search {
    const Options& given;
    const Matcher& matcher;
    bool named;
    std::size_t limit;
    bool found = false;
};

void searchOne(Call& call, Search& search, std::string_view text, const std::string& name)
{
    const Options& given = search.given;
    std::size_t hits = 0;
    std::size_t number = 0;
    const std::string prefix = search.named ? name + ':' : std::string();
    for (const std::string_view line : linesOf(text)) {
        ++number;
        const auto hit = search.matcher.find(line);
        if (hit.has_value() == given.has('v'))
            continue;
        ++hits;
        search.found = true;
        if (given.has('q') || given.has('l'))
            break;
        if (!given.has('c')) {
            call.out += prefix + (given.has('n') ? std::to_string(number) + ':' : std::string());
            call.out += given.has('o') && hit ? *hit : line;
            call.out += '\n';
        }
        if (hits == search.limit)
            break;
    }
    if (given.has('l') && hits > 0)
        call.out += name + '\n';
    else if (given.has('c') && !given.has('q'))
        call.out += prefix + std::to_string(hits) + '\n';
}

bool included(const Options& given, std::string_view path)
{
    const std::string name(path.substr(path.rfind('/') + 1));
    bool asked = false;
    for (const Options::Given& one : given.given) {
        if (one.letter != '-' || !one.value.starts_with("--include="))
            continue;
        asked = true;
        if (::fnmatch(one.value.substr(10).c_str(), name.c_str(), 0) == 0)
            return true;
    }
    return !asked;
}

void collect(
    Call& call, const Options& given, const std::string& path, std::vector<std::string>& files, int depth = 0)
{
    Node* node = call.world.files.find(path, FileTree::LastLink::Keep);
    if (!node || !node->isFolder() || depth > 40) {
        if (!node || (!node->isLink() && included(given, path)))
            files.push_back(path);
        return;
    }
    for (const std::string& name : call.world.files.names(path))
        collect(call, given, path + (path.ends_with('/') ? "" : "/") + name, files, depth + 1);
}

int search(Call& call, bool unpack)
{
    const Options given = options(call.args, "FEicnhHvloqswrRe:m:A:B:C:");
    if (given.unknown)
        return call.complain(std::format("invalid option -- '{}'", given.unknown), 2);
    std::vector<std::string> files = given.operands;
    std::string pattern = given.value('e').value_or("");
    if (!given.has('e')) {
        if (files.empty()) {
            call.err
                += "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n";
            return 2;
        }
        pattern = files.front();
        files.erase(files.begin());
    }
    Matcher matcher;
    if (const std::string problem = matcher.compile(pattern, given); !problem.empty())
        return call.complain(problem, 2);
    const bool deep = given.has('r') || given.has('R');
    Search one {given, matcher, given.has('H') || (!given.has('h') && (files.size() > 1 || deep)),
        static_cast<std::size_t>(std::strtoull(given.value('m').value_or("0").c_str(), nullptr, 10))};
    if (files.empty() && !deep)
        searchOne(call, one, call.input, "(standard input)");
    if (deep) {
        std::vector<std::string> found;
        for (const std::string& path : files)
            collect(call, given, path, found);
        files = std::move(found);
    }
    bool failed = false;
    std::string silenced;
    for (const std::string& name : files) {
        Call quiet {call.world, call.shell, call.args, {}, call.out, given.has('s') ? silenced : call.err};
        const std::string* bytes = name == "-" ? nullptr : openFile(quiet, name);
        failed = failed || (!bytes && name != "-");
        if (bytes) {
            const auto plain = unpack ? gunzip(*bytes) : std::nullopt;
            searchOne(call, one, plain ? *plain : *bytes, name);
        } else if (name == "-") {
            searchOne(call, one, call.input, "(standard input)");
        }
    }
    return failed && !(given.has('q') && one.found) ? 2 : one.found ? 0 : 1;
}

} // namespace

int grep(Call& call)
{
    return search(call, false);
}

int zgrep(Call& call)
{
    return search(call, true);
}

} // namespace sluicegate::demo::programs
