// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the invented server remembers: files, queue, mailboxes, sites, and its clock.
#pragma once

#include "models/demo/filetree.h"
#include "models/demo/spool.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::demo {

struct Site {
    std::string domain;
    std::string root;
    std::string user;
    std::string subscription; // its main domain
    bool enabled = true;
};

struct MailboxState {
    std::string address;
    std::string limit = "default";
    bool enabled = true;
    int passwordChanges = 0;
    std::vector<std::string> sessions; // IP addresses of open IMAP sessions
    std::vector<std::pair<std::string, std::string>> filters {}; // name and Sieve script
};

struct World {
    std::string host;
    std::string ip;
    std::string user = "root";
    std::string plesk;
    std::string system;
    std::string kernel; // release, a blank, version
    std::string mailVersion; // of Postfix
    std::string maillog;
    std::string zoneName;
    std::vector<std::string> sockets; // as ss prints them
    std::int64_t zone = 0; // seconds east of UTC
    std::int64_t start = 0; // what the clock said when the incident was loaded
    FileTree files;
    Spool spool;
    std::vector<Site> sites;
    std::vector<MailboxState> mailboxes;
    std::map<std::string, std::string, std::less<>> settings; // of web applications, by folder and name
    std::chrono::steady_clock::time_point loaded = std::chrono::steady_clock::now();

    std::int64_t nowMicroseconds() const;
    std::int64_t now() const { return nowMicroseconds() / 1000000; }
    std::string shortHost() const { return host.substr(0, host.find('.')); }
    /// Writes a line into the mail log: "postfix/postsuper[123]", "Deleted: 3 messages".
    void log(std::string_view tag, std::string_view text);
    int freshPid() { return m_pid += 7; }
    MailboxState* mailbox(std::string_view address);
    Site* site(std::string_view domain);
    std::string fileText(std::string_view path);

private:
    int m_pid = 24100;
};

} // namespace sluicegate::demo
