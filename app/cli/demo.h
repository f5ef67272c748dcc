// SPDX-License-Identifier: GPL-3.0-or-later
// The invented server, reached as a real one is: through SSH, over a socket pair instead of the network.
#pragma once

#include "models/demo/incident.h"
#include "models/evidence/pull.h"
#include "models/ssh/connection.h"
#include "models/ssh/loopserver.h"

#include <QTemporaryDir>

#include <memory>
#include <stop_token>
#include <string>

namespace sluicegate::app {

class Demo {
public:
    /// An empty name takes the first incident there is.
    static base::Result<std::unique_ptr<Demo>> start(std::string name);
    std::string notice() const { return m_incident->notice(); }
    evidence::Now clock() const;
    base::Result<std::unique_ptr<ssh::Server>> connect(std::stop_token stop);

private:
    Demo() = default;
    QTemporaryDir m_folder; // of its known_hosts
    std::shared_ptr<demo::Incident> m_incident;
    std::unique_ptr<ssh::LoopServer> m_server;
};

} // namespace sluicegate::app
