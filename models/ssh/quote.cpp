// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/quote.h"

#include <algorithm>
#include <charconv>

namespace sluicegate::ssh {

namespace {

// A login shell without a terminal often lacks the folders where postqueue and sendmail live.
constexpr std::string_view opening
    = "sh -c 'LC_ALL=C; PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export LC_ALL PATH; ";
constexpr std::string_view decode = "\"$(printf %b \"";
constexpr std::string_view decodeEnd = "\")\"";
constexpr std::string_view tail = "t=$(printf %b \"";
constexpr std::string_view tailEnd = "x\"); set -- \"$@\" \"${t%x}\"; ";

bool printable(char c)
{
    return c >= ' ' && c <= '~';
}

// What every login shell passes through single quotes unharmed: fish unescapes \' and \\ there, csh expands
// the exclamation mark and ends at a newline.
bool survivesSingleQuotes(std::string_view text)
{
    return std::ranges::all_of(
        text, [](char c) { return printable(c) && c != '\'' && c != '\\' && c != '!'; });
}

bool isPlainWord(std::string_view text)
{
    constexpr std::string_view marks = "_./:=@%+,-";
    return !text.empty() && std::ranges::all_of(text, [marks](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
            || marks.contains(c);
    });
}

void appendEncoded(std::string& to, std::string_view text)
{
    constexpr std::string_view special = "'\"\\$`!";
    for (const char c : text) {
        if (printable(c) && !special.contains(c)) {
            to += c;
            continue;
        }
        const unsigned byte = static_cast<unsigned char>(c);
        to += "\\0";
        for (const unsigned shift : {6u, 3u, 0u})
            to += static_cast<char>('0' + ((byte >> shift) & 7u));
    }
}

// Reads up to the closing mark; nullopt if that is missing or an escape is not ours.
std::optional<std::string> takeEncoded(std::string_view& rest, std::string_view end)
{
    const auto close = rest.find('"');
    const auto keep = end.find('"');
    if (close == std::string_view::npos || close < keep || rest.substr(close - keep, end.size()) != end)
        return std::nullopt;
    std::string text;
    for (auto at = rest.substr(0, close - keep); !at.empty();) {
        if (!at.starts_with("\\0")) {
            text += at.front();
            at.remove_prefix(1);
            continue;
        }
        unsigned byte = 0;
        const auto digits = at.substr(2, 3);
        const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), byte, 8);
        if (error != std::errc {} || stop != digits.data() + 3 || byte > 255)
            return std::nullopt;
        text += static_cast<char>(byte);
        at.remove_prefix(5);
    }
    rest.remove_prefix(close - keep + end.size());
    return text;
}

// $(...) strips newlines from the end, so such an argument takes a detour with an x behind it.
void appendArgument(std::string& to, std::string_view argument)
{
    if (argument.ends_with('\n')) {
        to += tail;
        appendEncoded(to, argument);
        to += tailEnd;
        return;
    }
    to += "set -- \"$@\" ";
    if (isPlainWord(argument)) {
        to += argument;
    } else {
        to += decode;
        appendEncoded(to, argument);
        to += decodeEnd;
    }
    to += "; ";
}

bool takePrefix(std::string_view& rest, std::string_view prefix)
{
    if (!rest.starts_with(prefix))
        return false;
    rest.remove_prefix(prefix.size());
    return true;
}

std::optional<std::string> takeArgument(std::string_view& rest)
{
    if (takePrefix(rest, tail))
        return takeEncoded(rest, tailEnd);
    if (!takePrefix(rest, "set -- \"$@\" "))
        return std::nullopt;
    if (takePrefix(rest, decode)) {
        auto text = takeEncoded(rest, decodeEnd);
        return takePrefix(rest, "; ") ? text : std::nullopt;
    }
    std::string word(rest.substr(0, rest.find("; ")));
    rest.remove_prefix(word.size());
    return takePrefix(rest, "; ") ? std::optional(word) : std::nullopt;
}

bool looksLikeAnArgument(std::string_view script)
{
    return script.starts_with(tail) || script.starts_with("set -- \"$@\" ") || script.starts_with("eval ");
}

} // namespace

std::string wrap(std::string_view script, const std::vector<std::string>& arguments)
{
    std::string command(opening);
    for (const auto& argument : arguments)
        appendArgument(command, argument);
    if (survivesSingleQuotes(script) && !looksLikeAnArgument(script)) {
        command += script;
    } else {
        command += "eval ";
        command += decode;
        appendEncoded(command, script);
        command += decodeEnd;
    }
    command += '\'';
    return command;
}

std::optional<Wrapped> unwrap(std::string_view command)
{
    std::string_view rest = command;
    if (!takePrefix(rest, opening) || !rest.ends_with('\''))
        return std::nullopt;
    rest.remove_suffix(1);
    Wrapped result;
    while (looksLikeAnArgument(rest) && !rest.starts_with("eval ")) {
        auto argument = takeArgument(rest);
        if (!argument)
            return std::nullopt;
        result.arguments.push_back(std::move(*argument));
    }
    if (takePrefix(rest, "eval ") && takePrefix(rest, decode)) {
        auto script = takeEncoded(rest, decodeEnd);
        if (!script || !rest.empty())
            return std::nullopt;
        result.script = std::move(*script);
    } else {
        result.script = rest;
    }
    // Only what wrap() itself would write is ours: this also refuses every other spelling.
    if (wrap(result.script, result.arguments) != command)
        return std::nullopt;
    return result;
}

} // namespace sluicegate::ssh
