// SPDX-License-Identifier: GPL-3.0-or-later
// Pulls one file: reads the header, decodes what follows and compares it with what was announced. Runs on
// the session's thread.
#pragma once

#include "models/ssh/privilege.h"

namespace sluicegate::ssh {

struct PullOrder {
    std::string path;
    Privilege privilege = Privilege::Plain;
    const Sink& sink;
    const Progress& progress;
    bool mayCompress = true;
};

base::Result<FileStat> pullFile(Link& link, Privileges& privileges, const PullOrder& order);

} // namespace sluicegate::ssh
