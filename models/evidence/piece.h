// SPDX-License-Identifier: GPL-3.0-or-later
// A part of a file on the server, wherever in it: only these bytes cross the network.
#pragma once

#include "models/evidence/recipes.h"

#include <stop_token>
#include <string>

namespace sluicegate::evidence {

/// Of the plain content, for a packed file is unpacked on the server.
struct Range {
    std::uint64_t offset = 0;
    std::uint64_t most = 0;
};

struct Piece {
    ssh::FileStat file; // as it lies there, packed or not
    std::string bytes; // fewer than asked for: the file ends there
    std::uint64_t wire = 0; // bytes of the answer
};

base::Result<Piece> readPiece(ssh::Server& server, const std::string& path, Range range,
    ssh::Privilege privilege, const std::stop_token& stop);

} // namespace sluicegate::evidence
