// SPDX-License-Identifier: GPL-3.0-or-later
// This machine as a server: commands run under sh as an SSH server would run them, and the connection can be
// cut before, during and after any of them.
#pragma once

#include "models/ssh/quote.h"
#include "models/ssh/server.h"

#include <QProcess>

#include <functional>
#include <vector>

namespace sluicegate::support {

class LocalServer : public ssh::Server {
public:
    enum class Cut { No, Before, During, After };
    std::function<Cut(const ssh::Command&)> cut;
    std::vector<std::string> scripts; // that were run, in order

    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token stop) override
    {
        if (stop.stop_requested())
            return base::fail(base::FailureKind::Cancelled, command.script);
        const Cut where = cut ? cut(command) : Cut::No;
        if (where == Cut::Before)
            return lost();
        scripts.push_back(command.script);
        QProcess shell;
        shell.start(QStringLiteral("/bin/sh"),
            {QStringLiteral("-c"), QString::fromStdString(ssh::wrap(command.script, command.arguments))});
        // A connection cut while input is sent leaves the command with a part of it.
        const auto whole = qint64(command.input.size());
        shell.write(command.input.data(), where == Cut::During ? whole / 2 : whole);
        shell.closeWriteChannel();
        shell.waitForFinished(-1);
        if (where != Cut::No)
            return lost();
        return ssh::Output {shell.readAllStandardOutput().toStdString(),
            shell.readAllStandardError().toStdString(), shell.exitCode(), {}};
    }

    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege, const ssh::Sink&,
        const ssh::Progress&, std::stop_token) override
    {
        return base::fail(base::FailureKind::NotFound, path);
    }
    const ssh::Identity& identity() const override { return m_identity; }

private:
    static std::unexpected<base::Failure> lost()
    {
        return base::fail(base::FailureKind::ConnectionLost, "root@mail.hosting.example", "reset by peer");
    }
    ssh::Identity m_identity {"mail.hosting.example", 22, "root", "ssh-ed25519", "SHA256:invented"};
};

} // namespace sluicegate::support
