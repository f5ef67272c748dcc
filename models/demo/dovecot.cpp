// SPDX-License-Identifier: GPL-3.0-or-later
// doveadm who and kick, doveconf.
#include "models/demo/programs.h"

#include <fnmatch.h>
#include <format>

namespace sluicegate::demo::programs {

namespace {

int who(Call& call, const std::string& pattern)
{
    std::string rows;
    for (const MailboxState& box : call.world.mailboxes) {
        if (box.sessions.empty()
            || (!pattern.empty() && ::fnmatch(pattern.c_str(), box.address.c_str(), 0) != 0))
            continue;
        std::string ips;
        std::string pids;
        for (const std::string& session : box.sessions) {
            ips += (ips.empty() ? "" : " ") + session;
            pids += (pids.empty() ? "" : " ")
                + std::to_string(21000 + std::hash<std::string> {}(session) % 9000);
        }
        rows += std::format("{:<34} {} imap ({}) ({})\n", box.address, box.sessions.size(), pids, ips);
    }
    call.err += std::format("{:<34} # proto (pids) (ips)\n", "username");
    call.out += rows;
    return 0;
}

int kick(Call& call, const std::string& pattern)
{
    if (pattern.empty()) {
        call.err += "doveadm kick [-a <anvil socket path>] <user mask>[|]<ip/bits>\n";
        return 64;
    }
    std::string kicked;
    for (MailboxState& box : call.world.mailboxes) {
        if (box.sessions.empty() || ::fnmatch(pattern.c_str(), box.address.c_str(), 0) != 0)
            continue;
        kicked += (kicked.empty() ? "" : " ") + box.address;
        for (const std::string& session : box.sessions)
            call.world.log("dovecot",
                std::format("imap({}): Disconnected: Connection closed by doveadm kick, rip={}", box.address,
                    session));
        box.sessions.clear();
    }
    if (kicked.empty()) {
        call.err += "no users kicked\n";
        return 68;
    }
    call.out += "kicked connections from the following users:\n" + kicked + '\n';
    return 0;
}

// doveadm sieve list -u USER, doveadm sieve get -u USER NAME
int sieve(Call& call)
{
    const Options given = options(call.args, "u:");
    const MailboxState* box = call.world.mailbox(given.value('u').value_or(""));
    if (!box || given.operands.size() < 2) {
        call.err += "doveadm(" + given.value('u').value_or("") + "): Error: User doesn't exist\n";
        return 67;
    }
    for (const auto& [name, script] : box->filters) {
        if (given.operands[1] == "list")
            call.out += name + " ACTIVE\n";
        else if (given.operands[1] == "get" && given.operands.size() > 2 && given.operands[2] == name)
            call.out += script;
    }
    return 0;
}

} // namespace

int doveadm(Call& call)
{
    const std::string verb = call.args.size() > 1 ? call.args[1] : "";
    const std::string pattern = call.args.size() > 2 ? call.args[2] : "";
    if (verb == "who")
        return who(call, pattern);
    if (verb == "kick")
        return kick(call, pattern);
    if (verb == "auth" && pattern == "cache") {
        call.out += "1 cache entries flushed\n";
        return 0;
    }
    if (verb == "sieve")
        return sieve(call);
    call.err += "usage: doveadm [-Dv] <command> [<args>]\n";
    return 64;
}

int doveconf(Call& call)
{
    call.out += "# 2.3.21 (47349e2482): /etc/dovecot/dovecot.conf\nauth_mechanisms = plain login digest-md5 "
                "cram-md5 apop\n"
                "disable_plaintext_auth = no\nmail_location = maildir:/var/qmail/mailnames/%Ld/%Ln/Maildir\n"
                "protocols = imap pop3 sieve\nssl = yes\n";
    return 0;
}

} // namespace sluicegate::demo::programs
