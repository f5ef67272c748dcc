// SPDX-License-Identifier: GPL-3.0-or-later
// A small shell over the invented server's programs.
#pragma once

#include "models/demo/grammar.h"
#include "models/demo/world.h"
#include "models/ssh/loopserver.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo {

class Shell;

/// One program being run. args[0] is its name.
struct Call {
    World& world;
    Shell& shell;
    std::vector<std::string> args;
    std::string_view input; // what is left on standard input
    std::string& out;
    std::string& err;
    std::size_t taken = std::string_view::npos; // how much of its input a program that reads has read

    /// Says "NAME: text" on stderr and gives the exit status.
    int complain(std::string_view text, int status = 1);
};

struct Program {
    std::string_view name;
    std::string_view path; // what `command -v` says; empty: built into the shell
    int (*run)(Call&);
    bool (*readsInput)(std::span<const std::string> args);
};

/// Every program there is; the name may be a full path.
const Program* findProgram(std::string_view name);

class Shell {
public:
    Shell(World& world, std::vector<std::string> parameters);

    ssh::ExecReply run(std::string_view script, std::string_view input);
    bool readsInput(std::string_view script);
    /// Runs one command whose words are ready, as env, nice and xargs do.
    int execute(std::vector<std::string> words, std::string_view input, std::string& out, std::string& err);

    std::map<std::string, std::string, std::less<>>& variables() { return m_variables; }
    /// Another shell in this one's place, as `sh -c` starts it.
    int child(std::string_view script, std::vector<std::string> parameters, std::string_view input,
        std::string& out, std::string& err);

private:
    int list(const grammar::List& steps, std::string& out, std::string& err);
    int pipeline(const grammar::Pipeline& line, std::string& out, std::string& err);
    int command(const grammar::Command& one, std::string& out, std::string& err);
    int redirected(const grammar::Command& one, std::string& out, std::string& err);
    int dispatch(const grammar::Command& one, std::string& out, std::string& err);
    int loop(const grammar::Command& one, std::string& out, std::string& err);
    int subshell(const grammar::List& body, std::string& out, std::string& err);
    int simple(const grammar::Command& one, std::string& out, std::string& err);
    /// What changes the shell itself: set, shift, cd, read, exit ... Nothing for any other name.
    std::optional<int> builtIn(std::vector<std::string>& words, std::string& out, std::string& err);
    int read(const std::vector<std::string>& words);
    int enter(const std::vector<std::string>& words, std::string& err);
    bool reads(const grammar::List& steps);
    bool reads(const grammar::Command& one);
    std::vector<std::string> expand(const std::vector<grammar::Word>& words);
    void expand(const grammar::Word& word, std::vector<std::string>& to);
    std::string joined(const grammar::Word& word); // without splitting, as a file's name or a pattern
    std::string pattern(const grammar::Word& word); // the same, with what was quoted escaped
    std::string value(std::string_view name) const;
    std::string changed(const grammar::Part& part);
    std::string valueOf(const grammar::Part& part);
    std::string substituted(const std::string& script);

    World& m_world;
    std::vector<std::string> m_parameters;
    std::map<std::string, std::string, std::less<>> m_variables;
    std::string m_inputBytes;
    std::string_view m_input;
    std::string m_atEnd; // of `trap ... EXIT`
    std::string* m_err = nullptr; // where a $(...) complains
    int m_status = 0;
    int m_substituted = 0; // exit status of the last $(...)
    int m_depth = 0;
    bool m_over = false; // `exit` was met
    bool m_dry = false; // only looking: nothing may run
    std::size_t m_budget = 20000; // commands one script may run
};

} // namespace sluicegate::demo
