// SPDX-License-Identifier: GPL-3.0-or-later
// sort, uniq, cut.
#include "models/demo/programs.h"

#include <algorithm>
#include <cstdlib>
#include <format>

namespace sluicegate::demo::programs {

namespace {

std::string gather(Call& call, const Options& given, int& status)
{
    std::string all;
    if (given.operands.empty())
        all = call.input;
    for (const std::string& name : given.operands) {
        if (name == "-")
            all += call.input;
        else if (const std::string* bytes = openFile(call, name))
            all += *bytes;
        else
            status = 2;
    }
    return all;
}

// The part of a line from the named field on; fields are parted by blanks, or by -t.
std::string_view fromField(std::string_view line, std::size_t field, std::string_view separator)
{
    for (std::size_t i = 1; i < field; ++i) {
        std::size_t end = 0;
        if (separator.empty()) {
            end = line.find_first_not_of(" \t");
            end = end == std::string_view::npos ? end : line.find_first_of(" \t", end);
        } else {
            end = line.find(separator.front());
            end += end != std::string_view::npos;
        }
        if (end == std::string_view::npos)
            return {};
        line.remove_prefix(end);
    }
    return line;
}

double leadingNumber(std::string_view text)
{
    return std::strtod(std::string(text).c_str(), nullptr);
}

// "1-3,5": which of a line's columns are wanted.
bool wanted(std::string_view ranges, std::size_t column)
{
    while (!ranges.empty()) {
        const auto end = std::min(ranges.find(','), ranges.size());
        const std::string one(ranges.substr(0, end));
        ranges.remove_prefix(std::min(end + 1, ranges.size()));
        const auto dash = one.find('-');
        const std::size_t first = std::max(1ul, std::strtoul(one.c_str(), nullptr, 10));
        const std::size_t last = dash == std::string::npos ? first
            : dash + 1 == one.size()                       ? column
                                     : std::strtoul(one.c_str() + dash + 1, nullptr, 10);
        if (column >= first && column <= last)
            return true;
    }
    return false;
}

} // namespace

int sort(Call& call)
{
    const Options given = options(call.args, "nrufk:t:");
    int status = 0;
    const std::string all = gather(call, given, status);
    auto lines = linesOf(all);
    const std::size_t field = std::strtoul(given.value('k').value_or("1").c_str(), nullptr, 10);
    const std::string separator = given.value('t').value_or("");
    const bool numeric = given.has('n') || given.value('k').value_or("").ends_with('n');
    const auto less = [&](std::string_view a, std::string_view b) {
        const auto left = fromField(a, field, separator);
        const auto right = fromField(b, field, separator);
        if (numeric && leadingNumber(left) != leadingNumber(right))
            return leadingNumber(left) < leadingNumber(right);
        return left == right ? a < b : left < right;
    };
    std::ranges::stable_sort(lines, less);
    if (given.has('r'))
        std::ranges::reverse(lines);
    if (given.has('u'))
        lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    for (const std::string_view line : lines)
        call.out += std::string(line) + '\n';
    return status;
}

int uniq(Call& call)
{
    const Options given = options(call.args, "cdu");
    int status = 0;
    const std::string all = gather(call, given, status);
    const auto lines = linesOf(all);
    for (std::size_t at = 0; at < lines.size();) {
        std::size_t end = at;
        while (end < lines.size() && lines[end] == lines[at])
            ++end;
        const bool shown = (!given.has('d') || end - at > 1) && (!given.has('u') || end - at == 1);
        if (shown)
            call.out += (given.has('c') ? std::format("{:>7} ", end - at) : std::string())
                + std::string(lines[at]) + '\n';
        at = end;
    }
    return status;
}

int cut(Call& call)
{
    const Options given = options(call.args, "d:f:c:");
    if (!given.has('f') && !given.has('c'))
        return call.complain("you must specify a list of bytes, characters, or fields");
    int status = 0;
    const std::string all = gather(call, given, status);
    const std::string separator = given.has('c') ? "" : given.value('d').value_or("\t");
    const std::string ranges = given.value(given.has('c') ? 'c' : 'f').value_or("");
    for (std::string_view line : linesOf(all)) {
        std::string kept;
        if (!separator.empty() && !line.contains(separator)) {
            call.out += std::string(line) + '\n';
            continue;
        }
        for (std::size_t column = 1, any = 0; !line.empty(); ++column) {
            const auto end = separator.empty() ? 1 : std::min(line.find(separator), line.size());
            if (wanted(ranges, column))
                kept += (any++ ? separator : "") + std::string(line.substr(0, end));
            line.remove_prefix(std::min(end + separator.size(), line.size()));
        }
        call.out += kept + '\n';
    }
    return status;
}

} // namespace sluicegate::demo::programs
