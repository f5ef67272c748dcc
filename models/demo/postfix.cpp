// SPDX-License-Identifier: GPL-3.0-or-later
// postqueue, mailq, postcat, postconf.
#include "models/demo/programs.h"

#include <format>

namespace sluicegate::demo::programs {

namespace {

int fatal(Call& call, std::string_view text, int status)
{
    return call.complain("fatal: " + std::string(text), status);
}

// "a = b": the settings main.cf sets, and the defaults that are asked for now and then.
constexpr std::pair<std::string_view, std::string_view> defaults[] = {
    {"authorized_submit_users", "static:anyone"},
    {"maillog_file", ""},
    {"maximal_queue_lifetime", "5d"},
    {"bounce_queue_lifetime", "5d"},
    {"enable_long_queue_ids", "no"},
    {"minimal_backoff_time", "300s"},
    {"maximal_backoff_time", "4000s"},
    {"queue_run_delay", "300s"},
    {"smtp_connect_timeout", "30s"},
    {"smtpd_sasl_authenticated_header", "no"},
    {"syslog_name", "${multi_instance_name?{$multi_instance_name}:{postfix}}"},
};

std::optional<std::string> setting(const std::string& file, std::string_view name)
{
    for (const std::string_view line : linesOf(file)) {
        if (line.starts_with(name) && line.substr(name.size()).starts_with(" ="))
            return std::string(line.substr(std::min(line.size(), name.size() + 3)));
    }
    for (const auto& [known, value] : defaults) {
        if (known == name)
            return std::string(value);
    }
    return {};
}

void flush(Call& call, std::string_view id)
{
    for (Queued& message : call.world.spool.messages()) {
        if (message.place == "deferred" && (id.empty() || message.id == id))
            call.world.log(std::format("postfix/qmgr[{}]", 1209),
                std::format("{}: from=<{}>, size={}, nrcpt={} (queue active)", message.id, message.sender,
                    message.content.size(), message.recipients.size()));
    }
}

int edit(Call& call, std::string file, const std::vector<std::string>& settings)
{
    for (const std::string& each : settings) {
        const auto equals = each.find('=');
        if (equals == each.npos)
            return fatal(call, "missing '=' after attribute name: \"" + each + '"', 1);
        auto name = std::string_view(each).substr(0, equals);
        name = name.substr(0, name.find_last_not_of(' ') + 1);
        auto value = std::string_view(each).substr(equals + 1);
        value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
        std::string kept;
        for (const std::string_view line : linesOf(file))
            if (!line.starts_with(name) || !line.substr(name.size()).starts_with(" ="))
                kept.append(line).append("\n");
        file = std::format("{}{} = {}\n", kept, name, value);
    }
    return call.world.files.write("/etc/postfix/main.cf", file, call.world.now(), FileTree::Write::Anew) ? 0
                                                                                                         : 1;
}

} // namespace

int postqueue(Call& call)
{
    constexpr std::string_view usage
        = "usage: postqueue -f | postqueue -i queueid | postqueue -j | postqueue -p | postqueue -s site";
    const Options given = options(call.args, "pjfi:s:v");
    if (given.unknown) {
        call.complain(std::format("invalid option -- '{}'", given.unknown));
        return fatal(call, usage, 69);
    }
    if (given.has('p'))
        call.out += listing(call.world.spool, call.world.zone);
    else if (given.has('j'))
        call.out += jsonListing(call.world.spool);
    else if (given.has('f') || given.has('i') || given.has('s'))
        flush(call, given.value('i').value_or(""));
    else
        return fatal(call, usage, 69);
    return 0;
}

int mailq(Call& call)
{
    call.out += listing(call.world.spool, call.world.zone);
    return 0;
}

int postcat(Call& call)
{
    const Options given = options(call.args, "qehbvd");
    const PostcatParts parts {given.has('e'), given.has('h'), given.has('b')};
    for (const std::string& id : given.operands) {
        const Queued* message = given.has('q') ? call.world.spool.find(id) : nullptr;
        if (!message)
            return fatal(call, "open queue file " + id + ": No such file or directory", 1);
        call.out += postcat(*message, parts, call.world.ip, call.world.zone);
    }
    return 0;
}

int postconf(Call& call)
{
    const Options given = options(call.args, "nhdc:fe");
    std::string file = call.world.fileText("/etc/postfix/main.cf");
    if (given.has('e'))
        return edit(call, std::move(file), given.operands);
    if (given.operands.empty()) {
        call.out += file;
        return 0;
    }
    for (const std::string& name : given.operands) {
        const auto value = name == "mail_version" ? call.world.mailVersion : setting(file, name);
        if (!value)
            call.err += "postconf: warning: " + name + ": unknown parameter\n";
        else
            call.out += (given.has('h') ? "" : name + " = ") + *value + '\n';
    }
    return 0;
}

} // namespace sluicegate::demo::programs
