// SPDX-License-Identifier: GPL-3.0-or-later
// A small POSIX shell's grammar: words with quotes, pipes, lists, groups and loops. Nothing here runs
// anything.
#pragma once

#include "models/base/failure.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo::grammar {

struct Part {
    enum class Kind { Text, Quoted, Variable, Command, Arithmetic } kind {};
    std::string text; // the characters, the variable's name, or the script of $(...)
    bool quoted = false; // of the last three: inside double quotes
    std::string change {}; // ${name#pattern}: "#", "##", "%", "%%", ":-" or ":+"
    std::vector<Part> operand {}; // behind it, or what $((...)) reckons
};
using Word = std::vector<Part>;

struct Redirect {
    enum class To { Null, Out, Err, FromNull, File, Append, FromFile } to {};
    int descriptor = 1;
    Word file;
};

struct Command;
struct Pipeline {
    std::vector<Command> commands;
    bool negated = false;
};
struct Step {
    enum class Link { Always, And, Or } link {};
    Pipeline pipeline;
};
using List = std::vector<Step>;

struct Command {
    enum class Kind { Simple, For, If, While, Until, Group, Subshell } kind {};
    std::vector<Word> words; // of a simple command, or what `for` walks over
    std::vector<Redirect> redirects;
    std::string variable; // of `for`
    List condition; // of `if` and `while`
    List body;
    List otherwise;
};

/// NotUnderstood carries the words of a real shell: `Syntax error: "(" unexpected`.
base::Result<List> parse(std::string_view script);
/// What a file name is when it is a plain word.
std::string_view plain(const Word& word);

} // namespace sluicegate::demo::grammar
