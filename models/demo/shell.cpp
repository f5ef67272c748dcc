// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/shell.h"

#include <charconv>
#include <list>
#include <utility>

namespace sluicegate::demo {

using grammar::Redirect;

namespace {

constexpr std::size_t mostBytes = 8u << 20; // in one variable

bool isAssignment(std::string_view word)
{
    const auto equals = word.find('=');
    if (equals == std::string_view::npos || equals == 0 || (word.front() >= '0' && word.front() <= '9'))
        return false;
    return word.substr(0, equals).find_first_not_of(
               "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_")
        == std::string_view::npos;
}

} // namespace

int Call::complain(std::string_view text, int status)
{
    err += args.front() + ": " + std::string(text) + '\n';
    return status;
}

Shell::Shell(World& world, std::vector<std::string> parameters)
    : m_world(world), m_parameters(std::move(parameters))
{
    m_world.files.enter("/root");
    m_variables = {{"HOME", "/root"}, {"USER", world.user}, {"LC_ALL", "C"},
        {"PATH", "/usr/sbin:/usr/bin:/sbin:/bin"}, {"HOSTNAME", world.host}};
}

ssh::ExecReply Shell::run(std::string_view script, std::string_view input)
{
    ssh::ExecReply reply;
    const auto parsed = grammar::parse(script);
    if (!parsed)
        return {{}, "sh: 1: " + parsed.error().detail + '\n', 2};
    m_inputBytes = input;
    m_input = m_inputBytes;
    m_err = &reply.err;
    reply.exitStatus = list(*parsed, reply.out, reply.err);
    if (const auto last = grammar::parse(m_atEnd)) {
        m_over = false;
        list(*last, reply.out, reply.err);
    }
    return reply;
}

int Shell::child(std::string_view script, std::vector<std::string> parameters, std::string_view input,
    std::string& out, std::string& err)
{
    if (m_depth > 8)
        return 2;
    Shell inner(m_world, std::move(parameters));
    inner.m_depth = m_depth + 1;
    inner.m_budget = std::exchange(m_budget, 0);
    const ssh::ExecReply reply = inner.run(script, input);
    m_budget = inner.m_budget;
    out += reply.out;
    err += reply.err;
    return reply.exitStatus;
}

bool Shell::readsInput(std::string_view script)
{
    const auto parsed = grammar::parse(script);
    return parsed && reads(*parsed);
}

bool Shell::reads(const grammar::List& steps)
{
    for (const grammar::Step& step : steps) {
        if (reads(step.pipeline.commands.front()))
            return true;
    }
    return false;
}

bool Shell::reads(const grammar::Command& one)
{
    for (const Redirect& redirect : one.redirects) {
        if (redirect.descriptor == 0)
            return false;
    }
    if (one.kind != grammar::Command::Kind::Simple)
        return reads(one.condition) || reads(one.body) || reads(one.otherwise);
    m_dry = true;
    std::vector<std::string> words = expand(one.words);
    m_dry = false;
    while (!words.empty() && isAssignment(words.front()))
        words.erase(words.begin());
    if (words.empty())
        return false;
    if (words.front() == "read")
        return true;
    const Program* program = findProgram(words.front());
    return program && program->readsInput(words);
}

int Shell::list(const grammar::List& steps, std::string& out, std::string& err)
{
    for (const grammar::Step& step : steps) {
        const bool wanted = step.link == grammar::Step::Link::Always
            || (step.link == grammar::Step::Link::And) == (m_status == 0);
        if (wanted)
            m_status = pipeline(step.pipeline, out, err);
        if (m_over)
            break;
    }
    return m_status;
}

int Shell::pipeline(const grammar::Pipeline& line, std::string& out, std::string& err)
{
    std::string between;
    std::string_view rest;
    for (std::size_t i = 0; i < line.commands.size(); ++i) {
        const bool last = i + 1 == line.commands.size();
        std::string produced;
        m_status = command(line.commands[i], last ? out : produced, err);
        if (i == 0)
            rest = m_input; // what the first command has left of the shell's own input
        between = std::move(produced);
        if (!last)
            m_input = between;
        m_over = m_over && line.commands.size() == 1; // a part of a pipe has a shell of its own
    }
    m_input = rest;
    return line.negated ? m_status == 0 : m_status;
}

int Shell::command(const grammar::Command& one, std::string& out, std::string& err)
{
    if (m_budget == 0) {
        err += "sh: too many commands\n";
        return 125;
    }
    --m_budget;
    return one.redirects.empty() ? dispatch(one, out, err) : redirected(one, out, err);
}

int Shell::dispatch(const grammar::Command& one, std::string& out, std::string& err)
{
    using enum grammar::Command::Kind;
    switch (one.kind) {
    case Simple:
        return simple(one, out, err);
    case If:
        if (list(one.condition, out, err) == 0)
            return m_over ? m_status : list(one.body, out, err);
        m_status = m_over ? m_status : 0;
        return m_over ? m_status : list(one.otherwise, out, err);
    case While:
    case Until:
        return loop(one, out, err);
    case Group:
        return list(one.body, out, err);
    case Subshell:
        return subshell(one.body, out, err);
    case For:
        break;
    }
    m_status = 0;
    for (std::string& item : expand(one.words)) {
        m_variables[one.variable] = std::move(item);
        m_status = list(one.body, out, err);
        if (m_over)
            break;
        if (m_budget == 0)
            return 125;
    }
    return m_status;
}

int Shell::loop(const grammar::Command& one, std::string& out, std::string& err)
{
    int status = 0;
    while (m_budget > 0) {
        const bool good = list(one.condition, out, err) == 0;
        if (m_over)
            return m_status;
        if (good != (one.kind == grammar::Command::Kind::While))
            return status;
        status = list(one.body, out, err);
        if (m_over)
            return status;
    }
    return 125;
}

int Shell::subshell(const grammar::List& body, std::string& out, std::string& err)
{
    if (m_depth > 16)
        return 2;
    ++m_depth;
    const auto variables = m_variables;
    const auto parameters = m_parameters;
    const auto folder = m_world.files.folder();
    const int status = list(body, out, err);
    m_variables = variables;
    m_parameters = parameters;
    m_world.files.enter(folder);
    m_over = false;
    --m_depth;
    return status;
}

// Files are written when the command has ended: nothing here reads what it writes.
int Shell::redirected(const grammar::Command& one, std::string& out, std::string& err)
{
    struct Written {
        std::string path;
        std::string bytes;
    };
    std::list<Written> files;
    std::string sunk;
    std::string* toOut = &out;
    std::string* toErr = &err;
    const std::string_view before = m_input;
    std::string from;
    bool fromFile = false;
    for (const Redirect& redirect : one.redirects) {
        std::string*& to = redirect.descriptor == 2 ? toErr : toOut;
        const std::string name = joined(redirect.file);
        const bool append = redirect.to == Redirect::To::Append;
        switch (redirect.to) {
        case Redirect::To::Null:
            to = &sunk;
            break;
        case Redirect::To::Out:
            to = toOut;
            break;
        case Redirect::To::Err:
            to = toErr;
            break;
        case Redirect::To::FromNull:
            fromFile = true;
            break;
        case Redirect::To::FromFile: {
            Node* node = m_world.files.find(name);
            if (!node || node->isFolder()) {
                err += "sh: 1: cannot open " + name + ": No such file\n";
                return 2;
            }
            from = m_world.files.read(*node);
            fromFile = true;
            break;
        }
        case Redirect::To::File:
        case Redirect::To::Append:
            if (!m_world.files.write(
                    name, {}, m_world.now(), append ? FileTree::Write::Append : FileTree::Write::Anew)) {
                err += "sh: 1: cannot create " + name + ": Directory nonexistent\n";
                return 2;
            }
            files.push_back({name, {}});
            to = &files.back().bytes;
            break;
        }
    }
    if (fromFile)
        m_input = from;
    int status = dispatch(one, *toOut, *toErr);
    for (const Written& file : files) {
        if (m_world.files.write(file.path, file.bytes, m_world.now(), FileTree::Write::Append))
            continue;
        err += "sh: 1: write error: No space left on device\n";
        status = 1;
    }
    if (fromFile)
        m_input = before;
    return status;
}

int Shell::simple(const grammar::Command& one, std::string& out, std::string& err)
{
    // Of "a=b program" nothing stays; of "a=b" alone it does.
    std::map<std::string, std::string> own;
    std::size_t at = 0;
    for (; at < one.words.size(); ++at) {
        const auto& first = one.words[at].empty() ? std::string() : one.words[at].front().text;
        const bool isText = !one.words[at].empty() && one.words[at].front().kind == grammar::Part::Kind::Text;
        if (!isText || !isAssignment(first))
            break;
        const std::string whole = joined(one.words[at]);
        const auto equals = whole.find('=');
        own[whole.substr(0, equals)] = whole.substr(equals + 1);
        if (whole.size() > mostBytes) {
            err += "sh: 1: Out of space\n";
            m_over = true;
            return 2;
        }
    }
    const int before = m_status;
    m_status = 0; // of an assignment alone, unless a $(...) in it says otherwise
    if (at == one.words.size()) {
        m_status = own.empty() ? 0 : m_substituted;
        for (auto& [name, value] : own)
            m_variables[name] = std::move(value);
        return m_status;
    }
    m_status = before;
    std::vector<std::string> words = expand({one.words.begin() + std::ptrdiff_t(at), one.words.end()});
    if (words.empty())
        return 0;
    std::map<std::string, std::optional<std::string>> saved;
    for (auto& [name, value] : own) {
        const auto known = m_variables.find(name);
        saved[name] = known == m_variables.end() ? std::nullopt : std::optional(known->second);
        m_variables[name] = value;
    }
    const auto done = builtIn(words, out, err);
    const int status = done ? *done : execute(std::move(words), m_input, out, err);
    for (auto& [name, value] : saved) {
        if (value)
            m_variables[name] = std::move(*value);
        else
            m_variables.erase(name);
    }
    return status;
}

std::optional<int> Shell::builtIn(std::vector<std::string>& words, std::string& out, std::string& err)
{
    const std::string& name = words.front();
    if (name == "read")
        return read(words);
    if (name == "cd")
        return enter(words, err);
    if (name == "pwd") {
        out += m_world.files.folder() + '\n';
        return 0;
    }
    if (name == "exit" || name == "return") {
        int status = m_status;
        if (words.size() > 1)
            std::from_chars(words[1].data(), words[1].data() + words[1].size(), status);
        m_over = true;
        return status;
    }
    if (name == "set") {
        if (words.size() > 1 && words[1] == "--")
            m_parameters.assign(words.begin() + 2, words.end());
        return 0;
    }
    if (name == "shift") {
        std::size_t count = 1;
        if (words.size() > 1)
            std::from_chars(words[1].data(), words[1].data() + words[1].size(), count);
        if (m_parameters.size() < count)
            return 2;
        m_parameters.erase(m_parameters.begin(), m_parameters.begin() + std::ptrdiff_t(count));
        return 0;
    }
    if (name == "trap") {
        if (words.size() > 2 && words[2] == "EXIT")
            m_atEnd = words[1];
        return 0;
    }
    if (name == "umask")
        return 0;
    if (name == "exec" && words.size() > 1) {
        words.erase(words.begin());
        const int status = execute(words, m_input, out, err);
        m_over = true;
        return status;
    }
    return {};
}

int Shell::enter(const std::vector<std::string>& words, std::string& err)
{
    const Node* node = words.size() > 1 ? m_world.files.find(words.back()) : nullptr;
    if (!node || !node->isFolder()) {
        err += "sh: 1: cd: can't cd to " + words.back() + '\n';
        return 2;
    }
    m_world.files.enter(words.back());
    return 0;
}

// The last name takes the rest of the line.
int Shell::read(const std::vector<std::string>& words)
{
    const auto end = m_input.find('\n');
    std::string_view line = m_input.substr(0, end);
    m_input.remove_prefix(end == std::string_view::npos ? m_input.size() : end + 1);
    const auto separators = m_variables.find("IFS");
    const std::string_view blanks
        = separators == m_variables.end() ? " \t" : std::string_view(separators->second);
    std::size_t at = words.size() > 1 && words[1].starts_with('-') ? 2 : 1;
    for (; at < words.size(); ++at) {
        line.remove_prefix(std::min(line.find_first_not_of(blanks), line.size()));
        auto word = at + 1 < words.size() ? line.substr(0, line.find_first_of(blanks)) : line;
        line.remove_prefix(word.size());
        word = word.substr(0, word.find_last_not_of(blanks) + 1);
        m_variables[words[at]] = word;
    }
    return end == std::string_view::npos;
}

int Shell::execute(std::vector<std::string> words, std::string_view input, std::string& out, std::string& err)
{
    if (words.empty())
        return 0;
    const Program* program = findProgram(words.front());
    if (!program) {
        err += "sh: 1: " + words.front() + ": not found\n";
        return 127;
    }
    if (++m_depth > 16) {
        err += "sh: 1: Maximum function recursion depth reached\n";
        return 2;
    }
    Call call {m_world, *this, std::move(words), input, out, err};
    call.args.front() = call.args.front().substr(call.args.front().rfind('/') + 1);
    const bool readsIt = program->readsInput(call.args);
    const std::string_view before = m_input;
    if (readsIt)
        m_input = m_input.substr(m_input.size());
    const int status = program->run(call);
    if (readsIt && call.taken < before.size())
        m_input = before.substr(call.taken);
    --m_depth;
    return status;
}

} // namespace sluicegate::demo
