// SPDX-License-Identifier: GPL-3.0-or-later
// Proves who we are: agent, key files, keyboard-interactive, password; one after another, never for ever.
#pragma once

#include "models/ssh/handshake.h"

namespace sluicegate::ssh {

base::Result<void> authenticate(ssh_session session, const Making& making, const Identity& identity);

} // namespace sluicegate::ssh
