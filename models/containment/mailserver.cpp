// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/mailserver.h"

#include "models/queue/entry.h"

namespace sluicegate::containment {

constinit const std::string_view scripts::eximShow
    = R"sh(s=$(exim -bP spool_directory) && cd "${s#*= }/input" || exit 69; )sh"
      R"sh(for i do c=${i%"${i#??????}"}; c=${c#?????}; )sh"
      R"sh(for f in "$i-H" "$i-D" "$i-J" "$c/$i-H" "$c/$i-D" "$c/$i-J"; )sh"
      R"sh(do [ ! -f "$f" ] || echo "$f"; done; done | tar -cf - --format=ustar --no-recursion -T -)sh";

namespace {

constexpr QueueScripts postfix {
    scripts::list, scripts::hold, scripts::release, scripts::erase, scripts::show};
const QueueScripts exim {
    scripts::eximList, scripts::eximHold, scripts::eximRelease, scripts::eximErase, scripts::eximShow};

std::string_view takeLine(std::string_view& text)
{
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    return line;
}

// "Message 1xVgBZ-000000000AW-2S25 is locked": the id, or nothing.
std::string_view eximIdIn(std::string_view line, std::string_view& rest)
{
    constexpr std::string_view begin = "Message ";
    if (!line.starts_with(begin))
        return {};
    line.remove_prefix(begin.size());
    const auto id = line.substr(0, line.find(' '));
    rest = line.substr(id.size());
    return queue::isEximId(id) ? id : std::string_view();
}

} // namespace

MailServer mailServerOf(const base::QueueId& id)
{
    return queue::isEximId(id.value) ? MailServer::Exim : MailServer::Postfix;
}

const QueueScripts& scriptsOf(MailServer server)
{
    return server == MailServer::Exim ? exim : postfix;
}

// "postsuper: 87FE586: removed", "Message 1xVgBZ-000000000AW-2S25 has been removed"; where another hand was
// faster, Exim goes on: "or did not exist".
std::set<std::string_view> removedIds(MailServer server, const ssh::Output& told)
{
    constexpr std::string_view postfixEnd = ": removed";
    std::set<std::string_view> ids;
    for (std::string_view said = server == MailServer::Exim ? told.out : told.err; !said.empty();) {
        auto line = takeLine(said);
        std::string_view rest;
        if (server == MailServer::Exim) {
            if (const auto id = eximIdIn(line, rest); !id.empty() && rest == " has been removed")
                ids.insert(id);
        } else if (line.ends_with(postfixEnd)) {
            line.remove_suffix(postfixEnd.size());
            ids.insert(line.substr(line.rfind(' ') + 1));
        }
    }
    return ids;
}

std::map<std::string, std::string, std::less<>> complaintsIn(MailServer server, const ssh::Output& told)
{
    std::map<std::string, std::string, std::less<>> all;
    if (server != MailServer::Exim)
        return all;
    for (std::string_view said = told.out; !said.empty();) {
        const auto line = takeLine(said);
        std::string_view rest;
        if (const auto id = eximIdIn(line, rest); rest == " is locked")
            all.emplace(id, line);
    }
    return all;
}

} // namespace sluicegate::containment
