// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/demo.h"

#include <QFile>

namespace sluicegate::app {

base::Result<std::unique_ptr<Demo>> Demo::start(std::string name)
{
    if (name.empty()) {
        const auto all = demo::incidents();
        name = all.empty() ? std::string() : all.front();
    }
    auto incident = demo::Incident::load(name);
    if (!incident)
        return std::unexpected(incident.error());
    auto server = ssh::LoopServer::start(demo::hostOf(*incident));
    if (!server)
        return std::unexpected(server.error());
    std::unique_ptr<Demo> demo(new Demo);
    demo->m_incident = std::move(*incident);
    demo->m_server = std::move(*server);
    return demo;
}

evidence::Now Demo::clock() const
{
    return [incident = m_incident] { return incident->now(); };
}

base::Result<std::unique_ptr<ssh::Server>> Demo::connect(std::stop_token stop)
{
    QFile known(m_folder.filePath(QStringLiteral("known_hosts")));
    const std::string line = m_server->knownHostsLine(m_incident->hostName());
    if (!known.open(QIODevice::WriteOnly) || known.write((line + '\n').c_str()) < 0 || !known.flush())
        return base::fail(base::FailureKind::WriteFailed, known.fileName().toStdString(),
            known.errorString().toStdString());
    const auto socket = m_server->connectedPair();
    if (!socket)
        return std::unexpected(socket.error());
    ssh::Target target;
    target.host = m_incident->hostName();
    target.user = m_incident->user();
    target.knownHosts = {known.fileName().toStdString()};
    target.connectedSocket = *socket;
    // The demo needs no answers: its key is on file and its login is open.
    return ssh::connect(target, {}, stop);
}

} // namespace sluicegate::app
