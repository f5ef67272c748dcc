// SPDX-License-Identifier: GPL-3.0-or-later
// Asking other people's servers from the server, when the operator said so: mail ports and block lists. Each
// command stands in the journal.
#pragma once

#include "models/containment/hand.h"
#include "models/profile/profile.h"
#include "models/readiness/gate.h"

#include <span>
#include <string>
#include <vector>

namespace sluicegate::desk {

/// IPv4 and IPv6 apart, one after another. Fails only when the connection does, or the case cannot be
/// written; what a test did not tell is an answer.
base::Result<void> testPorts(containment::Hand& hand, std::span<const profile::PortTarget> targets);

/// The server's own addresses, as the notice names them or as its name is resolved there.
base::Result<std::vector<std::string>> ownAddresses(
    containment::Hand& hand, const triage::Analysis& analysis);
base::Result<void> askLists(
    containment::Hand& hand, std::span<const std::string> addresses, std::span<const std::string> zones);

} // namespace sluicegate::desk
