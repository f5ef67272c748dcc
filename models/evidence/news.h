// SPDX-License-Identifier: GPL-3.0-or-later
// What a log on the server got since it was read: only the new bytes are fetched, over any rotation.
#pragma once

#include "models/evidence/logposition.h"
#include "models/ssh/server.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace sluicegate::evidence {

/// Who takes the bytes, oldest first: first what follows the position in the same file, then every newer
/// file. A failure ends the fetching.
struct NewsTaker {
    std::function<base::Result<void>(std::string_view)> more;
    /// The file before is whole; the bytes that follow are of this one, from its begin.
    std::function<base::Result<void>(const std::string& path)> next;
};

struct News {
    LogPosition position; // behind all that was taken
    std::uint64_t bytes = 0; // that were taken
    std::uint64_t wire = 0; // that crossed the network for it, the last line read again among them
    std::vector<std::string> files; // that they were read from
};

/// Renamed files are found by their inode, copied or packed ones by the last line at the same place in their
/// plain content; packed ones are unpacked on the server. NotFound if there is no such log any more; Rotated
/// (and nothing is taken) if the place cannot be found again: then all has to be read anew. SudoRefused and
/// what ends a connection as usual.
base::Result<News> newsSince(ssh::Server& server, const LogPosition& position, const NewsTaker& taker,
    ssh::Privilege privilege = ssh::Privilege::Root, std::stop_token stop = {});

} // namespace sluicegate::evidence
