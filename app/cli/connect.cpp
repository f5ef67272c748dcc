// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/connect.h"

#include "app/cli/asker.h"
#include "app/cli/cli.h"

#include "models/words/words.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace sluicegate::app {

namespace {

using base::FailureKind;

struct Connect {
    Q_DECLARE_TR_FUNCTIONS(Connect)
};

std::filesystem::path inHome(const char* name)
{
    return QDir::homePath().toStdString() + "/.ssh/" + name;
}

QString described(const ssh::Target& target)
{
    QString text = words::inert(target.user.empty() ? target.host : target.user + '@' + target.host);
    if (target.port != 22)
        text += u':' + QString::number(target.port);
    for (const auto& key : target.identities)
        text += QStringLiteral(", ") + words::inert(key.string());
    return text;
}

// An alias of ~/.ssh/config stands for what OpenSSH would use; that is shown, never silently taken.
base::Result<ssh::Target> baseTarget(const HostName& name)
{
    const auto aliases = ssh::configHosts(inHome("config"));
    if (std::ranges::find(aliases, name.host) == aliases.end()) {
        ssh::Target target;
        target.host = name.host;
        return target;
    }
    auto target = ssh::importConfig(name.host);
    if (target)
        say(Connect::tr("From ~/.ssh/config: %1 is %2").arg(words::inert(name.host), described(*target)));
    return target;
}

base::Result<ssh::Target> targetOf(const TriageOptions& options)
{
    const auto name = readHostName(options.host);
    if (!name)
        return std::unexpected(name.error());
    auto target = baseTarget(*name);
    if (!target)
        return target;
    if (!name->user.empty())
        target->user = name->user;
    if (name->port)
        target->port = *name->port;
    if (!options.identity.isEmpty())
        target->identities = {options.identity.toStdString()};
    if (!options.knownHosts.isEmpty())
        target->knownHosts = {options.knownHosts.toStdString()};
    if (target->knownHosts.empty())
        target->knownHosts = {inHome("known_hosts"), "/etc/ssh/ssh_known_hosts"};
    if (target->agentSocket.empty())
        target->agentSocket = qEnvironmentVariable("SSH_AUTH_SOCK").toStdString();
    target->acceptNew = options.acceptNew ? ssh::AcceptNew::Yes : ssh::AcceptNew::No;
    return target;
}

/// A server that keeps the answers it may still ask for (sudo) alive.
class AnsweredServer : public ssh::Server {
public:
    AnsweredServer(std::unique_ptr<Answers> answers, std::unique_ptr<ssh::Server> server)
        : m_answers(std::move(answers)), m_server(std::move(server))
    {
    }
    base::Result<ssh::Output> run(const ssh::Command& command, std::stop_token stop) override
    {
        return m_server->run(command, stop);
    }
    base::Result<ssh::FileStat> pull(const std::string& path, ssh::Privilege privilege, const ssh::Sink& sink,
        const ssh::Progress& progress, std::stop_token stop) override
    {
        return m_server->pull(path, privilege, sink, progress, stop);
    }
    const ssh::Identity& identity() const override { return m_server->identity(); }

private:
    std::unique_ptr<Answers> m_answers;
    std::unique_ptr<ssh::Server> m_server;
};

} // namespace

base::Result<std::unique_ptr<ssh::Server>> connectTo(const TriageOptions& options, const Interrupt& interrupt)
{
    const auto target = targetOf(options);
    if (!target)
        return std::unexpected(target.error());
    auto answers = std::make_unique<Answers>(
        options.passwordFromStdin ? readPasswords() : GivenPasswords {}, interrupt);
    auto server = ssh::connect(*target, answers->asker(), interrupt.token());
    if (!server && server.error().kind == FailureKind::AuthenticationRefused)
        say(Connect::tr(
            "Without a terminal, --password-stdin, --identity or an agent gives password or key."));
    // To give up for want of an answer is a refused login, not the operator's wish.
    if (!server && server.error().kind == FailureKind::Cancelled && !interrupt.happened()
        && !answers->unanswered().empty())
        return base::fail(
            FailureKind::AuthenticationRefused, described(*target).toStdString(), answers->unanswered());
    if (!server)
        return server;
    return std::make_unique<AnsweredServer>(std::move(answers), std::move(*server));
}

} // namespace sluicegate::app
