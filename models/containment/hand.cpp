// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/containment/hand.h"

#include "models/evidence/sha256.h"

#include <algorithm>
#include <format>

namespace sluicegate::containment {

using base::FailureKind;

namespace {

// The journal is for people: a command that names hundreds of messages is told by its first ones and a count.
std::string shown(const ssh::Command& command, Input input)
{
    constexpr std::size_t most = 5;
    std::string text = command.script;
    for (std::size_t i = 0; i < std::min(most, command.arguments.size()); ++i)
        text += ' ' + command.arguments[i];
    if (command.arguments.size() > most)
        text += std::format(" ... ({} arguments)", command.arguments.size());
    if (input == Input::Secret)
        text += " (standard input: a secret)";
    else if (!command.input.empty())
        text += std::format(" (standard input: {} lines, sha256 {})", std::ranges::count(command.input, '\n'),
            evidence::sha256(command.input));
    return text;
}

std::string ended(const ssh::Output& output, Input input)
{
    std::string text = std::format("exit status {}", output.exitStatus);
    if (!output.signal.empty())
        text += " signal " + output.signal;
    if (input == Input::Secret)
        return text;
    return text
        + std::format(", output {} bytes sha256 {}, errors {} bytes sha256 {}", output.out.size(),
            evidence::sha256(output.out), output.err.size(), evidence::sha256(output.err));
}

} // namespace

base::Result<ssh::Output> Hand::run(const ssh::Command& command, Input input)
{
    if (stopped())
        return base::fail(FailureKind::Cancelled, command.script);
    if (auto noted = m_ledger.note({std::string(kinds::command), shown(command, input)}); !noted)
        return std::unexpected(noted.error());
    auto output = m_server.run(command, m_stop);
    const auto noted = output
        ? m_ledger.note({std::string(kinds::commandEnded), ended(*output, input)})
        : m_ledger.note({std::string(kinds::commandCut),
              std::format("{} {}", base::name(output.error().kind), output.error().detail)});
    // What was lost on the way counts more than that it could not be written down.
    if (output && !noted)
        return std::unexpected(noted.error());
    return output;
}

base::Result<ssh::Output> Hand::runWell(const ssh::Command& command, Input input)
{
    auto output = run(command, input);
    if (output && (output->exitStatus != 0 || !output->signal.empty()))
        return std::unexpected(failureOf(command, *output));
    return output;
}

base::Result<void> sameServer(const ssh::Server& server, const std::string& hostKey)
{
    const ssh::Identity& who = server.identity();
    if (hostKey.empty() || hostKey == who.fingerprint)
        return {};
    return base::fail(base::FailureKind::Mismatch, who.host,
        "its key is " + who.fingerprint + ", but the evidence came from a server with " + hostKey);
}

std::string complaint(const ssh::Output& output)
{
    const std::string& said = output.err.empty() ? output.out : output.err;
    constexpr std::size_t most = 500;
    const auto line = said.substr(0, std::min(said.find('\n'), most));
    return line.empty() ? std::format("exit status {}", output.exitStatus) : line;
}

base::Failure failureOf(const ssh::Command& command, const ssh::Output& output)
{
    const bool missing = output.exitStatus == 126 || output.exitStatus == 127;
    return {missing ? FailureKind::CommandMissing : FailureKind::CommandFailed, command.script,
        complaint(output)};
}

} // namespace sluicegate::containment
