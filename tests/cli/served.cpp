// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/cli/served.h"

namespace sluicegate::support {

Served serve(const char* incident, const QString& folder)
{
    Served served;
    served.incident = demo::Incident::load(incident).value();
    auto host = demo::hostOf(served.incident);
    host.password = "opensesame";
    served.server = std::move(*ssh::LoopServer::start(host));
    const auto port = served.server->listen(0);
    served.to = {QStringLiteral("--host"), QStringLiteral("root@127.0.0.1:%1").arg(*port),
        QStringLiteral("--known-hosts"), folder + QStringLiteral("/known%1").arg(*port),
        QStringLiteral("--accept-new"), QStringLiteral("--password-stdin")};
    return served;
}

} // namespace sluicegate::support
