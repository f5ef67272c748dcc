// SPDX-License-Identifier: GPL-3.0-or-later
// plesk: version, bin mail, bin site, bin subscription, db.
#include "models/demo/programs.h"

#include <algorithm>
#include <cctype>
#include <format>

namespace sluicegate::demo::programs {

namespace {

using Args = std::vector<std::string>;

std::string argument(const Args& args, std::string_view name)
{
    const auto at = std::ranges::find(args, name);
    return at == args.end() || at + 1 == args.end() ? std::string() : *(at + 1);
}

int version(Call& call)
{
    call.out += std::format(
        "Product version: Plesk Obsidian {}\n     OS version: {}\n     Build date: 2024/11/26 09:00\n"
        "       Revision: 5d1f7e0c2a9b\n",
        call.world.plesk, call.world.system);
    return 0;
}

int mailInfo(Call& call, const MailboxState& box)
{
    call.out += std::format(
        "Mailname:           {}\nDomain:             {}\nAlias:              \nMailbox:            {}\n"
        "Mailbox quota:      Unlimited\nOutgoing messages:  {}\nMail group:         false\nVirus scanning:   "
        "  off\n\n"
        "SUCCESS: Gathering information for '{}' complete\n",
        box.address.substr(0, box.address.find('@')), box.address.substr(box.address.find('@') + 1),
        box.enabled,
        box.limit == "default" ? "Default (200 messages per hour)" : box.limit + " messages per hour",
        box.address);
    return 0;
}

int mailUpdate(Call& call, const Args& args, MailboxState& box)
{
    for (std::size_t i = 4; i < args.size(); i += 2) { // each option has a value
        const std::string value = i + 1 < args.size() ? args[i + 1] : "";
        if (args[i] == "-passwd") {
            const auto fromEnvironment = call.shell.variables().find("PSA_PASSWORD");
            const std::string password = value.empty() && fromEnvironment != call.shell.variables().end()
                ? fromEnvironment->second
                : value;
            if (password.size() < 5)
                return call.complain(
                    "An error occurred during updating of mailname: Your password is not complex enough.");
            ++box.passwordChanges;
        } else if (args[i] == "-outgoing-messages-mbox-limit") {
            const bool number = !value.empty()
                && std::ranges::all_of(value, [](unsigned char c) { return std::isdigit(c); });
            if (!number && value != "default" && value != "unlimited")
                return call.complain(
                    "An error occurred during updating of mailname: Incorrect value of the limit: " + value);
            box.limit = value;
        } else if (args[i] == "-mailbox") {
            box.enabled = value == "true";
        } else {
            return call.complain("Unknown option '" + args[i] + "'");
        }
    }
    call.out += std::format("SUCCESS: Update of mailname '{}' complete\n", box.address);
    return 0;
}

int mail(Call& call, const Args& args)
{
    const std::string verb = args.size() > 3 ? args[3] : "--help";
    if (verb == "--list" || verb == "-l") {
        for (const MailboxState& box : call.world.mailboxes)
            call.out += std::format("Mailbox   {}   {}\n", box.address.substr(0, box.address.find('@')),
                box.address.substr(box.address.find('@') + 1));
        return 0;
    }
    if (verb == "--help" || verb == "-h" || args.size() < 5) {
        call.out += "Usage: mail <command> [<mail_name>] [<options>]\n\n    --info    or -i <mail_name>  "
                    "Retrieves mail account information\n"
                    "    --update  or -u <mail_name>  Updates mail account settings\n    --list    or -l     "
                    "         Lists mail accounts\n\n"
                    "    -passwd <passwd>             Mail account password\n    -mailbox <true|false>       "
                    " Switches the mailbox on or off\n"
                    "    -outgoing-messages-mbox-limit <default|unlimited|number>\n                          "
                    "       Outgoing messages per hour\n";
        return 0;
    }
    MailboxState* box = call.world.mailbox(args[4]);
    if (!box)
        return call.complain(std::format(
            "An error occurred during getting mailname info: Mailname '{}' doesn't exist", args[4]));
    if (verb == "--info" || verb == "-i")
        return mailInfo(call, *box);
    if (verb != "--update" && verb != "-u")
        return call.complain("Unknown command '" + verb + "'");
    Args rest = args;
    rest.erase(rest.begin() + 3);
    return mailUpdate(call, rest, *box);
}

int site(Call& call, const Args& args, bool wholeSubscription)
{
    const std::string verb = args.size() > 3 ? args[3] : "";
    const std::string domain = args.size() > 4 ? args[4] : "";
    if (verb == "--list" || verb == "-l") {
        for (const Site& one : call.world.sites) {
            if (!wholeSubscription || one.domain == one.subscription)
                call.out += one.domain + '\n';
        }
        return 0;
    }
    if (verb == "--help" || verb == "-h") {
        call.out += wholeSubscription ? "Usage: subscription command <domain name> [options]\n\n    "
                                        "--webspace-off <domain name>   Suspends the subscription\n"
                                        "    --webspace-on <domain name>    Activates it again\n"
                                      : "Usage: site command <domain name> [options]\n\n    --info or -i "
                                        "<domain name>     Retrieves information\n"
                                        "    --off <domain name>            Disables the site\n    --on "
                                        "<domain name>             Enables it again\n";
        return 0;
    }
    Site* found = call.world.site(domain);
    if (!found)
        return call.complain(
            std::format("An error occurred during domain lookup: Domain '{}' does not exist.", domain));
    const bool on = verb == "--on" || verb == "--webspace-on";
    const bool off = verb == "--off" || verb == "--webspace-off" || verb == "--suspend";
    if (verb == "--info" || verb == "-i") {
        call.out += std::format("General\n=============================\nDomain name:                        "
                                "    {}\nDomain status:                          {}\n"
                                "Hosting type:                           Physical hosting\nWWW-Root:         "
                                "                      {}\n"
                                "FTP Login:                              {}\n\nSUCCESS: Gathering "
                                "information for '{}' complete\n",
            domain, found->enabled ? "OK" : "disabled", found->root, found->user, domain);
        return 0;
    }
    if (!on && !off)
        return call.complain("Unknown command '" + verb + "'");
    for (Site& one : call.world.sites) {
        if (one.domain == domain || (wholeSubscription && one.subscription == domain))
            one.enabled = on;
    }
    call.out += std::format("SUCCESS: {} of {} '{}' complete\n",
        on                        ? "Enabling"
            : verb == "--suspend" ? "Suspension"
                                  : "Disabling",
        wholeSubscription ? "subscription" : "domain", domain);
    return 0;
}

// The few queries a technician of mail needs; columns by what is asked for, in the order asked.
int database(Call& call, const Args& args)
{
    std::string query;
    for (std::size_t i = 2; i < args.size(); ++i) {
        if (!args[i].starts_with('-'))
            query = args[i];
    }
    std::string lower = query;
    std::ranges::transform(
        lower, lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    const auto from = lower.find(" from ");
    const std::string columns = lower.substr(0, from);
    if (from != std::string::npos && lower.substr(from).starts_with(" from mail ")) {
        for (const MailboxState& box : call.world.mailboxes)
            call.out += box.address + '\n';
        return 0;
    }
    if (from == std::string::npos || !lower.substr(from).starts_with(" from domains")) {
        call.err += "ERROR 1064 (42000) at line 1: You have an error in your SQL syntax; check the manual "
                    "that corresponds to your MariaDB "
                    "server version for the right syntax to use near '"
            + query.substr(0, 40) + "' at line 1\n";
        return 1;
    }
    for (const Site& one : call.world.sites) {
        std::vector<std::pair<std::size_t, std::string>> row {{columns.find("name"), one.domain}};
        const std::pair<std::string_view, const std::string> known[]
            = {{"www_root", one.root}, {"login", one.user}, {"home", "/var/www/vhosts/" + one.subscription}};
        for (const auto& [column, value] : known) {
            if (columns.contains(column))
                row.emplace_back(columns.find(column), value);
        }
        std::ranges::sort(row);
        for (std::size_t i = 0; i < row.size(); ++i)
            call.out += (i ? "\t" : "") + row[i].second;
        call.out += '\n';
    }
    return 0;
}

} // namespace

int plesk(Call& call)
{
    const Args args = call.args;
    const std::string verb = args.size() > 1 ? args[1] : "";
    const std::string utility = args.size() > 2 ? args[2] : "";
    if (verb == "version" || verb == "-v")
        return version(call);
    if (verb == "db")
        return database(call, args);
    if (verb == "bin" && utility == "mail")
        return mail(call, args);
    if (verb == "bin" && (utility == "site" || utility == "domain"))
        return site(call, args, false);
    if (verb == "bin" && utility == "subscription")
        return site(call, args, true);
    if (verb == "sbin" && utility == "mailqueuemng" && argument(args, "mailqueuemng") == "-s") {
        call.out += std::format("Messages total: {}\n", call.world.spool.messages().size());
        return 0;
    }
    if (verb == "sbin" && utility == "mailmng" && argument(args, "mailmng") == "--features") {
        call.out += "SMTP_Server: postfix\nPOP3_Server: dovecot\nIMAP_Server: dovecot\n";
        return 0;
    }
    if (verb == "bin" || verb == "sbin")
        return call.complain(std::format("exec: {}: no such utility", utility));
    call.err += "Usage: plesk <command>\n\n    bin <utility>   runs a utility\n    sbin <utility>  runs a "
                "server-side utility\n    db [query]      asks the panel's database\n    version         "
                "tells the version\n";
    return 1;
}

} // namespace sluicegate::demo::programs
