// SPDX-License-Identifier: GPL-3.0-or-later
// A script cut into words and operators.
#pragma once

#include "models/demo/grammar.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo::grammar {

struct Token {
    enum class Kind { Text, Operator } kind {};
    Word word;
    std::string op; // "|", "&&", ";", "\n", ">", "2>", ">&" ...

    /// The word as a reserved word: only when nothing in it is quoted.
    std::string_view bare() const;
};

base::Result<std::vector<Token>> tokens(std::string_view script);

} // namespace sluicegate::demo::grammar
