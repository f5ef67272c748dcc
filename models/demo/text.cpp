// SPDX-License-Identifier: GPL-3.0-or-later
// cat, head, tail, wc, zcat.
#include "models/demo/programs.h"

#include <algorithm>
#include <charconv>
#include <format>

namespace sluicegate::demo::programs {

namespace {

/// Runs `each` on every named file, or on standard input when none is named.
template <typename Each> int overInputs(Call& call, const Options& options, const Each& each)
{
    int status = 0;
    if (options.operands.empty())
        each(call.input, "-");
    for (const std::string& name : options.operands) {
        if (name == "-") {
            each(call.input, "-");
            continue;
        }
        if (const std::string* bytes = openFile(call, name))
            each(*bytes, name);
        else
            status = 1;
    }
    return status;
}

struct Count {
    bool bytes = false;
    bool fromStart = false; // tail -n +5
    std::size_t number = 10;
};

std::optional<Count> count(const Options& options)
{
    Count found;
    for (const char letter : {'n', 'c'}) {
        const auto value = options.value(letter);
        if (!value)
            continue;
        found.bytes = letter == 'c';
        found.fromStart = value->starts_with('+');
        const std::string digits = value->substr(value->starts_with('+') || value->starts_with('-') ? 1 : 0);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), found.number);
        if (error != std::errc() || end != digits.data() + digits.size())
            return {};
    }
    return found;
}

// Where the n-th last line begins.
std::size_t lastLines(std::string_view text, std::size_t number)
{
    std::size_t at = text.ends_with('\n') ? text.size() - 1 : text.size();
    for (; number > 0; --number) {
        const auto end = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
        if (end == std::string_view::npos)
            return 0;
        at = end;
    }
    return at + 1;
}

std::size_t firstLines(std::string_view text, std::size_t number)
{
    std::size_t at = 0;
    while (number-- > 0 && at < text.size()) {
        const auto end = text.find('\n', at);
        at = end == std::string_view::npos ? text.size() : end + 1;
    }
    return at;
}

template <typename Cut> int cutAll(Call& call, const Cut& part)
{
    const Options given = options(call.args, "n:c:q");
    const auto wanted = count(given);
    if (!wanted)
        return call.complain("invalid number of lines");
    const bool titled = given.operands.size() > 1 && !given.has('q');
    bool first = true;
    return overInputs(call, given, [&](std::string_view text, std::string_view name) {
        if (titled)
            call.out += std::format("{}==> {} <==\n", first ? "" : "\n", name);
        first = false;
        call.out += part(text, *wanted);
    });
}

} // namespace

int cat(Call& call)
{
    const Options given = options(call.args, "n");
    std::size_t number = 0;
    return overInputs(call, given, [&](std::string_view text, std::string_view) {
        if (!given.has('n')) {
            call.out += text;
            return;
        }
        for (const std::string_view line : linesOf(text))
            call.out += std::format("{:>6}\t{}\n", ++number, line);
    });
}

int head(Call& call)
{
    return cutAll(call, [&call](std::string_view text, const Count& wanted) {
        if (wanted.bytes)
            call.taken = std::min(text.size(), wanted.number); // not a byte more, as the next reader needs it
        return text.substr(0, wanted.bytes ? wanted.number : firstLines(text, wanted.number));
    });
}

int tail(Call& call)
{
    return cutAll(call, [](std::string_view text, const Count& wanted) {
        const std::size_t skip = wanted.number > 0 ? wanted.number - 1 : 0;
        if (wanted.fromStart)
            return text.substr(std::min(wanted.bytes ? skip : firstLines(text, skip), text.size()));
        if (wanted.bytes)
            return text.substr(text.size() - std::min(text.size(), wanted.number));
        return wanted.number == 0 ? std::string_view()
                                  : text.substr(std::min(lastLines(text, wanted.number), text.size()));
    });
}

int wc(Call& call)
{
    const Options given = options(call.args, "lcw");
    const bool every = given.given.empty();
    std::size_t total[3] = {};
    std::size_t inputs = 0;
    const bool piped = given.operands.empty();
    const auto row = [&](const std::size_t(&sums)[3], std::string_view name) {
        std::string text;
        for (std::size_t i = 0; i < 3; ++i) {
            if (every || given.has("lwc"[i]))
                text += std::format("{}{:>{}}", text.empty() ? "" : " ", sums[i], every ? 7 : 0);
        }
        call.out += text + (piped || name == "-" ? "" : " " + std::string(name)) + '\n';
    };
    const int status = overInputs(call, given, [&](std::string_view text, std::string_view name) {
        std::size_t words = 0;
        bool inside = false;
        for (const char c : text) {
            const bool blank = std::string_view(" \t\n\r").contains(c);
            words += !blank && !inside;
            inside = !blank;
        }
        const std::size_t sums[3] = {std::size_t(std::ranges::count(text, '\n')), words, text.size()};
        for (std::size_t i = 0; i < 3; ++i)
            total[i] += sums[i];
        ++inputs;
        row(sums, name);
    });
    if (inputs > 1)
        row(total, "total");
    return status;
}

// tr FROM TO, tr -d SET, character by character.
int tr(Call& call)
{
    const Options given = options(call.args, "ds");
    if (given.operands.size() < (given.has('d') ? 1u : 2u) || given.operands.back().empty())
        return call.complain("missing operand");
    const auto set = [](std::string text) {
        for (auto at = text.find("\\n"); at != text.npos; at = text.find("\\n"))
            text.replace(at, 2, "\n");
        return text;
    };
    const std::string from = set(given.operands[0]);
    const std::string to = given.has('d') ? std::string() : set(given.operands[1]);
    for (const char c : call.input) {
        const auto at = from.find(c);
        if (at == from.npos)
            call.out += c;
        else if (!given.has('d'))
            call.out += to[std::min(at, to.size() - 1)];
    }
    return 0;
}

int dirname(Call& call)
{
    for (const std::string& path : options(call.args, "").operands)
        call.out += (path.rfind('/') == path.npos ? "."
                                                  : path.substr(0, std::max<std::size_t>(1, path.rfind('/'))))
            + '\n';
    return 0;
}

int basename(Call& call)
{
    for (const std::string& path : options(call.args, "").operands)
        call.out += path.substr(path.rfind('/') + 1) + '\n';
    return 0;
}

int zcat(Call& call)
{
    const Options given = options(call.args, "f");
    int status = 0;
    overInputs(call, given, [&](std::string_view text, std::string_view name) {
        if (auto plain = gunzip(text)) {
            call.out += *plain;
        } else if (given.has('f')) {
            call.out += text;
        } else {
            call.err += std::format("\ngzip: {}: not in gzip format\n", name);
            status = 1;
        }
    });
    return status;
}

} // namespace sluicegate::demo::programs
