// SPDX-License-Identifier: GPL-3.0-or-later
// Writes JSON objects one a line into a buffer, for results too many to hold as a tree.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace sluicegate::app {

/// The same JSON with controls and marks of direction as escapes: a terminal must not obey them.
std::string quiet(std::string_view json);

/// Keys are plain ASCII of ours; values may be any bytes: what is no UTF-8 becomes U+FFFD, what a
/// terminal might obey an escape.
class JsonLine {
public:
    explicit JsonLine(std::string& out) : m_out(out) { }
    void open(char bracket);
    void close(char bracket);
    void key(std::string_view name);
    void text(std::string_view value);
    void number(std::int64_t value);
    void number(double value);
    void null();
    void endLine() { m_out += '\n'; }

    void member(std::string_view name, std::string_view value);
    void memberOrNull(std::string_view name, std::string_view value); // empty is null

private:
    void separate();
    std::string& m_out;
    bool m_first = true;
};

} // namespace sluicegate::app
