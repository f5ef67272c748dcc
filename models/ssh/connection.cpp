// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/ssh/connection.h"

#include "models/ssh/authentication.h"
#include "models/ssh/pull.h"
#include "models/ssh/scripts.h"
#include "models/ssh/worker.h"

#include <algorithm>

namespace sluicegate::ssh {

using base::fail;
using base::Failure;
using base::FailureKind;
using base::Result;
using std::chrono::milliseconds;

namespace {

constexpr std::size_t outputLimit = 512u << 20;
// Softly, a cancelled command leaves the session usable; what has not ended by then is cut.
constexpr auto grace = milliseconds(80);
// A peer on this machine that answers at once gets nothing from compressing; a far one a great deal.
constexpr auto nearby = milliseconds(8);

Result<void> collect(std::string& to, std::string_view bytes, const std::string& subject)
{
    if (to.size() + bytes.size() > outputLimit)
        return fail(FailureKind::Hostile, subject, "more than 512 MiB of output");
    to.append(bytes);
    return {};
}

bool holdsNul(const std::string& text)
{
    return text.contains('\0');
}

class Connection final : public Server {
public:
    explicit Connection(Asker asker) : m_asker(std::move(asker)), m_privileges(m_asker) { }

    Result<void> establish(const Target& target, const std::stop_token& stop);

    Result<Output> run(const Command& command, std::stop_token stop) override;
    Result<FileStat> pull(const std::string& path, Privilege privilege, const Sink& sink,
        const Progress& progress, std::stop_token stop) override;
    const Identity& identity() const override { return m_identity; }

private:
    Result<void> establishHere(const Target& target);
    Result<Output> runHere(const Command& command);

    Asker m_asker;
    Identity m_identity;
    Privileges m_privileges;
    bool m_local = false;
    Worker m_worker; // last: its thread ends before what it uses
};

Result<void> Connection::establishHere(const Target& target)
{
    const Making making {.target = target, .asker = m_asker, .interrupt = m_worker.interrupt()};
    auto greeted = greet(making);
    if (!greeted)
        return std::unexpected(greeted.error());
    if (auto done = authenticate(greeted->session.get(), making, greeted->identity); !done)
        return done;
    m_identity = std::move(greeted->identity);
    m_local = greeted->local;
    return m_worker.adopt(std::move(greeted->session), m_identity.user + '@' + m_identity.host);
}

Result<void> Connection::establish(const Target& target, const std::stop_token& stop)
{
    Result<void> result;
    m_worker.perform([&] { result = establishHere(target); }, stop, milliseconds(0));
    return result;
}

Result<Output> Connection::runHere(const Command& command)
{
    auto& link = m_worker.link();
    Output output;
    Exchange exchange(link);
    exchange.onOut = [&](std::string_view bytes) { return collect(output.out, bytes, link.subject); };
    exchange.onErr = [&](std::string_view bytes) { return collect(output.err, bytes, link.subject); };
    auto ended = m_privileges.run(link, exchange, command, Patience::Whole);
    if (!ended)
        return std::unexpected(ended.error());
    output.exitStatus = ended->exitStatus;
    output.signal = std::move(ended->signal);
    return output;
}

Result<Output> Connection::run(const Command& command, std::stop_token stop)
{
    if (holdsNul(command.script) || std::ranges::any_of(command.arguments, holdsNul))
        return fail(FailureKind::Usage, m_identity.host, "a command cannot hold a NUL byte");
    Result<Output> result;
    m_worker.perform([&] { result = runHere(command); }, stop, grace);
    return result;
}

Result<FileStat> Connection::pull(const std::string& path, Privilege privilege, const Sink& sink,
    const Progress& progress, std::stop_token stop)
{
    if (path.empty() || holdsNul(path))
        return fail(FailureKind::Usage, path, "not a path");
    Result<FileStat> result;
    const auto job = [&] {
        auto& link = m_worker.link();
        if (m_local && link.fastest > std::chrono::minutes(1))
            runHere({.script = std::string(uidScript), .arguments = {}, .input = {}});
        const PullOrder order {.path = path,
            .privilege = privilege,
            .sink = sink,
            .progress = progress,
            .mayCompress = !m_local || link.fastest > nearby};
        result = pullFile(link, m_privileges, order);
    };
    m_worker.perform(job, stop, grace);
    return result;
}

} // namespace

Result<std::unique_ptr<Server>> connect(const Target& target, const Asker& asker, std::stop_token stop)
{
    auto connection = std::make_unique<Connection>(asker);
    if (auto done = connection->establish(target, stop); !done)
        return std::unexpected(done.error());
    return connection;
}

} // namespace sluicegate::ssh
