// SPDX-License-Identifier: GPL-3.0-or-later
// demo-server: the invented server alone, on loopback, for any SSH client.
#include "app/cli/cli.h"

#include "models/demo/incident.h"

#include <QCommandLineParser>
#include <QRandomGenerator>

#include <csignal>

namespace sluicegate::app {

using namespace Qt::StringLiterals;

namespace {

// Letters and digits that nobody mistakes for one another.
std::string freshPassword()
{
    constexpr std::string_view letters = "abcdefghkmnpqrstuvwxyz23456789";
    std::string password;
    for (int i = 0; i < 14; ++i)
        password += letters[QRandomGenerator::system()->bounded(quint32(letters.size()))];
    return password;
}

QString describe(
    const demo::Incident& incident, const ssh::LoopServer& server, const std::string& password, int port)
{
    const QString user = QString::fromStdString(incident.user());
    return u"Server      %1\nAddress     127.0.0.1\nPort        %2\nUser        %3\nPassword    %4\nHost key "
           u"   %5\n"
           "Connect     ssh -p %2 %3@127.0.0.1\nTriage      sluicegate triage --host %3@127.0.0.1:%2\n"_s.arg(
               QString::fromStdString(incident.hostName()), QString::number(port), user,
               QString::fromStdString(password), QString::fromStdString(server.fingerprint()));
}

struct Wanted {
    std::uint16_t port = 0;
    std::string incident;
};

base::Result<Wanted> readArguments(const QStringList& arguments)
{
    QCommandLineParser parser;
    parser.addOptions({{u"port"_s, {}, u"N"_s, u"0"_s},
        {u"incident"_s, {}, u"NAME"_s, QString::fromStdString(demo::incidents().front())}});
    bool good = parser.parse(QStringList {u"demo-server"_s} + arguments);
    if (!good)
        return base::fail(base::FailureKind::Usage, "demo-server", parser.errorText().toStdString());
    const std::uint16_t port = parser.value(u"port"_s).toUShort(&good);
    if (!good || !parser.positionalArguments().isEmpty())
        return base::fail(base::FailureKind::Usage, "demo-server",
            good ? "unexpected argument " + parser.positionalArguments().constFirst().toStdString()
                 : "no port number: " + parser.value(u"port"_s).toStdString());
    return Wanted {port, parser.value(u"incident"_s).toStdString()};
}

} // namespace

int demoServer(const QStringList& arguments)
{
    const auto wanted = readArguments(arguments);
    if (!wanted)
        return refuse(wanted.error());
    const auto incident = demo::Incident::load(wanted->incident);
    if (!incident)
        return refuse(incident.error());
    // The server's threads inherit the mask, so that the signal comes to sigwait() and nowhere else.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    ssh::ExecHost host = demo::hostOf(*incident);
    host.password = freshPassword();
    const auto server = ssh::LoopServer::start(host);
    if (!server)
        return refuse(server.error());
    const auto port = (*server)->listen(wanted->port);
    if (!port)
        return refuse(port.error());
    if (!print(describe(**incident, **server, host.password, *port).toUtf8()))
        return PartlyDone;
    int signal = 0;
    sigwait(&ends, &signal);
    return Done;
}

} // namespace sluicegate::app
