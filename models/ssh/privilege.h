// SPDX-License-Identifier: GPL-3.0-or-later
// Becoming root for one command: directly, by sudo without a password, or by sudo with one. Runs on the
// session's thread.
#pragma once

#include "models/ssh/exchange.h"
#include "models/ssh/secret.h"
#include "models/ssh/server.h"

namespace sluicegate::ssh {

/// What this connection has learnt about becoming root. sudo mails its refusals, so it is asked once.
class Privileges {
public:
    explicit Privileges(const Asker& asker) : m_asker(asker) { }

    /// Runs the command with its input; `exchange` must have its listeners, which never see sudo's talk.
    base::Result<Ended> run(Link& link, Exchange& exchange, const Command& command, Patience patience);

private:
    enum class Way { Unknown, Direct, Free, Password, Refused };

    base::Result<Way> learn(Link& link);
    base::Result<Ended> runWithPassword(
        Link& link, Exchange& exchange, const Command& command, Patience patience);

    const Asker& m_asker;
    Way m_way = Way::Unknown;
    std::string m_refusal;
    Secret m_password;
};

} // namespace sluicegate::ssh
