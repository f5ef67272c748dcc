// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/message/postcat.h"

#include "models/message/ascii.h"

#include <algorithm>

namespace sluicegate::message {

namespace {

constexpr std::size_t recordLimit = 100'000; // a message may have very many recipients

// "*** MESSAGE CONTENTS deferred/3/3A1B2C4D5E ***": `file` behind it, or nothing when this is no such line.
std::optional<std::string_view> mark(std::string_view line, std::string_view what)
{
    line = trimmed(line);
    if (!line.starts_with("*** ") || !line.ends_with(" ***") || !line.substr(4).starts_with(what))
        return {};
    line.remove_suffix(4);
    return trimmed(line.substr(std::min(line.size(), 4 + what.size())));
}

// Where the records behind the message begin. The body is the sender's: it may hold such a line too, so the
// file must be the same and the last line counts.
std::size_t messageEnd(std::string_view bytes, std::size_t from, std::string_view file)
{
    const std::string wanted = "\n*** HEADER EXTRACTED " + std::string(file) + " ***";
    const auto at = bytes.rfind(wanted);
    return at == std::string_view::npos || at + 1 < from ? bytes.size() : at + 1;
}

// "sender: a@b", "named_attribute: sasl_username=anna@shop.example"
void take(Postcat& result, std::string_view line, bool behindMessage)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || result.envelope.size() >= recordLimit)
        return;
    auto name = trimmed(line.substr(0, colon));
    auto value = trimmed(line.substr(colon + 1));
    if (name == "named_attribute") {
        const auto equals = value.find('=');
        name = value.substr(0, equals);
        value = equals == std::string_view::npos ? std::string_view {} : value.substr(equals + 1);
        if (behindMessage) // who sent it stands in front, always
            return;
    }
    result.envelope.emplace(name, value);
}

} // namespace

std::optional<Postcat> splitPostcat(std::string_view bytes)
{
    std::size_t at = bytes.find_first_not_of("\r\n");
    if (at == std::string_view::npos
        || !(bytes.substr(at).starts_with("*** ENVELOPE RECORDS ")
            || bytes.substr(at).starts_with("*** MESSAGE CONTENTS ")))
        return {};
    Postcat result;
    result.messageOffset = bytes.size();
    while (at < bytes.size()) {
        const auto newline = bytes.find('\n', at);
        const auto next = newline == std::string_view::npos ? bytes.size() : newline + 1;
        const auto line = bytes.substr(at, next - at);
        const auto file = result.messageSize == 0 ? mark(line, "MESSAGE CONTENTS ") : std::nullopt;
        at = next;
        if (file) {
            result.messageOffset = next;
            at = messageEnd(bytes, next, *file);
            result.messageSize = at - next;
        } else if (!line.starts_with("***")) {
            take(result, line, result.messageOffset < bytes.size());
        }
    }
    return result;
}

} // namespace sluicegate::message
