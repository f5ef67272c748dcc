// SPDX-License-Identifier: GPL-3.0-or-later
// What the system says about itself: date, hostname, id, uname, getent, ss.
#include "models/demo/calendar.h"
#include "models/demo/programs.h"

#include <charconv>
#include <format>

namespace sluicegate::demo::programs {

int date(Call& call)
{
    const World& world = call.world;
    std::string format = "%a %b %e %H:%M:%S %Z %Y";
    bool utc = false;
    std::int64_t at = world.now();
    for (std::size_t i = 1; i < call.args.size(); ++i) {
        const std::string& arg = call.args[i];
        if (arg == "-u" || arg == "--utc")
            utc = true;
        else if (arg == "-R")
            format = "%a, %d %b %Y %H:%M:%S %z";
        else if (arg == "-Is" || arg == "--iso-8601=seconds")
            format = "%Y-%m-%dT%H:%M:%S%:z";
        else if (arg == "-d" && i + 1 < call.args.size() && call.args[i + 1].starts_with('@'))
            ++i, std::from_chars(call.args[i].data() + 1, call.args[i].data() + call.args[i].size(), at);
        else if (arg.starts_with('+'))
            format = arg.substr(1);
        else
            return call.complain(std::format("invalid date '{}'", arg));
    }
    const std::int64_t zone = utc ? 0 : world.zone;
    call.out += formatted(format, at + zone, zone, utc ? "UTC" : world.zoneName) + '\n';
    return 0;
}

int hostname(Call& call)
{
    const std::string option = call.args.size() > 1 ? call.args[1] : "";
    if (option == "-s")
        call.out += call.world.shortHost();
    else if (option == "-d")
        call.out += call.world.host.substr(call.world.host.find('.') + 1);
    else if (option == "-i" || option == "-I")
        call.out += call.world.ip;
    else if (option.empty() || option == "-f" || option == "--fqdn")
        call.out += call.world.host;
    else
        return call.complain("you must be root to change the host name");
    call.out += '\n';
    return 0;
}

int id(Call& call)
{
    const Options given = options(call.args, "ungG");
    if (given.operands.empty() || given.operands.front() == "root") {
        call.out += given.has('u') || given.has('g') || given.has('G')
            ? (given.has('n') ? "root\n" : "0\n")
            : "uid=0(root) gid=0(root) groups=0(root)\n";
        return 0;
    }
    const std::string text = call.world.fileText("/etc/passwd");
    for (const std::string_view line : linesOf(text)) {
        if (!line.starts_with(given.operands.front() + ":x:"))
            continue;
        const auto rest = line.substr(given.operands.front().size() + 3);
        const auto uid = rest.substr(0, rest.find(':'));
        const auto gid = rest.substr(uid.size() + 1, rest.find(':', uid.size() + 1) - uid.size() - 1);
        const std::string group = gid == "1003" ? "psacln" : given.operands.front();
        call.out += given.has('u') ? std::format("{}\n", uid)
                                   : std::format("uid={}({}) gid={}({}) groups={}({})\n", uid,
                                         given.operands.front(), gid, group, gid, group);
        return 0;
    }
    return call.complain(std::format("'{}': no such user", given.operands.front()));
}

int whoami(Call& call)
{
    call.out += "root\n";
    return 0;
}

int uname(Call& call)
{
    const Options given = options(call.args, "asnrvmpo");
    std::string text;
    const auto add
        = [&text](std::string_view part) { text += (text.empty() ? "" : " ") + std::string(part); };
    const bool all = given.has('a');
    const std::string& kernel = call.world.kernel;
    if (all || given.has('s') || given.given.empty())
        add("Linux");
    if (all || given.has('n'))
        add(call.world.host);
    if (all || given.has('r'))
        add(kernel.substr(0, kernel.find(' ')));
    if (all || given.has('v'))
        add(kernel.substr(kernel.find(' ') + 1));
    if (all || given.has('m'))
        add("x86_64");
    if (all || given.has('o'))
        add("GNU/Linux");
    call.out += text + '\n';
    return 0;
}

int getent(Call& call)
{
    const std::string database = call.args.size() > 1 ? call.args[1] : "";
    if (database != "passwd" && database != "group")
        return call.complain(
            database.empty() ? "wrong number of arguments" : "Unknown database: " + database);
    const std::string text = call.world.fileText("/etc/" + database);
    if (call.args.size() == 2) {
        call.out += text;
        return 0;
    }
    int status = 0;
    for (std::size_t i = 2; i < call.args.size(); ++i) {
        bool found = false;
        for (const std::string_view line : linesOf(text)) {
            if (!line.starts_with(call.args[i] + ':') && !line.contains(":x:" + call.args[i] + ':'))
                continue;
            call.out += std::string(line) + '\n';
            found = true;
            break;
        }
        status = found ? status : 2;
    }
    return status;
}

int ss(Call& call)
{
    const bool titled = call.args.size() < 2 || !call.args[1].contains('H');
    if (titled)
        call.out += "State      Recv-Q Send-Q       Local Address:Port        Peer Address:Port  Process\n";
    // A filter in words is not read: what there is to show are the connections to mail ports.
    for (const std::string& line : call.world.sockets)
        call.out += line + '\n';
    return 0;
}

} // namespace sluicegate::demo::programs
