// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/demo/shell.h"

namespace sluicegate::demo {

using grammar::Redirect;

namespace {

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
    reply.exitStatus = list(*parsed, reply.out, reply.err);
    return reply;
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
    if (one.kind != grammar::Command::Kind::Simple)
        return reads(one.condition) || reads(one.body) || reads(one.otherwise);
    for (const Redirect& redirect : one.redirects) {
        if (redirect.descriptor == 0)
            return false;
    }
    std::vector<std::string> words = expand(one.words);
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
    if (one.kind == grammar::Command::Kind::Simple)
        return simple(one, out, err);
    if (one.kind == grammar::Command::Kind::If)
        return list(one.condition, out, err) == 0 ? list(one.body, out, err)
                                                  : (m_status = 0, list(one.otherwise, out, err));
    m_status = 0;
    for (std::string& item : expand(one.words)) {
        m_variables[one.variable] = std::move(item);
        m_status = list(one.body, out, err);
        if (m_budget == 0)
            return 125;
    }
    return m_status;
}

int Shell::simple(const grammar::Command& one, std::string& out, std::string& err)
{
    std::string ownOut;
    std::string ownErr;
    std::vector<std::string> words = expand(one.words);
    std::string* toOut = &out;
    std::string* toErr = &err;
    for (const Redirect& redirect : one.redirects) {
        std::string*& to = redirect.descriptor == 2 ? toErr : toOut;
        switch (redirect.to) {
        case Redirect::To::Null:
            to = redirect.descriptor == 2 ? &ownErr : &ownOut;
            break;
        case Redirect::To::Out:
            to = toOut;
            break;
        case Redirect::To::Err:
            to = toErr;
            break;
        case Redirect::To::FromNull:
            m_input = m_input.substr(m_input.size());
            break;
        case Redirect::To::File:
            err += "sh: 1: cannot create " + redirect.file + ": Read-only file system\n";
            return 2;
        }
    }
    while (!words.empty() && isAssignment(words.front())) {
        const auto equals = words.front().find('=');
        m_variables[words.front().substr(0, equals)] = words.front().substr(equals + 1);
        words.erase(words.begin());
    }
    if (words.empty())
        return 0;
    if (words.front() == "read")
        return read(words);
    return execute(std::move(words), m_input, *toOut, *toErr);
}

int Shell::read(const std::vector<std::string>& words)
{
    const auto end = m_input.find('\n');
    const std::string line(m_input.substr(0, end));
    m_input.remove_prefix(end == std::string_view::npos ? m_input.size() : end + 1);
    m_variables[words.back()] = line;
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
    if (program->readsInput(call.args))
        m_input = m_input.substr(m_input.size());
    const int status = program->run(call);
    --m_depth;
    return status;
}

} // namespace sluicegate::demo
