// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/maillog/line.h"

#include <algorithm>

namespace sluicegate::maillog {

namespace {

constexpr std::string_view programs[]
    = {"smtpd", "smtp", "cleanup", "qmgr", "pickup", "lmtp", "local", "pipe", "virtual", "bounce", "error",
        "retry", "discard", "defer", "trace", "postsuper", "postscreen", "qmqpd", "nqmgr", "oqmgr",
        "sendmail", "postdrop", "master", "anvil", "scache", "tlsmgr", "tlsproxy", "dnsblog", "verify",
        "proxymap", "proxywrite", "trivial-rewrite", "flush", "showq", "spawn", "postqueue", "postalias",
        "postmap", "postcat", "postlog", "postlogd", "postfix-script", "script", "postkick", "relay"};

// "message repeated 3 times: [ text]" is how rsyslog shortens runs of one line.
void unwrapRepeats(Line& line)
{
    constexpr std::string_view mark = "message repeated ";
    if (!line.message.starts_with(mark))
        return;
    const auto count = numberAt<std::uint32_t>(line.message.substr(mark.size()));
    const std::string_view inner = behind(line.message, " times: [ ");
    if (!count || *count == 0 || !inner.ends_with(']'))
        return;
    line.repeats = *count;
    line.message = inner.substr(0, inner.size() - 1);
}

} // namespace

std::optional<Line> split(std::string_view text)
{
    const auto blank = text.find(' ');
    if (blank == std::string_view::npos || blank == 0)
        return {};
    Line line;
    line.host = text.substr(0, blank);
    text.remove_prefix(blank + 1);
    std::size_t end = 0;
    std::size_t programAt = 0;
    for (; end < text.size() && text[end] != '[' && text[end] != ':'; ++end)
        if (text[end] == '/')
            programAt = end + 1;
    line.tag = text.substr(0, end);
    line.program = text.substr(programAt, end - programAt);
    if (end < text.size() && text[end] == '[') {
        const auto close = text.find(']', end);
        if (close == std::string_view::npos)
            return {};
        end = close + 1;
    }
    if (line.tag.empty() || end >= text.size() || text[end] != ':')
        return {};
    ++end;
    line.message = text.substr(end < text.size() && text[end] == ' ' ? end + 1 : end);
    if (line.message.starts_with('m'))
        unwrapRepeats(line);
    return line;
}

std::uint32_t repeatsOfLast(std::string_view text)
{
    constexpr std::string_view mark = "last message repeated ";
    if (!text.starts_with(mark) || !text.ends_with(" times"))
        return 0;
    return numberAt<std::uint32_t>(text.substr(mark.size())).value_or(0);
}

std::string_view serviceOf(std::string_view tag)
{
    const auto first = tag.find('/');
    const auto last = tag.rfind('/');
    return first == last ? std::string_view {} : tag.substr(first + 1, last - first - 1);
}

bool isPostfix(const Line& line)
{
    if (line.program.size() == line.tag.size() || line.tag.front() == '/')
        return false;
    return line.tag.starts_with("postfix")
        || std::find(std::begin(programs), std::end(programs), line.program) != std::end(programs);
}

} // namespace sluicegate::maillog
