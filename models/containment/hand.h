// SPDX-License-Identifier: GPL-3.0-or-later
// The hand on the server: every command it runs stands in the journal before it runs, and how it ended after.
#pragma once

#include "models/containment/ledger.h"
#include "models/ssh/server.h"

#include <stop_token>
#include <string>

namespace sluicegate::containment {

enum class Input { Plain, Secret }; // a secret leaves no trace in the journal, not even its hash

class Hand {
public:
    Hand(ssh::Server& server, Ledger& ledger, std::stop_token stop)
        : m_server(server), m_ledger(ledger), m_stop(std::move(stop))
    {
    }

    /// A command that ran to its end, whatever its exit status.
    base::Result<ssh::Output> run(const ssh::Command& command, Input input = Input::Plain);
    /// Exit statuses other than 0 become CommandMissing or CommandFailed.
    base::Result<ssh::Output> runWell(const ssh::Command& command, Input input = Input::Plain);

    Ledger& ledger() { return m_ledger; }
    bool stopped() const { return m_stop.stop_requested(); }

private:
    ssh::Server& m_server;
    Ledger& m_ledger;
    std::stop_token m_stop;
};

/// What was found on one server must never be done to another: Mismatch unless its host key is the one that
/// the evidence came from. An empty key knows of none.
base::Result<void> sameServer(const ssh::Server& server, const std::string& hostKey);

/// The first line of what a program complained about, or its exit status.
std::string complaint(const ssh::Output& output);
base::Failure failureOf(const ssh::Command& command, const ssh::Output& output);

} // namespace sluicegate::containment
