// SPDX-License-Identifier: GPL-3.0-or-later
// sendmail and postmap.
#include "models/demo/programs.h"

#include <algorithm>
#include <format>

namespace sluicegate::demo::programs {

namespace {

std::string headerIn(std::string_view content, std::string_view name)
{
    for (const std::string_view line : linesOf(content)) {
        if (line.empty() || line == "\r")
            break;
        if (line.starts_with(name))
            return std::string(line.substr(std::min(line.size(), name.size() + 1)));
    }
    return {};
}

} // namespace

// Port 25 is blocked: what is handed in now waits as everything else does.
int sendmail(Call& call)
{
    const Options given = options(call.args, "Gitf:r:F:o:bdm");
    if (given.operands.empty())
        return call.complain(
            "fatal: Recipient addresses must be specified on the command line or via the -t option", 64);
    World& world = call.world;
    Queued message;
    message.id = world.spool.freshId(world.nowMicroseconds());
    message.place = "deferred";
    message.arrival = world.nowMicroseconds();
    message.sender = given.value('f').value_or("root@" + world.host);
    message.content
        = std::format("Received: by {} (Postfix, from userid 0)\n\tid {}\n", world.host, message.id)
        + std::string(call.input);
    for (const std::string& to : given.operands)
        message.recipients.push_back({to, {},
            std::format("connect to {}[203.0.113.1]:25: Connection timed out", to.substr(to.find('@') + 1))});
    world.log(std::format("postfix/pickup[{}]", world.freshPid()),
        std::format("{}: uid=0 from=<{}>", message.id, message.sender));
    world.log(std::format("postfix/cleanup[{}]", world.freshPid()),
        std::format("{}: message-id={}", message.id, headerIn(call.input, "Message-ID:")));
    world.log("postfix/qmgr[1209]",
        std::format("{}: from=<{}>, size={}, nrcpt={} (queue active)", message.id, message.sender,
            message.content.size(), message.recipients.size()));
    world.spool.messages().push_back(std::move(message));
    return 0;
}

// One key asked of a text table; types of tables this server has none of know nothing.
int postmap(Call& call)
{
    const Options given = options(call.args, "q:s");
    const auto key = given.value('q');
    if (!key || given.operands.empty())
        return 0; // a table made anew from its text: the text is what is read here
    const std::string& map = given.operands.front();
    const std::string text = call.world.fileText(map.substr(map.find(':') + 1));
    for (const std::string_view line : linesOf(text)) {
        const auto end = line.find_first_of(" \t");
        if (end == line.npos || line.substr(0, end) != *key)
            continue;
        call.out += std::string(line.substr(line.find_first_not_of(" \t", end))) + '\n';
        return 0;
    }
    return 1;
}

} // namespace sluicegate::demo::programs
