// SPDX-License-Identifier: GPL-3.0-or-later
// Servers for tests that want real shells and real files, and to know what it cost.
#pragma once

#include "models/ssh/quote.h"
#include "models/ssh/server.h"

#include <QProcess>

namespace sluicegate::tests {

// Runs the commands as sshd would, with the shell of this machine.
class ThisMachine : public ssh::Server {
public:
    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token) override
    {
        QProcess process;
        process.start(QStringLiteral("sh"),
            {QStringLiteral("-c"), QString::fromStdString(ssh::wrap(command.script, command.arguments))});
        if (!process.waitForFinished())
            return base::fail(base::FailureKind::Timeout, command.script);
        return ssh::Output {process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString(), process.exitCode(), {}};
    }
    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege, const ssh::Sink&,
        const ssh::Progress&, std::stop_token) override
    {
        return base::fail(base::FailureKind::Unsupported, path);
    }
    const ssh::Identity& identity() const override { return m_identity; }

private:
    ssh::Identity m_identity;
};

// Counts what crosses the connection.
class Counting : public ssh::Server {
public:
    explicit Counting(ssh::Server& server) : m_server(server) { }
    std::uint64_t received = 0;
    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token stop) override
    {
        auto output = m_server.run(command, stop);
        if (output)
            received += output->out.size() + output->err.size();
        return output;
    }
    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege privilege, const ssh::Sink& sink,
        const ssh::Progress& progress, std::stop_token stop) override
    {
        return m_server.pull(path, privilege, sink, progress, stop);
    }
    const ssh::Identity& identity() const override { return m_server.identity(); }

private:
    ssh::Server& m_server;
};

} // namespace sluicegate::tests
