// SPDX-License-Identifier: GPL-3.0-or-later
// From a target to a session whose server has proven its host key: connect, key exchange, known_hosts.
#pragma once

#include "models/ssh/connection.h"
#include "models/ssh/interrupt.h"

namespace sluicegate::ssh {

/// Who answers the questions and who can stop the waiting, while a connection is made.
struct Making {
    const Target& target;
    const Asker& asker;
    Interrupt& interrupt;
};

struct Greeted {
    SessionHandle session; // blocking, with the target's timeout
    Identity identity;
    bool local = false; // the peer is on this machine
};

base::Result<Greeted> greet(const Making& making);

/// The failure behind a libssh call that did not succeed: cancelled, or lost with libssh's own words.
base::Failure broken(ssh_session session, const Interrupt& interrupt, const std::string& subject);

/// The local login name and home folder.
std::string localUser();
std::filesystem::path homeFolder();

} // namespace sluicegate::ssh
