// SPDX-License-Identifier: GPL-3.0-or-later
// A fixed script with hostile arguments as one exec string that bash, dash, tcsh, fish and rbash all take
// byte for byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::ssh {

/// sh -c '...' with the arguments as octal escapes: the login shell sees no byte of them.
std::string wrap(std::string_view script, const std::vector<std::string>& arguments);

struct Wrapped {
    std::string script;
    std::vector<std::string> arguments;
};

/// The inverse of wrap(), for servers of our own; nullopt for a command that wrap() did not make.
std::optional<Wrapped> unwrap(std::string_view command);

} // namespace sluicegate::ssh
