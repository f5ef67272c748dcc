// SPDX-License-Identifier: GPL-3.0-or-later
// From a host name to a connected TCP socket: name resolution and connecting that can be cancelled.
#pragma once

#include "models/base/failure.h"
#include "models/ssh/interrupt.h"

#include <chrono>
#include <string>

namespace sluicegate::ssh {

/// NameNotResolved, Unreachable (all addresses refused, no route, or nothing in time), Cancelled. The socket
/// is non-blocking, without Nagle's delay, and notices a dead peer.
base::Result<Descriptor> dial(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout,
    const Interrupt& interrupt);

} // namespace sluicegate::ssh
