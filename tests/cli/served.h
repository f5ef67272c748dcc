// SPDX-License-Identifier: GPL-3.0-or-later
// An invented incident behind a real port, and what the program must be told to get there.
#pragma once

#include "models/demo/incident.h"
#include "models/ssh/loopserver.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace sluicegate::support {

struct Served {
    std::shared_ptr<demo::Incident> incident;
    std::unique_ptr<ssh::LoopServer> server;
    QStringList to; // --host and what goes with it; the password is "opensesame", on standard input
};

/// Known hosts are kept in `folder`, one file for each port.
Served serve(const char* incident, const QString& folder);

} // namespace sluicegate::support
