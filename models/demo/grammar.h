// SPDX-License-Identifier: GPL-3.0-or-later
// A small POSIX shell's grammar: words with quotes, pipes, lists, for and if. Nothing here runs anything.
#pragma once

#include "models/base/failure.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo::grammar {

struct Part {
    enum class Kind { Text, Quoted, Variable, QuotedVariable } kind {};
    std::string text; // the characters, or the variable's name
};
using Word = std::vector<Part>;

struct Redirect {
    enum class To { Null, Out, Err, FromNull, File } to {};
    int descriptor = 1;
    std::string file;
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
    enum class Kind { Simple, For, If } kind {};
    std::vector<Word> words; // of a simple command, or what `for` walks over
    std::vector<Redirect> redirects;
    std::string variable; // of `for`
    List condition; // of `if`
    List body;
    List otherwise;
};

/// NotUnderstood carries the words of a real shell: `Syntax error: "(" unexpected`.
base::Result<List> parse(std::string_view script);

} // namespace sluicegate::demo::grammar
