// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what the fixed commands print: the clock, a line, the list of files.
#pragma once

#include "models/evidence/bundle.h"
#include "models/ssh/server.h"

#include <string>
#include <string_view>
#include <vector>

namespace sluicegate::evidence {

/// First line of an item's bytes, without blanks around it, at most 4 KiB; empty when it cannot be read.
std::string firstLine(const Item& item);
std::string firstLine(std::string_view output);
std::vector<std::string> lines(std::string_view output);

/// "1795428000 +0100" into server and zone; leaves both empty when it is anything else.
void readClock(std::string_view output, Clock& clock);

/// One regular file of a listing: "DEVICE INODE SIZE MTIME KIND|PATH".
struct ListedFile {
    std::string path;
    ssh::FileStat stat;
    bool operator==(const ListedFile&) const = default;
};
/// Lines of another form, other kinds of file and a second name of the same file are left out.
std::vector<ListedFile> readFileList(std::string_view output);

/// Absolute paths that lines like "FILE:mail.log = /path" or "php_admin_value[mail.log] = /path" name, each
/// once.
std::vector<std::string> readPhpMailLogs(std::string_view output);

} // namespace sluicegate::evidence
