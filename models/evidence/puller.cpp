// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/evidence/puller.h"

#include <format>

namespace sluicegate::evidence {

using base::Failure;
using base::FailureKind;
using ssh::Privilege;

namespace {

std::string inWords(const Failure& failure)
{
    return failure.detail.empty() ? std::string(base::name(failure.kind))
                                  : std::format("{}: {}", base::name(failure.kind), failure.detail);
}

bool isFine(const ssh::Output& output)
{
    return output.exitStatus == 0 && output.signal.empty();
}

// The first lines of what a program complained about.
std::string complaint(const ssh::Output& output)
{
    std::string text = output.err.substr(0, 300);
    while (text.ends_with('\n'))
        text.pop_back();
    if (!output.signal.empty())
        text = "ended by signal " + output.signal + (text.empty() ? "" : ": ") + text;
    return text;
}

} // namespace

bool endsAll(const Failure& failure)
{
    switch (failure.kind) {
    case FailureKind::Cancelled:
    case FailureKind::ConnectionLost:
    case FailureKind::WriteFailed:
    case FailureKind::CaseDamaged:
    case FailureKind::Unreachable:
    case FailureKind::NotSsh:
    case FailureKind::AuthenticationRefused:
        return true;
    default:
        return false;
    }
}

base::Instant systemNow()
{
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

Puller::Puller(
    ssh::Server& server, const Scope& scope, Store& store, const Report& report, std::stop_token stop)
    : m_server(server), m_scope(scope), m_store(store), m_report(report), m_stop(std::move(stop))
{
    m_bundle.host = server.identity().host;
    m_bundle.hostKey = server.identity().fingerprint;
}

void Puller::warn(std::string text)
{
    m_bundle.warnings.push_back(std::move(text));
}

void Puller::report()
{
    if (m_report)
        m_report(m_step);
}

void Puller::done()
{
    ++m_step.done;
    m_step.planned = std::max(m_step.planned, m_step.done);
    report();
}

base::Result<ssh::Output> Puller::runAs(
    const recipes::Recipe& recipe, const std::vector<std::string>& arguments, Privilege privilege)
{
    if (m_stop.stop_requested())
        return base::fail(FailureKind::Cancelled, std::string(recipe.name));
    ssh::Command command {std::string(recipe.script), arguments, {}, privilege, recipe.timeout};
    return m_server.run(command, m_stop);
}

Puller::Answer Puller::run(const recipes::Recipe& recipe, const std::vector<std::string>& arguments)
{
    m_step.what = recipe.script;
    m_step.received = m_step.expected = 0;
    report();
    auto output = runAs(recipe, arguments, m_rootRefused ? Privilege::Plain : recipe.privilege);
    if (!output && output.error().kind == FailureKind::SudoRefused && !m_rootRefused) {
        // Asked once, never again: each refused sudo may send a mail of its own.
        m_rootRefused = true;
        warn(std::format("root was refused, so some evidence may be missing ({})", inWords(output.error())));
        output = runAs(recipe, arguments, Privilege::Plain);
    }
    done();
    if (output)
        return std::move(*output);
    if (endsAll(output.error()))
        return std::unexpected(output.error());
    warn(std::format("{}: {}", recipe.script, inWords(output.error())));
    return std::nullopt;
}

Puller::Answer Puller::ask(const recipes::Recipe& recipe, const std::vector<std::string>& arguments)
{
    auto output = run(recipe, arguments);
    if (!output || !*output)
        return output;
    if (!isFine(**output))
        warn(
            std::format("{}: exit status {}: {}", recipe.script, (*output)->exitStatus, complaint(**output)));
    if (auto kept = keepOutput(recipe, **output); !kept)
        return std::unexpected(kept.error());
    return output;
}

base::Result<void> Puller::keepOutput(const recipes::Recipe& recipe, const ssh::Output& output)
{
    const bool whole = isFine(output) || (!recipe.statusMatters && output.signal.empty());
    if (!isFine(output) && output.out.empty())
        return {};
    Item about;
    about.path = "commands/" + std::string(recipe.name);
    about.command = recipe.script;
    about.complete = whole;
    about.provenance = recipe.name == recipes::journal.name ? Provenance::Journal : Provenance::CommandOutput;
    about.exitStatus = output.exitStatus;
    about.note = about.complete ? std::string {} : complaint(output);
    return keep(std::move(about), output.out);
}

base::Result<void> Puller::keep(Item about, std::string_view bytes)
{
    auto writer = m_store.begin();
    if (!writer)
        return std::unexpected(writer.error());
    about.pulled = m_scope.now();
    (*writer)->write(bytes); // finish() says when it could not
    auto item = (*writer)->finish(std::move(about));
    if (!item)
        return std::unexpected(item.error());
    m_bundle.items.push_back(std::move(*item));
    return {};
}

base::Result<ssh::FileStat> Puller::stream(
    const ListedFile& listed, Writer& writer, Privilege privilege, End& end)
{
    m_step.received = 0;
    const auto sink = [&](std::string_view bytes) {
        if (m_step.received + bytes.size() > m_scope.fileLimit)
            end = End::TooLarge;
        else if (!writer.write(bytes))
            end = End::StoreFull;
        else
            m_step.received += bytes.size();
        return end == End::Whole;
    };
    const auto progress = [this](const ssh::PullProgress& at) {
        m_step.expected = at.expected;
        report();
    };
    return m_server.pull(listed.path, privilege, sink, progress, m_stop);
}

base::Result<void> Puller::file(const ListedFile& listed)
{
    if (m_stop.stop_requested())
        return base::fail(FailureKind::Cancelled, listed.path);
    auto writer = m_store.begin();
    if (!writer)
        return std::unexpected(writer.error());
    m_step.what = listed.path;
    m_step.expected = listed.stat.size;
    report();
    End end = End::Whole;
    const auto privilege = m_rootRefused ? Privilege::Plain : Privilege::Root;
    const auto pulled = stream(listed, **writer, privilege, end);
    const std::uint64_t got = m_step.received;
    done();

    Item about;
    about.path = listed.path;
    about.pulled = m_scope.now();
    about.complete = pulled.has_value() && end == End::Whole;
    if (end == End::TooLarge)
        about.note = std::format("only its first {} bytes: larger than allowed", got);
    else if (!pulled)
        about.note = inWords(pulled.error());
    if (!about.complete)
        warn(std::format("{}: {}", about.path, end == End::StoreFull ? "could not be kept" : about.note));
    if (about.complete || got > 0) {
        // What came before the line broke is evidence too.
        auto item = (*writer)->finish(std::move(about));
        if (!item)
            return std::unexpected(item.error());
        m_bundle.items.push_back(std::move(*item));
    }
    if (!pulled && end == End::Whole && endsAll(pulled.error()))
        return std::unexpected(pulled.error());
    return {};
}

} // namespace sluicegate::evidence
